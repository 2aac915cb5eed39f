using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>A page of histories.</summary>
/// <param name="IsCut">Whether there are older ones in the range that were not looked at: then the page and its total are of the newest alone.</param>
internal sealed record HistoryPage(NewestPage<LinkAttempt> Page, bool IsCut);
