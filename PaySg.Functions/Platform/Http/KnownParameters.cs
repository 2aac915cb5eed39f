namespace PaySg.Functions.Platform.Http;

/// <summary>
/// The parameters of a list's query. One that is not known is refused: a filter that is ignored shows everything, and looks as if it had filtered. So is one that is
/// given twice: two readers could take two different values.
/// </summary>
internal static class KnownParameters
{
    /// <summary>Ends the request where there is a parameter that the list does not have, or one that is given more than once.</summary>
    /// <exception cref="ApiException">400, naming each of them.</exception>
    public static void Check(IQueryCollection query, params ReadOnlySpan<string> known)
    {
        var errors = new List<FieldError>();
        foreach (var name in query.Keys)
        {
            if (!IsAmong(known, name))
                errors.Add(new FieldError(name, $"is not a parameter of this list, which has {(known.IsEmpty ? "none" : string.Join(", ", known!))}."));
        }

        foreach (var name in known)
        {
            if (query[name].Count > 1)
                errors.Add(new FieldError(name, "must be given once."));
        }

        if (errors.Count > 0)
            throw ApiErrors.InvalidParameters(errors);
    }

    // Queries are looked up without regard to case.
    private static bool IsAmong(ReadOnlySpan<string> known, string name)
    {
        foreach (var one in known)
        {
            if (one.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
