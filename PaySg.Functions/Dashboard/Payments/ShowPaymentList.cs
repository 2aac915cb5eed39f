using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>The list of payments with its filter, twenty a page, and the totals of the page.</summary>
internal sealed class ShowPaymentList(SearchPayments search, DashboardPages pages)
{
    private const int Limit = 20;

    /// <summary>200 and a page; 400 and the filter with what was typed where something in it is wrong: then nothing is searched.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = new PaymentListForm(call.Request.Query);
        var path = pages.PaymentsOf(visit.Service.Id);
        var page = form.IsWrong ? null : await search.RunAsync(visit.Service.Id, form.Filter, form.Place, Limit, call.ClientLeft);
        return pages.Page(form.IsWrong ? 400 : 200, visit.Person, $"Payments of {visit.Service.Name}", Html.Of($"""
            <h1>Payments</h1>
            <details class="search"{Html.When(form.IsWrong || !form.Filter.IsEmpty, $" open")}>
            <summary>Search</summary>
            {form.Print(path)}
            </details>
            {(page is null ? Html.Empty : List(visit, form, page))}
            """), visit);
    }

    private Html List(Visit visit, PaymentListForm form, RowPage<FoundPayment> page)
    {
        var payments = page.Entries.Select(found => found.Payment).ToList();
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return Html.Of($"""
            {(payments.Count > 0 ? Table(visit, payments) : Html.Of($"<p>{(page.StoppedAt is null ? "No payment fits." : "None of those looked at so far fits.")}</p>"))}
            {Html.When(page.StoppedAt is not null, $"""<p class="remark">The newest {RowScan.Longest} payments of this part were looked at, until {Texts.English.SingaporeTime(page.StoppedAt?.Payment.CreatedAt ?? default)}. Go on for older ones, or narrow the dates.</p>""")}
            {Html.When(page.HasNext && last is not null, $"""<p class="actions"><a class="button second" href="{form.QueryAfter(last?.Place ?? "")}">Older payments</a></p>""")}
            """);
    }

    private Html Table(Visit visit, List<Payment> payments) => Html.Of($"""
        <p class="strip"><span>{payments.Count} {(payments.Count == 1 ? "payment" : "payments")} on this page</span> <span>Paid <strong>{Sum(payments, payment => payment.Status == PaymentStatus.Paid ? payment.Details.AmountInCents : 0)}</strong></span> <span>Refunded <strong>{Sum(payments, payment => payment.RefundedInCents)}</strong></span> <span>Unpaid <strong>{Sum(payments, payment => payment.Status == PaymentStatus.Unpaid ? payment.Details.AmountInCents : 0)}</strong></span></p>
        <table class="list">
        <caption class="unseen">Payments</caption>
        <thead><tr><th scope="col">Reference</th><th scope="col">Payer</th><th scope="col">Created</th><th scope="col">Status</th><th scope="col" class="money">Amount</th></tr></thead>
        <tbody>
        {Html.Join(payments.Select(payment => Html.Of($"""
            <tr><th scope="row"><a href="{pages.PaymentOf(visit.Service.Id, payment.Id)}">{payment.Details.ReferenceId}</a></th><td>{payment.Details.PayerName}</td><td>{Texts.English.Date(payment.CreatedAt)}</td><td>{StatusWords.Of(payment)}</td><td class="money">{Texts.English.Dollars(payment.Details.AmountInCents)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);

    private static string Sum(List<Payment> payments, Func<Payment, long> of) => Texts.English.Dollars(payments.Sum(of));
}
