using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>What all pages of the developers' corner have: the way from one part to the next, forms that are done once, and secrets that are shown once.</summary>
internal sealed class DeveloperPages(DashboardPages pages, OfficerForms forms)
{
    private static readonly (string Path, string Text)[] Parts = [(DeveloperPaths.ApiKeys, "API keys"), (DeveloperPaths.Webhooks, "Webhooks"), (DeveloperPaths.Events, "Events")];

    /// <summary>An address of the corner.</summary>
    /// <param name="path">One of <see cref="DeveloperPaths"/>.</param>
    public string In(Visit visit, string path) => pages.In(visit.Service.Id, path);

    /// <summary>The page of a payment.</summary>
    public string PaymentOf(Visit visit, string paymentId) => pages.PaymentOf(visit.Service.Id, paymentId);

    /// <summary>A page with a heading.</summary>
    public ApiAnswer Page(int status, Visit visit, string title, Html body) => pages.Page(status, visit.Person, title, Html.Of($"""
        <nav class="corner" aria-label="Developers">{Html.Join(Parts.Select(part => Html.Of($"""<a href="{In(visit, part.Path)}">{part.Text}</a>""")))}</nav>
        <h1>{title}</h1>
        {body}
        """), visit);

    /// <summary>303 to a page of the corner.</summary>
    public ApiAnswer SeeOther(Visit visit, string path, string? done = null) => pages.SeeOther(In(visit, path) + (done is null ? "" : $"?{DeveloperSteps.Done}={done}"));

    /// <summary>The hidden fields of a form.</summary>
    public Html Hidden(Visit visit, string action) => forms.Hidden(visit.Person, action);

    /// <summary>A form that is one button.</summary>
    public Html Button(Visit visit, string path, string action, string text, string look = "button second") => Html.Of($"""
        <form method="post" action="{In(visit, path)}">{Hidden(visit, action)}<button class="{look}" type="submit">{text}</button></form>
        """);

    /// <summary>The last question before something that cannot be undone.</summary>
    /// <param name="more">What the form says besides: fields that are hidden.</param>
    public ApiAnswer Question(Visit visit, string path, string action, string title, Html text, string button, Html? more = null) => Page(200, visit, title, Html.Of($"""
        {text}
        <form method="post" action="{In(visit, path)}">
        {Hidden(visit, action)}
        {more ?? Html.Empty}
        <p class="actions"><button class="button" type="submit">{button}</button> <a class="quiet" href="{In(visit, path)}">Back</a></p>
        </form>
        """));

    /// <summary>A secret, this once; or, where the form comes again, that it is not shown twice.</summary>
    /// <param name="label">What it is.</param>
    /// <param name="secret">Null: it was shown already.</param>
    /// <param name="otherwise">What to do for another one.</param>
    public static Html Secret(string label, string? secret, string otherwise) => secret is null
        ? Html.Of($"""<p class="remark" role="status">This form was sent before, and the {label} was shown then. It is shown once. {otherwise}</p>""")
        : Html.Of($"""
            <p class="notice" role="status">Copy the {label} now and keep it where secrets are kept. It is not shown again, and nobody can look it up.</p>
            <div class="field"><label for="secret">{char.ToUpperInvariant(label[0])}{label[1..]}</label>
            <input id="secret" type="text" readonly value="{secret}" autocomplete="off" spellcheck="false"></div>
            """);

    /// <summary>Reads a form that was shown to the member, and nobody else.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415.</exception>
    public Task<PageForm> ReadAsync(ApiCall call, Visit visit) => forms.ReadAsync(call, visit.Person);

    /// <summary>The operation's part of a form's call: its key is the form's, and its path says what the form does.</summary>
    /// <param name="path">One of <see cref="DeveloperPaths"/>.</param>
    /// <param name="body">What the API would be sent; empty: nothing.</param>
    public ApiCall Part(ApiCall call, Visit visit, string path, PageForm form, ReadOnlyMemory<byte> body = default) =>
        call.Part($"{In(visit, path)}/{form["action"]}", body, form[PageForm.Id]);

    /// <summary>What was just done; nothing where the address does not say a step that is known here.</summary>
    public static Html Notice(string? text) => Html.When(text is not null, $"""<p class="notice" role="status">{text}</p>""");
}
