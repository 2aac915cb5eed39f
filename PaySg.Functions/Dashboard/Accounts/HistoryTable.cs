using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>A table of attempts on links.</summary>
internal static class HistoryTable
{
    public static Html Print(AccountVisit visit, AccountPages pages, IReadOnlyList<LinkAttempt> attempts, DateTimeOffset now) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Histories</caption>
        <thead><tr><th scope="col">Begun</th><th scope="col">Payer and link</th><th scope="col">Method</th><th scope="col">Status</th><th scope="col" class="money">Amount</th></tr></thead>
        <tbody>
        {Html.Join(attempts.Select(attempt => Html.Of($"""
            <tr><th scope="row"><a href="{pages.HistoryOf(visit.Account.Id, attempt.Id)}">{Texts.English.JakartaTime(attempt.CreatedAt)}</a></th><td>{attempt.Customer.Name} <span class="quiet">{attempt.PaymentLinkReffNo}</span></td><td>{attempt.MethodName}</td><td>{LinkWords.StatusOf(attempt, now)}</td><td class="money">{Texts.Rupiah(attempt.Amount)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
