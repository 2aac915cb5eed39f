using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Shows one payer's attempt on a link.</summary>
internal sealed class ShowHistory(GetHistory getHistory, AccountPages pages, TimeProvider clock)
{
    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit, string historyId)
    {
        var attempt = await getHistory.RunAsync(visit.Account.Id, historyId, call.ClientLeft);
        return pages.Page(200, visit, $"History {attempt.ReffNo}", Html.Of($"""
            <h1>History {attempt.ReffNo}</h1>
            <p class="strip"><strong>{Texts.Rupiah(attempt.Amount)}</strong> {LinkWords.StatusOf(attempt, clock.GetUtcNow())}</p>
            <dl>
            <div><dt>Payment link</dt><dd><a href="{pages.LinkOf(visit.Account.Id, attempt.PaymentLinkId)}">{attempt.PaymentLinkReffNo}</a></dd></div>
            {Fact.Of("Payer", attempt.Customer.Name)}
            {Fact.Of("Email", attempt.Customer.Email)}
            {Fact.Of("Phone", attempt.Customer.Phone)}
            {Fact.Of("Method", attempt.MethodName)}
            {Fact.Of("Card", attempt.Card is { } card ? $"{card.Name}, last digits {card.LastFour}" : null)}
            {Fact.Of("Begun", Texts.English.JakartaTime(attempt.CreatedAt))}
            {Fact.Of("To be paid until", attempt.PaidAt is null ? Texts.English.JakartaTime(attempt.ExpiredAt) : null)}
            {Fact.Of("Paid", attempt.PaidAt is { } paid ? Texts.English.JakartaTime(paid) : null)}
            {Fact.Of("Why nothing was charged", attempt.FailureReason)}
            {Fact.Of("Last change", Texts.English.JakartaTime(attempt.UpdatedAt))}
            {Fact.Of("Metadata", attempt.OptionalMetadata)}
            {Fact.Of("History id", attempt.Id.ToString(CultureInfo.InvariantCulture))}
            </dl>
            """));
    }
}
