using PaySg.Functions.Access.Audit;
using PaySg.Functions.Dashboard.Accounts;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary>Prints an entry of the log as an item of a list.</summary>
internal sealed class AuditEntryView(DashboardPages pages, AccountPages accountPages)
{
    public Html Print(OwnerPlace place, AuditEntry entry) => Html.Of($"""
        <li><span class="quiet small">{Texts.English.SingaporeTime(entry.At)}</span><br>{AuditWords.Of(entry.Action)} by {AuditWords.Of(entry.By)}{Html.When(entry.Subject != place.OwnerId, $" {Subject(place, entry)}")}{Changes(entry)}</li>
        """);

    /// <summary>What it was done to: with its page, where it has one.</summary>
    private Html Subject(OwnerPlace place, AuditEntry entry) => entry.Action switch
    {
        _ when entry.Action.StartsWith("payment.", StringComparison.Ordinal) => Html.Of($"""<a href="{pages.PaymentOf(place.OwnerId, entry.Subject)}"><code class="small">{entry.Subject}</code></a>"""),
        AuditAction.PaymentLinkCreated or AuditAction.PaymentLinkUpdated => Html.Of($"""<a href="{accountPages.LinksOf(place.OwnerId)}/{entry.Subject}"><code class="small">{entry.Subject}</code></a>"""),
        AuditAction.BatchUploaded or AuditAction.BatchConfirmed or AuditAction.BatchLinksMailed => Html.Of($"""<a href="{pages.BatchOf(place.OwnerId, entry.Subject)}"><code class="small">{entry.Subject}</code></a>"""),
        _ => Html.Of($"""<code class="small">{entry.Subject}</code>"""),
    };

    private static Html Changes(AuditEntry entry) => Html.When(entry.Changes.Count > 0, $"""<ul class="changes">{Html.Join(entry.Changes.Select(Change))}</ul>""");

    private static Html Change(AuditChange change) => (change.Before, change.After) switch
    {
        (null, null) => Html.Of($"<li>{AuditWords.LabelOf(change.Field)}: changed</li>"),
        (null, { } after) => Html.Of($"<li>{AuditWords.LabelOf(change.Field)}: {Value(change, after)}</li>"),
        ({ } before, null) => Html.Of($"<li>{AuditWords.LabelOf(change.Field)}: no longer {Value(change, before)}</li>"),
        _ => Html.Of($"<li>{AuditWords.LabelOf(change.Field)}: {Value(change, change.After)} (was {Value(change, change.Before)})</li>"),
    };

    private static Html Value(AuditChange change, string? value) => Html.Of($"<q>{AuditWords.ValueOf(change.Field, value ?? "")}</q>");
}
