using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The page of an account's members: who they are, and the form that invites.</summary>
internal sealed class MembersView(AccountPages pages, FormTokens tokens, IdGenerator ids, TimeProvider clock)
{
    public const string Email = "email";
    public const string Permissions = "permissions";
    public const string MemberField = "member";
    public const string Invite = "invite";
    public const string Remove = "remove";

    /// <summary>The name of the box of a permission.</summary>
    public static string FieldOf(string permission) => "may_" + permission;

    /// <summary>The members and the form.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="members">A page of them, and one more where there is one.</param>
    /// <param name="limit">How many are shown.</param>
    /// <param name="typed">What is in a field of the form, by its name.</param>
    /// <param name="errors">What is wrong, by fields.</param>
    /// <param name="refusal">Why something was not done although no field is wrong; null: nothing is to be said.</param>
    /// <param name="done">What was just done; null: nothing.</param>
    public ApiAnswer Print(
        int status, AccountVisit visit, IReadOnlyList<Member> members, int limit, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal, string? done)
    {
        return pages.Page(status, visit, "Members", Html.Of($"""
            <h1>Members</h1>
            {FormField.Mistakes("Nothing was changed. Please check:", errors, refusal is null ? null : Html.Of($"{refusal}"))}
            {Html.When(done is not null, $"""<p class="notice" role="status">{(done == Remove ? "The member is removed. Within 10 seconds they are let in no more." : "The member may use the dashboard. Nothing is sent: tell them to open it.")}</p>""")}
            {(members.Count > 0 ? Table(visit, members.Take(limit)) : Html.Of($"<p>There is nobody on this page.</p>"))}
            {(members.Count > limit ? Html.Of($"""<p class="actions"><a class="button second" href="{Path(visit)}?after={members[limit - 1].Id}">More members</a></p>""") : Html.Empty)}
            <h2>Invite somebody</h2>
            <p>Whoever signs in by this address first becomes the member. Inviting an address again changes what its member may do.</p>
            <form method="post" action="{Path(visit)}" class="typed">
            {Hidden(visit, Invite)}
            {new FormField(Email, "Email address that they sign in by", typed(Email)) { IsRequired = true, Type = "email", MaxLength = 254 }.Print(errors)}
            {Boxes(typed, errors)}
            <p class="actions"><button class="button" type="submit">Invite</button></p>
            </form>
            """));
    }

    /// <summary>The last question before a member is removed.</summary>
    public ApiAnswer ConfirmRemove(AccountVisit visit, Member member) => pages.Page(200, visit, "Remove a member", Html.Of($"""
        <h1>Remove {member.Email}?</h1>
        <p>{member.Name ?? "Whoever was invited by this address"} may no longer use the dashboard of {visit.Account.Name}{Html.When(member.Id == visit.Member.Id, $": that is you")}.</p>
        <form method="post" action="{Path(visit)}">
        {Hidden(visit, Remove)}
        <input type="hidden" name="{MemberField}" value="{member.Id}">
        <p class="actions"><button class="button" type="submit">Remove the member</button> <a class="quiet" href="{Path(visit)}">Back</a></p>
        </form>
        """));

    private string Path(AccountVisit visit) => pages.In(visit.Account.Id, AccountPages.Members);

    private Html Hidden(AccountVisit visit, string action) => Html.Of($"""
        <input type="hidden" name="action" value="{action}">
        <input type="hidden" name="token" value="{tokens.For(visit.Person)}">
        <input type="hidden" name="form" value="{ids.NewFormKey(clock.NowInMilliseconds())}">
        """);

    private Html Table(AccountVisit visit, IEnumerable<Member> members) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Members</caption>
        <thead><tr><th scope="col">Email</th><th scope="col">May</th><th scope="col">Name</th><th scope="col">Since</th><th scope="col" class="money">Remove</th></tr></thead>
        <tbody>
        {Html.Join(members.Select(member => Html.Of($"""
            <tr><th scope="row">{member.Email}</th><td>{string.Join(", ", PermissionNames.Of(member.Permissions))}</td><td>{member.Name ?? "Has not signed in yet"}</td><td>{Texts.English.Date(member.InvitedAt)}</td><td class="money"><a href="{Path(visit)}?step={Remove}&amp;{MemberField}={member.Id}" aria-label="Remove {member.Email}">Remove</a></td></tr>
            """)))}
        </tbody>
        </table>
        """);

    private static Html Boxes(Func<string, string> typed, IReadOnlyList<FieldError> errors)
    {
        var error = errors.FirstOrDefault(candidate => candidate.Field == Permissions);
        return Html.Of($"""
            <fieldset class="field{Html.When(error is not null, $" wrong")}" id="{Permissions}"><legend>May</legend>
            {Html.When(error is not null, $"""<p class="error" id="{Permissions}-error">{error?.Message}</p>""")}
            {Html.Join(PermissionNames.All.Select(name => FormField.Box(FieldOf(name), LabelOf(name), typed(FieldOf(name)).Length > 0)))}
            </fieldset>
            """);
    }

    private static string LabelOf(string permission) => permission switch
    {
        "view" => "view: see links and histories, save reports",
        "billing" => "billing: create, change and close links",
        "refund" => "refund: nothing yet for links",
        _ => "administrator: members, credentials, the account’s name",
    };
}
