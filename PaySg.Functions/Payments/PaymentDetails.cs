using PaySg.Functions.Languages;

namespace PaySg.Functions.Payments;

/// <summary>What an e-service says of a payment when it creates it (guide, page "Create a payment").</summary>
internal sealed record PaymentDetails
{
    /// <summary>What stands where a text was that had to be there and was taken away.</summary>
    public const string RedactedText = "[redacted]";

    /// <summary>The agency's own reference, 1 to 255 characters. Need not be unique.</summary>
    public required string ReferenceId { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string PayerName { get; init; }

    /// <summary>At most 255 characters, or null.</summary>
    public string? PayerAddress { get; init; }

    /// <summary>NRIC, UEN, passport number, … At most 20 characters, or null.</summary>
    public string? PayerIdentifier { get; init; }

    /// <summary>Where mails go. At most 255 characters, or null.</summary>
    public string? PayerEmail { get; init; }

    /// <summary>Shown to the payer, 1 to 500 characters.</summary>
    public required string Description { get; init; }

    /// <summary>What is to be paid, in cents.</summary>
    public required long AmountInCents { get; init; }

    /// <summary>Such as <c>31-DEC-2023</c>, or null. For display only: a payment stays payable after it.</summary>
    public string? DueDate { get; init; }

    /// <summary>Where the payer goes after paying: an absolute HTTPS URL, or null.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>The language that the payer is asked in, such as <c>zh</c>; null: not said.</summary>
    public string? Locale { get; init; }

    /// <summary>The agency's own entries, at most 10, in the order they are printed in.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>What the amount is made of; null where not given.</summary>
    public IReadOnlyList<LineItem>? LineItems { get; init; }

    /// <summary>The due date as payers read it, such as <c>31 Dec 2026</c>; null: there is none. One that is no date, which an old row may hold, is shown as it is.</summary>
    public string? DueDateIn(Texts say) => DueDate is { } text && Payments.DueDate.Parse(text) is { } day ? say.Date(day) : DueDate;

    /// <summary>Without the payer's data and free texts. The reference, the amounts and the due date stay.</summary>
    /// <param name="keptFields">The fields of the API that stay (<see cref="TaxRecord"/>).</param>
    public PaymentDetails Redact(IReadOnlyList<string> keptFields) => this with
    {
        PayerName = keptFields.Contains("payer_name", StringComparer.Ordinal) ? PayerName : RedactedText,
        PayerAddress = keptFields.Contains("payer_address", StringComparer.Ordinal) ? PayerAddress : null,
        PayerIdentifier = null,
        PayerEmail = null,
        Description = keptFields.Contains("description", StringComparer.Ordinal) ? Description : RedactedText,
        ReturnUrl = null,
        Metadata = [],
        LineItems = keptFields.Contains("line_items", StringComparer.Ordinal) ? LineItems : LineItems?.Select(item => item with { Description = RedactedText }).ToList(),
    };
}
