namespace PaySg.Functions.Access;

/// <summary>A payment service: what an agency collects payments for, and the owner of payments, keys and webhook endpoints.</summary>
/// <param name="Id">Such as <c>payment_service_…</c>.</param>
/// <param name="Code">The 4 characters that ids of its payments carry. Never changes.</param>
/// <param name="Name">What it is called.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record PaymentService(string Id, string Code, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>Characters of a code.</summary>
    public const int CodeLength = 4;

    /// <summary>The agency that payers pay, or null.</summary>
    public string? AgencyName { get; init; }

    /// <summary>The agency's postal address, or null.</summary>
    public string? AgencyAddress { get; init; }

    /// <summary>Where payers may write for help, or null.</summary>
    public string? SupportEmail { get; init; }

    /// <summary>Where payers may call for help, or null.</summary>
    public string? SupportPhone { get; init; }

    /// <summary>What e-mails to payers begin with, or null.</summary>
    public string? EmailGreeting { get; init; }

    /// <summary>The address that the logo was fetched from, or null.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>
    /// Where payers get the logo from, below the address of the installation (<see cref="Logo.PathFor"/>); null: there is none, or the address was set by an older
    /// release, which fetched nothing.
    /// </summary>
    public string? LogoPath { get; init; }

    /// <summary>The rate of the goods and services tax that amounts include, in hundredths of a percent; null: not stated.</summary>
    public int? GstRateBasisPoints { get; init; }

    /// <summary>The agency's GST registration number, 8 to 12 letters and digits; null: it is not registered for the tax, or has not said.</summary>
    public string? GstRegistrationNumber { get; init; }

    /// <summary>The connected account at Stripe that its payments go to, <c>acct_…</c>; null: the account of the installation.</summary>
    public string? StripeAccountId { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    public static string NewCode(IRandomSource random) => SortableAlphabet.Random(random, CodeLength);
}
