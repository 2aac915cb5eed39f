namespace PaySg.Functions.Dashboard;

/// <summary>Fields of a search that an address gives twice: of two values one would be dropped, or both be searched as one text, without a word.</summary>
internal static class GivenOnce
{
    /// <summary>A mistake for each of the fields that is given more than once.</summary>
    public static IReadOnlyList<FieldError> Check(IQueryCollection query, params string[] fields) =>
        [.. fields.Where(field => query[field].Count > 1).Select(static field => new FieldError(field, "This address asks for two of these. Choose one."))];
}
