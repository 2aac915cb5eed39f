namespace PaySg.Functions.Management.PaymentServices;

/// <summary>Which page of a list is asked for. These lists are read forward only, in the order of ids; a cursor is the last id that was read.</summary>
/// <param name="Limit">How many entries, at most.</param>
/// <param name="After">The id that the page begins after; null: the first page.</param>
internal sealed record PageRequest(int Limit, string? After)
{
    /// <summary>Reads <c>limit</c> and <c>after</c>.</summary>
    /// <param name="isId">Whether a text has the form of a cursor.</param>
    /// <exception cref="ApiException">400.</exception>
    public static PageRequest Read(HttpRequest request, Func<string, bool> isId)
    {
        KnownParameters.Check(request.Query, "limit", "after");
        var errors = new List<FieldError>();
        if (!PageLimit.TryRead(request.Query["limit"], out var limit))
            errors.Add(new FieldError("limit", PageLimit.Expected));

        var after = request.Query.TryGetValue("after", out var afters) ? afters.ToString() : null;
        if (after is not null && !isId(after))
            errors.Add(new FieldError("after", "must be the end_cursor of an earlier page."));

        return errors.Count == 0 ? new PageRequest(limit, after) : throw ApiErrors.InvalidParameters(errors);
    }
}
