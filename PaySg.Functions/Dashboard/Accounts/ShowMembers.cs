using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Shows the members of an account, or the question of a step.</summary>
internal sealed class ShowMembers(MemberStore members, MembersView view)
{
    /// <summary>How many members a page has.</summary>
    private const int Limit = 100;

    /// <summary>200 and the page.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var query = call.Request.Query;
        if (query["step"] == MembersView.Remove && await members.FindRowAsync(visit.Account.Id, query[MembersView.MemberField].ToString(), call.ClientLeft) is { } row)
            return view.ConfirmRemove(visit, MemberRows.Read(row));

        var done = query["done"].ToString();
        return await PrintAsync(200, visit, query["after"], static name => name == MembersView.FieldOf("view") ? "1" : "", [], refusal: null, done is MembersView.Invite or MembersView.Remove ? done : null, call.ClientLeft);
    }

    /// <summary>The page with what was typed, and why it was refused.</summary>
    public Task<ApiAnswer> RefuseAsync(int status, AccountVisit visit, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal) =>
        PrintAsync(status, visit, after: null, typed, errors, refusal, done: null, CancellationToken.None);

    private async Task<ApiAnswer> PrintAsync(
        int status, AccountVisit visit, string? after, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal, string? done, CancellationToken cancellationToken)
    {
        var page = await members.ListAsync(visit.Account.Id, Limit, MemberStore.IsId(after) ? after : null, cancellationToken);
        return view.Print(status, visit, page, Limit, typed, errors, refusal, done);
    }
}
