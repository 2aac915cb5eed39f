using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Languages;
using PaySg.Functions.Management.PaymentServices;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Members;

/// <summary>The list of members, and the forms that invite, change and remove one.</summary>
internal sealed class MembersView(DashboardPages pages, OfficerForms forms)
{
    private const string NothingChanged = "Nothing was changed. Please check:";
    private const string NothingTicked = "Choose one thing at least that they may do.";

    private static readonly FieldError[] Nothing = [];

    /// <summary>What a member may do, in words.</summary>
    public static string MayOf(Member member) => string.Join(", ", PermissionNames.Of(member.Permissions));

    /// <summary>What is wrong, as a sentence.</summary>
    public static string Sentence(FieldError error) => error.Field == PermissionFields.Field ? NothingTicked : $"The email address {error.Message}";

    /// <summary>200 and the list.</summary>
    /// <param name="found">The members, and one more than a page shows where there are more.</param>
    /// <param name="done">The step that was done before it; empty: none.</param>
    public ApiAnswer PrintList(OwnerPlace place, IReadOnlyList<Member> found, string done)
    {
        var shown = found.Take(ShowMembers.PageSize).ToList();
        return place.Page(200, "Members", Html.Of($"""
            <h1>Members</h1>
            {done switch
            {
                MemberSteps.Invite => Html.Of($"""<p class="notice" role="status">They are invited. Nothing was sent: tell them to open <strong>{pages.Root}</strong> and to sign in.</p>"""),
                MemberSteps.Change => Html.Of($"""<p class="notice" role="status">The change is saved. It holds within 10 seconds.</p>"""),
                MemberSteps.Remove => Html.Of($"""<p class="notice" role="status">They are removed. Within 10 seconds they are let in no more.</p>"""),
                _ => Html.Empty,
            }}
            {Html.When(shown.Count == 0, $"<p>There is nobody on this page.</p>")}
            {Html.When(shown.Count > 0, $"""
                <table class="list people">
                <caption class="unseen">Members</caption>
                <thead><tr><th scope="col">Who</th><th scope="col">May</th><th scope="col">Since</th><th scope="col"><span class="unseen">Change</span></th></tr></thead>
                <tbody>
                {Html.Join(shown.Select(member => Row(place, member)))}
                </tbody>
                </table>
                """)}
            {Html.When(found.Count > shown.Count, $"""<p class="links"><a href="{place.In(OwnerPlace.Members)}?{ListAddress.After}={(shown.Count > 0 ? shown[^1].Id : "")}">More members</a></p>""")}
            {Invitation(place, TypedMember.Nobody, Nothing, refusal: null)}
            """));
    }

    /// <summary>The form that invites somebody, with what was typed and what is wrong.</summary>
    public ApiAnswer PrintInvitation(int status, OwnerPlace place, TypedMember typed, IReadOnlyList<FieldError> errors, string? refusal) =>
        place.Page(status, "Members", Html.Of($"""
            <h1>Members</h1>
            {Invitation(place, typed, errors, refusal)}
            {Back(place)}
            """));

    /// <summary>The form that changes what somebody may do.</summary>
    /// <param name="before">The permissions that the form is about to change, as it names them; null: those that they have.</param>
    public ApiAnswer PrintChange(int status, OwnerPlace place, Member member, IReadOnlyList<string> refusals, string? before = null) =>
        place.Page(status, NameOf(member), Html.Of($"""
            <h1>{NameOf(member)}</h1>
            {FormField.Mistakes(NothingChanged, [.. refusals.Select(static refusal => new FieldError(PermissionFields.Field, refusal))])}
            <p>{member.Email}</p>
            {Form(place, MemberSteps.Change, Html.Of($"""
                <input type="hidden" name="member" value="{member.Id}">
                <input type="hidden" name="before" value="{before ?? PermissionNames.Format(member.Permissions)}">
                {Boxes(place, member.Permissions, isWrong: member.Permissions == Permission.None)}
                """), "Save")}
            {Back(place)}
            """));

