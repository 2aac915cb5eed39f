using PaySg.Functions.Access.Audit;
using PaySg.Functions.Languages;
using PaySg.Functions.Management.Audit;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary>The log of a payment service or an account with its filter, twenty entries a page, the newest first.</summary>
internal sealed class ShowAuditLog(ReadAuditLog readLog, AuditEntryView entryView)
{
    /// <summary>The name of the file that holds all of them.</summary>
    public const string File = "audit-log.csv";

    private const int Limit = 20;

    /// <summary>200 and a page; 400 and the filter with what was typed where something in it is wrong: then nothing is read.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, OwnerPlace place)
    {
        var form = new AuditForm(call.Request.Query);
        return form.IsWrong
            ? Print(400, place, form, page: null)
            : Print(200, place, form, await readLog.PageAsync(place.OwnerId, form.Filter, form.Place, Limit, call.ClientLeft));
    }

    /// <param name="page">What was found; null: nothing was looked for.</param>
    public ApiAnswer Print(int status, OwnerPlace place, AuditForm form, RowPage<AuditEntry>? page)
    {
        var path = place.In(OwnerPlace.AuditLog);
        return place.Page(status, "Audit log", Html.Of($"""
            <h1>Audit log</h1>
            <p>What members and the operator have done. What programs do {(place.IsAccount ? "with credentials is on the pages of the links" : "with API keys is on the pages of the payments")}.</p>
            {form.Print(path)}
            {(page is null ? Html.Empty : Entries(place, form, page, path))}
            """));
    }

    private Html Entries(OwnerPlace place, AuditForm form, RowPage<AuditEntry> page, string path)
    {
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return Html.Of($"""
            <p><a href="{path}/{File}{form.Query}" download>Save all that fits as a file for spreadsheets</a></p>
            {(page.Entries.Count == 0 ? Html.Of($"<p>{(page.StoppedAt is null ? "Nothing fits." : "None of those looked at so far fits.")}</p>") : Html.Of($"""
                <ol class="timeline">
                {Html.Join(page.Entries.Select(entry => entryView.Print(place, entry)))}
                </ol>
                """))}
            {Html.When(page.StoppedAt is not null, $"""<p class="remark">The newest {RowScan.Longest} entries of this part were looked at, until {Texts.English.SingaporeTime(page.StoppedAt?.At ?? default)}. Go on for older ones, or narrow the days.</p>""")}
            {Html.When(page.HasNext && last is not null, $"""<p class="actions"><a class="button second" href="{path}{form.QueryAfter(last?.Id ?? "")}">Older entries</a></p>""")}
            """);
    }
}
