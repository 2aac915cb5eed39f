using System.Buffers.Text;
using System.Security.Cryptography;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments.Search;

/// <summary>Which payments a list is asked for. What is null is not asked for.</summary>
internal sealed record PaymentFilter
{
    private const int FingerprintLength = 9;

    /// <summary>The agency's reference, to the letter.</summary>
    public string? ReferenceId { get; init; }

    public PaymentStatus? Status { get; init; }

    public RefundProgress? RefundProgress { get; init; }

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before this time.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>Paid at this time or later.</summary>
    public DateTimeOffset? PaidFrom { get; init; }

    /// <summary>Paid before this time.</summary>
    public DateTimeOffset? PaidTo { get; init; }

    /// <summary>What the payer's name or email address contains, in either case of letters.</summary>
    public string? Payer { get; init; }

    /// <summary>The amount to the cent.</summary>
    public long? AmountInCents { get; init; }

    /// <summary>Whether nothing is asked for: all payments.</summary>
    public bool IsEmpty => this == new PaymentFilter();

    /// <summary>Whether the payment is asked for by when it was paid.</summary>
    public bool AsksWhenPaid => PaidFrom is not null || PaidTo is not null;

    /// <summary>Twelve characters that tell this filter from others: a cursor belongs to one.</summary>
    public string Fingerprint
    {
        get
        {
            var text = string.Join('\n', Quoted(ReferenceId), Status, RefundProgress, Ms(CreatedFrom), Ms(CreatedTo), Ms(PaidFrom), Ms(PaidTo), Quoted(Payer), AmountInCents);
            return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, FingerprintLength));
        }
    }

    /// <summary>Whether the payment is one that is asked for.</summary>
    public bool Matches(Payment payment) =>
        (ReferenceId is null || payment.Details.ReferenceId == ReferenceId)
        && (Status is null || payment.Status == Status)
        && (RefundProgress is null || payment.RefundProgress == RefundProgress)
        && IsWithin(payment.CreatedAt, CreatedFrom, CreatedTo)
        && (!AsksWhenPaid || (payment.SucceededAt is { } paid && IsWithin(paid, PaidFrom, PaidTo)))
        && (Payer is null || Contains(payment.Details.PayerName, Payer) || Contains(payment.Details.PayerEmail, Payer))
        && (AmountInCents is null || payment.Details.AmountInCents == AmountInCents);

    private static bool IsWithin(DateTimeOffset time, DateTimeOffset? from, DateTimeOffset? to) => (from is null || time >= from) && (to is null || time < to);

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    // With its length, so that no text reads as two.
    private static string? Quoted(string? text) => text is null ? null : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");

    private static string? Ms(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
