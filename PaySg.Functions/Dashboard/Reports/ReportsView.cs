using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>The page of reports: the days, the files, and what was paid.</summary>
internal sealed class ReportsView(DashboardPages pages)
{
    /// <param name="status">Of the answer.</param>
    /// <param name="period">The days.</param>
    /// <param name="totals">What was paid on them; null: a day is wrong.</param>
    public ApiAnswer Print(int status, Visit visit, ReportPeriod period, ReportTotals? totals) => pages.Page(status, visit.Person, "Reports", Html.Of($"""
        <h1>Reports</h1>
        {FormField.Mistakes("Nothing was added up. Please check:", period.Errors)}
        <form method="get" action="{pages.In(visit.Service.Id, DashboardPages.Reports)}" class="filters">
        {Field(period, ReportPeriod.FromField, "First day", period.FromText)}
        {Field(period, ReportPeriod.ToField, "Last day", period.ToText)}
        <p class="actions"><button class="button" type="submit">Show</button></p>
        </form>
        {(totals is null ? Html.Empty : Totals(visit, period, totals))}
        """), visit);

    private Html Totals(Visit visit, ReportPeriod period, ReportTotals totals) => Html.Of($"""
        <p class="strip"><span>{Counts.Payments(totals.All.Count)}</span> <span>Paid <strong>{Texts.English.Dollars(totals.All.PaidInCents)}</strong></span> <span>Refunded since <strong>{Texts.English.Dollars(totals.All.RefundedInCents)}</strong></span></p>
        {Html.When(totals.StoppedAt is not null, $"""<p class="remark">The newest {Counts.Print(ShowReports.MostAddedUp)} payments are added up, back to {Texts.English.SingaporeTime(totals.StoppedAt ?? default)}. Choose fewer days for the rest; the files hold all.</p>""")}
        <h2>Files for spreadsheets</h2>
        <ul>
        {Html.Join(Report.All.Select(report => Html.Of($"""<li><a href="{pages.In(visit.Service.Id, DashboardPages.Reports)}/{report.Name}.csv{period.Query}" download>{report.Title}</a></li>""")))}
        </ul>
        {(totals.All.Count == 0 ? Html.Of($"<p>Nothing was paid on these days.</p>") : Html.Of($"""
            <h2>By day</h2>
            {ReportChart.Print(period, totals)}
            {Table("By day", "Day", totals.ByDay.Select(static pair => (ReportChart.Day(pair.Key), pair.Value)))}
            <h2>By method</h2>
            {Table("By method", "Method", totals.ByMethod.Select(static pair => (MethodOf(pair.Key), pair.Value)))}
            """))}
        """);

    private static Html Table(string caption, string first, IEnumerable<(string Name, ReportSum Sum)> lines) => Html.Of($"""
        <table class="list sums">
        <caption class="unseen">{caption}</caption>
        <thead><tr><th scope="col">{first}</th><th scope="col">Payments</th><th scope="col" class="money">Refunded since</th><th scope="col" class="money">Paid</th></tr></thead>
        <tbody>
        {Html.Join(lines.Select(line => Html.Of($"""
            <tr><th scope="row">{line.Name}</th><td>{Counts.Payments(line.Sum.Count)}</td><td class="money">{(line.Sum.RefundedInCents == 0 ? "" : $"{Texts.English.Dollars(line.Sum.RefundedInCents)} refunded")}</td><td class="money">{Texts.English.Dollars(line.Sum.PaidInCents)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);

    private static Html Field(ReportPeriod period, string name, string label, string value) =>
        new FormField(name, label, value) { Type = "date", MaxLength = 20, IsFilter = true }.Print(period.Errors);

    private static string MethodOf(string kind) => kind switch
    {
        MethodKinds.Card => "Card",
        MethodKinds.PayNow => "PayNow",
        SandboxMethods.Simulated => "Simulated",
        "" => "Not known",
        _ => kind,
    };
}
