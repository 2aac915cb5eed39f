using PaySg.Functions.Dashboard.Reports;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The page of an account's reports: the days, in Jakarta, and the file.</summary>
internal sealed class AccountReportsView(AccountPages pages)
{
    /// <summary>The days that were asked for; the month that is running in Jakarta where none were.</summary>
    public static ReportPeriod PeriodOf(IQueryCollection query, DateTimeOffset now) => new(query, now, JakartaTime.Offset);

    /// <summary>200 and the page, for which nothing is read; 400 where a day is wrong.</summary>
    public ApiAnswer Show(AccountVisit visit, IQueryCollection query, DateTimeOffset now) => Print(visit, PeriodOf(query, now));

    /// <summary>The page with the days as they were typed.</summary>
    public ApiAnswer Print(AccountVisit visit, ReportPeriod period) => pages.Page(period.IsWrong ? 400 : 200, visit, "Reports", Html.Of($"""
        <h1>Reports</h1>
        {FormField.Mistakes("Nothing was saved. Please check:", period.Errors, refusal: null)}
        <p>A file for spreadsheets with one line for each history: what payers began on these days, in Jakarta, and what came of it.</p>
        <form method="get" action="{pages.In(visit.Account.Id, AccountPages.Reports)}/{WriteHistoriesReport.File}" class="filters">
        {new FormField(ReportPeriod.FromField, "First day", period.FromText) { Type = "date", MaxLength = 20, IsFilter = true }.Print(period.Errors)}
        {new FormField(ReportPeriod.ToField, "Last day", period.ToText) { Type = "date", MaxLength = 20, IsFilter = true }.Print(period.Errors)}
        <p class="actions"><button class="button" type="submit">Save the histories</button></p>
        </form>
        """));
}
