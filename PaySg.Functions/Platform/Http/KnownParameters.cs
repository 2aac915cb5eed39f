namespace PaySg.Functions.Platform.Http;

/// <summary>The parameters of a list's query. One that is not known is refused: a filter that is ignored shows everything, and looks as if it had filtered.</summary>
internal static class KnownParameters
{
    /// <summary>Adds what is wrong for each parameter that the list does not have.</summary>
    public static void Check(IQueryCollection query, ReadOnlySpan<string> known, ICollection<FieldError> errors)
    {
        foreach (var name in query.Keys)
        {
            if (!IsAmong(known, name))
                errors.Add(new FieldError(name, $"is not a parameter of this list, which has {(known.IsEmpty ? "none" : string.Join(", ", known!))}."));
        }
    }

    /// <summary>The same, and ends the request where there is one.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void Check(IQueryCollection query, params ReadOnlySpan<string> known)
    {
        var errors = new List<FieldError>();
        Check(query, known, errors);
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
