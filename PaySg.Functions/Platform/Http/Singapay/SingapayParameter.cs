namespace PaySg.Functions.Platform.Http.Singapay;

/// <summary>A parameter of the query of a Singapay list.</summary>
internal static class SingapayParameter
{
    /// <summary>Its text; null: it is not given. One that is given more than once is noted: two readers could take two different values.</summary>
    public static string? Read(IQueryCollection query, string name, ICollection<FieldError> errors)
    {
        if (!query.TryGetValue(name, out var texts))
            return null;

        if (texts.Count < 2)
            return texts.ToString();

        errors.Add(new FieldError(name, $"The {name.Replace('_', ' ')} must be given once."));
        return null;
    }
}
