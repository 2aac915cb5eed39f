using System.Security.Cryptography;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments.Search;

/// <summary>The keys of the copies of a payment that searches find it by. A copy holds the payment's document, so a page of a search is one query.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>f:{hash}:</c> complement of the id</term><description>by the agency's reference; the hash is of the reference</description></item>
/// <item><term><c>s:unpaid:</c>, <c>s:cancelled:</c> complement of the id</term><description>by status, newest first</description></item>
/// <item><term><c>s:paid:</c> complement of the time of payment, and of the id</term><description>by status and time of payment, the last one paid first</description></item>
/// <item><term><c>s:partially_refunded:</c>, <c>s:fully_refunded:</c> complement of the id</term><description>by what was refunded, newest first</description></item>
/// </list>
/// </remarks>
internal static class SearchKeys
{
    public const string ReferencePrefix = "f:";
    public const string StatusPrefix = "s:";

    // 128 bits: two references of one payment service do not meet.
    private const int HashLength = 16;

    /// <summary>The keys of all copies that a payment has in its present state.</summary>
    public static IEnumerable<string> Of(Payment payment)
    {
        yield return OfReference(payment.Details.ReferenceId) + Newest(payment);
        yield return OfStatus(payment);
        if (payment.RefundProgress != RefundProgress.NotRefunded)
            yield return Of(payment.RefundProgress) + Newest(payment);
    }

    /// <summary>What the keys of payments with a reference begin with.</summary>
    public static string OfReference(string referenceId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(referenceId), hash);
        return $"{ReferencePrefix}{Convert.ToHexStringLower(hash[..HashLength])}:";
    }

    /// <summary>What the keys of payments with a status begin with.</summary>
    public static string Of(PaymentStatus status) => $"{StatusPrefix}{status.Name()}:";

    /// <summary>What the keys of payments with refunds begin with.</summary>
    public static string Of(RefundProgress progress) => $"{StatusPrefix}{progress.Name()}:";

    /// <summary>The key by status.</summary>
    public static string OfStatus(Payment payment) => payment.Status == PaymentStatus.Paid
        ? Of(payment.Status) + SortableAlphabet.Complement(PaymentId.LowestAt(payment.SucceededAt ?? payment.CreatedAt)) + Newest(payment)
        : Of(payment.Status) + Newest(payment);

    /// <summary>
    /// Where copies of an earlier state may be that <paramref name="after"/> does not have. Which ones there are is only known where a release wrote
    /// <paramref name="before"/> that keeps them.
    /// </summary>
    public static IEnumerable<string> LeftBy(Payment before, Payment after)
    {
        if (before.IsIndexed == true)
            return Of(before).Except(Of(after), StringComparer.Ordinal);

        string[] possible =
        [
            OfStatus(after with { Status = PaymentStatus.Unpaid }),
            .. after.Refunds.Count == 0 ? Array.Empty<string>() : [Of(RefundProgress.PartiallyRefunded) + Newest(after), Of(RefundProgress.FullyRefunded) + Newest(after)],
        ];
        return possible.Except(Of(after), StringComparer.Ordinal);
    }

    private static string Newest(Payment payment) => SortableAlphabet.Complement(payment.Id);
}
