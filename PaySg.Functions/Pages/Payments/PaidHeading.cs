using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.Payments;

/// <summary>What is true now of a payment that is paid, as the first thing on its page: paid, being refunded, partly or wholly refunded.</summary>
/// <param name="Title">What the heading and the browser's tab say.</param>
/// <param name="Look">Its colour, a class of the stylesheet.</param>
/// <param name="Mark">The sign before it.</param>
/// <param name="Text">When what happened.</param>
internal sealed record PaidHeading(string Title, string Look, string Mark, string Text)
{
    /// <param name="payee">The name of who was paid.</param>
    public static PaidHeading Of(Payment payment, string payee)
    {
        var paid = ShownText.Amount(payment.Details.AmountInCents);
        var paidOn = $"You paid {paid} on {ShownText.Time(payment.SucceededAt!.Value)}.";
        return payment switch
        {
            { RefundProgress: RefundProgress.FullyRefunded } => new PaidHeading(
                $"{paid} refunded", "back", "↩", $"{paidOn} {payee} refunded all of it. The last refund was on {LastRefund(payment)}. {Banks}"),
            { PendingRefund: { } pending } => new PaidHeading(
                $"{ShownText.Amount(pending.AmountInCents)} is being refunded",
                "moving",
                "…",
                $"{paidOn} {payee} began this refund on {ShownText.Time(pending.CreatedAt)}.{Earlier(payment, paid)} {Banks}"),
            { RefundProgress: RefundProgress.PartiallyRefunded } => new PaidHeading(
                $"{ShownText.Amount(payment.RefundedInCents)} of {paid} refunded", "back", "↩", $"{paidOn} The last refund was on {LastRefund(payment)}. {Banks}"),
            _ => new PaidHeading($"{paid} paid", "good", "✓", $"{payee} received your payment on {ShownText.Time(payment.SucceededAt.Value)}. Thank you."),
        };
    }

    public Html Markup => Html.Of($"""
        <h1 class="{Look}"><span class="mark" aria-hidden="true">{Mark}</span> {Title}</h1>
        <p>{Text}</p>
        """);

    private const string Banks = "Refunds go back the way you paid. Your bank may take a few days to show them.";

    private static string LastRefund(Payment payment) =>
        ShownText.Time(payment.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded).Max(refund => refund.UpdatedAt));

    private static string Earlier(Payment payment, string paid) => payment.RefundedInCents == 0 ? "" : $" Before that, {ShownText.Amount(payment.RefundedInCents)} of {paid} was refunded.";
}