    /// <summary>The question before somebody is removed.</summary>
    public ApiAnswer PrintRemoval(int status, OwnerPlace place, Member member, IReadOnlyList<string> refusals) => place.Page(status, $"Remove {NameOf(member)}", Html.Of($"""
        <h1>Remove {NameOf(member)}?</h1>
        {FormField.Mistakes(NothingChanged, [.. refusals.Select(static refusal => new FieldError(PermissionFields.Field, refusal))])}
        <p id="{PermissionFields.Field}">{Html.When(member.Id == place.Member.Id, $"This is you: you will not get back in by yourself. ")}<strong>{member.Email}</strong> will see nothing of {place.OwnerName} any more. What they did stays on record.</p>
        {Form(place, MemberSteps.Remove, Html.Of($"""<input type="hidden" name="member" value="{member.Id}">"""), "Remove")}
        {Back(place)}
        """));

    private static Html Row(OwnerPlace place, Member member) => Html.Of($"""
        <tr><th scope="row">{NameOf(member)}{Html.When(member.Name is { Length: > 0 }, $"""<br><span class="quiet">{member.Email}</span>""")}</th><td>{MayOf(member)}</td><td>{(member.JoinedAt is { } joined ? Html.Of($"{Texts.English.Date(joined)}") : Html.Of($"""<span class="quiet">invited {Texts.English.Date(member.InvitedAt)}, not signed in yet</span>"""))}</td><td><a href="{place.In(OwnerPlace.Members)}?{MemberSteps.Change}={member.Id}">Change<span class="unseen"> {member.Email}</span></a> <a href="{place.In(OwnerPlace.Members)}?{MemberSteps.Remove}={member.Id}">Remove<span class="unseen"> {member.Email}</span></a></td></tr>
        """);

    private Html Invitation(OwnerPlace place, TypedMember typed, IReadOnlyList<FieldError> errors, string? refusal)
    {
        IReadOnlyList<FieldError> sentences = [.. errors.Select(static error => error with { Message = Sentence(error) })];
        return Html.Of($"""
            {FormField.Mistakes(NothingChanged, sentences, refusal is null ? null : Html.Of($"{refusal}"))}
            <h2>Invite somebody</h2>
            {Form(place, MemberSteps.Invite, Html.Of($"""
                {new FormField("email", "Email address", typed.Email) { Hint = "The one that they sign in with. Nothing is sent there.", Type = "email", MaxLength = 254, IsRequired = true }.Print(sentences)}
                {Boxes(place, typed.Permissions, errors.Any(static error => error.Field == PermissionFields.Field))}
                """), "Invite")}
            """);
    }

    private Html Form(OwnerPlace place, string action, Html fields, string button) => Html.Of($"""
        <form method="post" action="{place.In(OwnerPlace.Members)}" class="typed">
        {forms.Hidden(place.Person, action)}
        {fields}
        <p class="actions"><button class="button" type="submit">{button}</button></p>
        </form>
        """);

    private static Html Boxes(OwnerPlace place, Permission ticked, bool isWrong) => Html.Of($"""
        <fieldset id="{PermissionFields.Field}"{Html.When(isWrong, $" class=\"wrong\"")}>
        <legend>They may</legend>
        {Html.When(isWrong, $"""<p class="error" id="{PermissionFields.Field}-error">{NothingTicked}</p>""")}
        {Html.Join(PermissionNames.All.Select(name => Html.Of($"""
            <label class="choice"><input type="checkbox" name="{name}" value="yes"{Html.When(ticked.HasFlag(PermissionNames.Parse(name)), $" checked")}><span><strong>{name}</strong><br><span class="quiet">{(place.IsAccount ? MeaningOfAccounts(name) : Meaning(name))}</span></span></label>
            """)))}
        </fieldset>
        """);

    private static string Meaning(string permission) => permission switch
    {
        "view" => "see payments and reports",
        "billing" => "create and cancel payments, send their links",
        "refund" => "refund payments",
        _ => "invite and remove members, change settings, keys and webhooks, read the audit log",
    };

    private static string MeaningOfAccounts(string permission) => permission switch
    {
        "view" => "see links and histories, save reports",
        "billing" => "create, change and close links",
        "refund" => "nothing more: what was paid on a link cannot be refunded",
        _ => "invite and remove members, change the account, issue and revoke credentials",
    };

    private static Html Back(OwnerPlace place) => Html.Of($"""<p class="links"><a href="{place.In(OwnerPlace.Members)}">All members</a></p>""");

    private static string NameOf(Member member) => member.Name is { Length: > 0 } name ? name : member.Email;
}
