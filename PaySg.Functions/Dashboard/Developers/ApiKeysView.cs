using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The list of API keys, and the form that issues one.</summary>
internal sealed class ApiKeysView(DeveloperPages corner)
{
    private const string Label = "label";
    private const string Permissions = "permissions";
    private const string BoxPrefix = "permission_";

    private static readonly (string Name, string Label)[] Labels = [(Label, "Name"), (Permissions, "What it may do")];

    /// <summary>200 and the keys, the oldest first.</summary>
    /// <param name="keys">Those that let somebody in.</param>
    /// <param name="hasMore">Whether there are more than these.</param>
    /// <param name="revoked">Those that were revoked; shown on the first page alone.</param>
    /// <param name="uses">The days of last use, by the ids of keys.</param>
    public ApiAnswer List(Visit visit, IReadOnlyList<ApiKey> keys, bool hasMore, IReadOnlyList<RevokedKey> revoked, IReadOnlyDictionary<string, DateOnly> uses) => corner.Page(200, visit, "API keys", Html.Of($"""
        <p>An e-service calls the API with a key. A key is shown once, when it is issued.</p>
        <div class="actions"><a class="button" href="{corner.In(visit, DeveloperPaths.ApiKeys)}?step={DeveloperSteps.Create}">Issue a key</a></div>
        {(keys.Count == 0 ? Html.Of($"<p>There is no key.</p>") : Table("Keys in use", "Last used", keys.Select(key => (key, LastUse(uses, key.Id))), visit))}
        {Html.When(hasMore && keys.Count > 0, $"""<p class="actions"><a class="button second" href="{corner.In(visit, DeveloperPaths.ApiKeys)}?after={(keys.Count > 0 ? keys[^1].Id : "")}">Later keys</a></p>""")}
        {(revoked.Count == 0 ? Html.Empty : Table("Revoked keys", "Revoked", revoked.Select(gone => (gone.Key, Texts.English.Date(gone.RevokedAt))), visit))}
        """));

    /// <summary>The form that nobody has filled in.</summary>
    public ApiAnswer Blank(Visit visit) => Form(200, visit, "", static _ => false, refusal: null);

    /// <summary>The form with what was typed and ticked, and why it was refused.</summary>
    public ApiAnswer Again(Visit visit, PageForm form, FormRefusal refusal) =>
        Form(refusal.Status, visit, form[Label], name => form.Has(BoxPrefix + name), refusal);

    /// <summary>The key that was just issued.</summary>
    /// <param name="secret">Null: the form came again.</param>
    public ApiAnswer Issued(Visit visit, string keyId, string name, string? secret) => corner.Page(200, visit, "The key is issued", Html.Of($"""
        <p><strong>{name}</strong> may call the API from now on.</p>
        {DeveloperPages.Secret("API key", secret, "If you do not have it, revoke the key and issue another.")}
        <p class="actions"><a class="button second" href="{corner.In(visit, DeveloperPaths.ApiKey(keyId))}">To the key</a> <a class="quiet" href="{corner.In(visit, DeveloperPaths.ApiKeys)}">To all keys</a></p>
        """));

    /// <summary>What the management API would be sent for the form.</summary>
    public static byte[] Read(PageForm form) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        if (form[Label].Length > 0)
            json.WriteString(Label, form[Label]);

        json.WriteStartArray(Permissions);
        foreach (var name in PermissionNames.All.Where(name => form.Has(BoxPrefix + name)))
            json.WriteStringValue(name);

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>When a key was used last, in words.</summary>
    public static string LastUse(DateOnly? day) => day is { } known ? Texts.English.Date(known) : "Not yet";

    public static string MaskOf(ApiKey key) => key.Mask ?? "not known";

    private static string LastUse(IReadOnlyDictionary<string, DateOnly> uses, string keyId) => LastUse(uses.TryGetValue(keyId, out var day) ? day : null);

    private ApiAnswer Form(int status, Visit visit, string label, Func<string, bool> isTicked, FormRefusal? refusal)
    {
        var fields = new FormFields(Labels, refusal);
        return corner.Page(status, visit, "Issue an API key", Html.Of($"""
            {fields.Mistakes()}
            <form method="post" action="{corner.In(visit, DeveloperPaths.ApiKeys)}" class="typed">
            {corner.Hidden(visit, DeveloperSteps.Create)}
            {fields.Line(Label, label, "Which system uses it, such as “Halls booking, production”.", 100, isRequired: true)}
            {fields.Boxes(Permissions, "Give no more than the system needs.", PermissionNames.All.Select(name => (BoxPrefix + name, Html.Of($"<strong>{name}</strong>: {Meaning(name)}"), isTicked(name))))}
            <p class="actions"><button class="button" type="submit">Issue the key</button> <a class="quiet" href="{corner.In(visit, DeveloperPaths.ApiKeys)}">Back</a></p>
            </form>
            """));
    }

    private static string Meaning(string permission) => permission switch
    {
        "view" => "read payments",
        "billing" => "create and cancel payments, send links",
        "refund" => "refund payments",
        _ => "manage webhooks, read events",
    };

    private Html Table(string title, string last, IEnumerable<(ApiKey Key, string Last)> keys, Visit visit) => Html.Of($"""
        <h2>{title}</h2>
        <table class="list keys">
        <caption class="unseen">{title}</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">May</th><th scope="col">Key</th><th scope="col">Created</th><th scope="col" class="when">{last}</th></tr></thead>
        <tbody>
        {Html.Join(keys.Select(entry => Html.Of($"""
            <tr><th scope="row"><a href="{corner.In(visit, DeveloperPaths.ApiKey(entry.Key.Id))}">{entry.Key.Label}</a></th><td>{string.Join(", ", PermissionNames.Of(entry.Key.Permissions))}</td><td><code class="small">{MaskOf(entry.Key)}</code></td><td>{Texts.English.Date(entry.Key.CreatedAt)}</td><td class="when" data-label="{last}">{entry.Last}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
