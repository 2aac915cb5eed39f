using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>What links and the attempts on them are, in the words of officers.</summary>
internal static class LinkWords
{
    /// <summary>What a link is at a moment.</summary>
    public static Html StatusOf(PaymentLink link, DateTimeOffset now) => Html.Of($"""<span class="status">{TextOf(link, now)}</span>""");

    /// <summary>What an attempt is at a moment.</summary>
    public static Html StatusOf(LinkAttempt attempt, DateTimeOffset now) => Html.Of($"""<span class="status">{TextOf(attempt, now)}</span>""");

    /// <summary>Such as <c>2 of 10</c>, and <c>2</c> where any number is allowed.</summary>
    public static string UsesOf(PaymentLink link) => link.MaxUsage == 0 ? $"{Counts.Print(link.CurrentUsage)} times" : $"{Counts.Print(link.CurrentUsage)} of {Counts.Print(link.MaxUsage)}";

    /// <summary>A status that the API names.</summary>
    public static string TextOf(string historyStatus) => historyStatus switch
    {
        HistoryStatus.Paid => "Paid",
        HistoryStatus.Pending => "Not decided yet",
        HistoryStatus.Expired => "Time is over",
        _ => "Failed",
    };

    private static string TextOf(PaymentLink link, DateTimeOffset now) => link.StatusAt(now) switch
    {
        PaymentLinkStatus.Closed => "Closed",
        PaymentLinkStatus.Expired => "Expired",
        _ when link.IsUsedUp => "Used up",
        _ => "Open",
    };

    private static string TextOf(LinkAttempt attempt, DateTimeOffset now) => attempt.Status == ChargeAttemptStatus.Refunding
        ? "Going back to the payer"
        : TextOf(HistoryStatus.ComputedAt(attempt, now));
}
