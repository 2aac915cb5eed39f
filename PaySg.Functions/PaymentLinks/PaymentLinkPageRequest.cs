using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Page">The page, from 1 on.</param>
/// <param name="PerPage">How many entries a page has.</param>
internal sealed record PaymentLinkPageRequest(int Page, int PerPage)
{
    /// <summary>Where the caller names no size.</summary>
    public const int DefaultPerPage = 25;

    /// <summary>The largest page.</summary>
    public const int MaxPerPage = 100;

    /// <summary>How deep pages reach: whoever wants page 1,000 has all those before it skipped, key by key.</summary>
    public const int Deepest = 10_000;

    /// <summary>How many entries come before the page.</summary>
    public int Skipped => (Page - 1) * PerPage;

    /// <summary>Whether there may be a page behind it.</summary>
    public bool HasNext(long total) => (long)Page * PerPage < total && (Page + 1) * PerPage <= Deepest;

    /// <summary>Reads <c>page</c> and <c>per_page</c>.</summary>
    /// <exception cref="ApiException">422: they are no such numbers, given twice, or the page is too deep.</exception>
    public static PaymentLinkPageRequest Read(IQueryCollection query)
    {
        var errors = new List<FieldError>();
        var request = Read(query, errors);
        return errors.Count == 0 ? request : throw SingapayErrors.Invalid(errors);
    }

    /// <summary>The same, and notes what is wrong.</summary>
    public static PaymentLinkPageRequest Read(IQueryCollection query, ICollection<FieldError> errors)
    {
        var wrong = errors.Count;
        var page = ReadNumber(query, "page", 1, Deepest, errors);
        var perPage = ReadNumber(query, "per_page", DefaultPerPage, MaxPerPage, errors);
        if (errors.Count == wrong && page * perPage > Deepest)
            errors.Add(new FieldError("page", $"The page must not reach beyond entry {Deepest}: page times per_page is {page * perPage}."));

        return new PaymentLinkPageRequest(page, perPage);
    }

    private static int ReadNumber(IQueryCollection query, string name, int absent, int max, ICollection<FieldError> errors)
    {
        if (SingapayParameter.Read(query, name, errors) is not { } text)
            return absent;

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
            return number;

        errors.Add(new FieldError(name, $"The {name.Replace('_', ' ')} must be an integer from 1 to {max}."));
        return absent;
    }
}
