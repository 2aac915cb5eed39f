using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.Payments;

/// <summary>
/// What is true now of a payment that is paid, as the first thing on its page: paid, being refunded, partly or wholly refunded, disputed, or given back by the bank.
/// </summary>
/// <param name="Title">What the heading and the browser's tab say.</param>
/// <param name="Look">Its colour, a class of the stylesheet.</param>
/// <param name="Mark">The sign before it.</param>
/// <param name="Text">When what happened.</param>
internal sealed record PaidHeading(string Title, string Look, string Mark, string Text)
{
    /// <param name="say">The words of the reader's language.</param>
    /// <param name="payee">The name of who was paid.</param>
    public static PaidHeading Of(Texts say, Payment payment, string payee)
    {
        var words = say.Paid;
        var gap = say.Language.Gap;
        var paid = say.Dollars(payment.Details.AmountInCents);
        var paidAt = say.SingaporeTime(payment.SucceededAt!.Value);
        var refunded = say.Dollars(payment.RefundedInCents);
        return payment switch
        {
            { RefundProgress: RefundProgress.FullyRefunded } => new PaidHeading(
                words.RefundedTitle(paid), "back", "↩", Together(gap, words.YouPaid(paid, paidAt), words.RefundedInFull(payee, LastRefund()), words.BanksTakeDays)),
            { PendingRefund: { } pending } => new PaidHeading(
                words.RefundingTitle(say.Dollars(pending.AmountInCents)),
                "moving",
                "…",
                Together(
                    gap,
                    words.YouPaid(paid, paidAt),
                    words.RefundBegan(payee, say.SingaporeTime(pending.CreatedAt)),
                    RefundedEarlier(),
                    words.BanksTakeDays)),
            { LostInCents: > 0 and var lost } => new PaidHeading(
                words.ReturnedTitle(say.Dollars(lost)),
                "back",
                "↩",
                Together(
                    gap,
                    words.YouPaid(paid, paidAt),
                    words.Returned(say.Dollars(lost), say.SingaporeTime(payment.Disputes!.Where(dispute => dispute.Status == DisputeStatus.Lost).Max(dispute => dispute.ClosedAt ?? dispute.OpenedAt))),
                    RefundedEarlier())),
            { IsDisputed: true } => new PaidHeading(
                words.Title(paid),
                "moving",
                "…",
                Together(
                    gap,
                    words.YouPaid(paid, paidAt),
                    words.Disputed(say.SingaporeTime(payment.Disputes!.Where(dispute => dispute.Status == DisputeStatus.Open).Min(dispute => dispute.OpenedAt))),
                    RefundedEarlier())),
            { RefundProgress: RefundProgress.PartiallyRefunded } => new PaidHeading(
                words.PartlyRefundedTitle(refunded, paid), "back", "↩", Together(gap, words.YouPaid(paid, paidAt), words.LastRefund(LastRefund()), words.BanksTakeDays)),
            _ => new PaidHeading(words.Title(paid), "good", "✓", words.Received(payee, paidAt)),
        };

        string RefundedEarlier() => payment.RefundedInCents == 0 ? "" : words.RefundedBefore(refunded, paid);

        string LastRefund() =>
            say.SingaporeTime(payment.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded).Max(refund => refund.UpdatedAt));
    }

    public Html Markup => Html.Of($"""
        <h1 class="{Look}"><span class="mark" aria-hidden="true">{Mark}</span> {Title}</h1>
        <p>{Text}</p>
        """);

    private static string Together(string gap, params IEnumerable<string> sentences) => string.Join(gap, sentences.Where(sentence => sentence.Length > 0));
}
