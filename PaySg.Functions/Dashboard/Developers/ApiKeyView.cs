using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The page of one API key: what it may do, and which of its calls were refused.</summary>
internal sealed class ApiKeyView(DeveloperPages corner)
{
    /// <param name="revokedAt">When it was revoked; null: it lets somebody in.</param>
    /// <param name="lastUse">The day of its last use; null: there was none.</param>
    /// <param name="refused">Its newest refused calls, the newest first.</param>
    public ApiAnswer Detail(Visit visit, ApiKey key, DateTimeOffset? revokedAt, DateOnly? lastUse, IReadOnlyList<RefusedCall> refused) => corner.Page(200, visit, key.Label, Html.Of($"""
        <dl>
        {Fact.Of("May", string.Join(", ", PermissionNames.Of(key.Permissions)))}
        {Fact.Of("Key", ApiKeysView.MaskOf(key))}
        {Fact.Of("Created", Texts.English.SingaporeTime(key.CreatedAt))}
        {Fact.Of("Last used", ApiKeysView.LastUse(lastUse))}
        {Fact.Of("Revoked", revokedAt is { } time ? Texts.English.SingaporeTime(time) : null)}
        {Fact.Of("Key id", key.Id)}
        {Fact.Of("Shown in payments as", key.CreatorId)}
        </dl>
        {Html.When(revokedAt is null, $"""<div class="actions"><a class="button second" href="{corner.In(visit, DeveloperPaths.ApiKey(key.Id))}?step={DeveloperSteps.Revoke}">Revoke the key</a></div>""")}
        <h2>Refused calls</h2>
        {(refused.Count == 0 ? Html.Of($"<p>No call of this key was refused lately.</p>") : Refused(refused))}
        <p class="quiet small">The last {KeyActivity.MostRefused} calls that were answered with a status from 400 to 498. They appear here within half a minute; what a server had not written when it stopped is missing.</p>
        """));

    /// <summary>The last question before a key stops working.</summary>
    public ApiAnswer ConfirmRevoke(Visit visit, ApiKey key) => corner.Question(
        visit,
        DeveloperPaths.ApiKey(key.Id),
        DeveloperSteps.Revoke,
        $"Revoke {key.Label}?",
        Html.Of($"<p>Whoever calls the API with <code>{ApiKeysView.MaskOf(key)}</code> is refused, everywhere within 10 seconds. This cannot be undone.</p>"),
        "Revoke the key");

    private static Html Refused(IReadOnlyList<RefusedCall> refused) => Html.Of($"""
        <table class="list calls">
        <caption class="unseen">Refused calls</caption>
        <thead><tr><th scope="col">Call</th><th scope="col">Error</th><th scope="col">When</th><th scope="col">Request id</th><th scope="col" class="when">Status</th></tr></thead>
        <tbody>
        {Html.Join(refused.Select(call => Html.Of($"""
            <tr><th scope="row"><code class="small">{call.Method} {call.Path}</code></th><td>{call.Code}</td><td>{Texts.English.SingaporeTime(call.At)}</td><td><code class="small">{call.RequestId}</code></td><td class="when">{call.Status}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
