using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Dashboard.Members;

/// <summary>Shows the members of a payment service or an account, or one of them who is to be changed or removed: one request to storage each.</summary>
internal sealed class ShowMembers(MemberStore members, MembersView view)
{
    /// <summary>How many members a page shows.</summary>
    public const int PageSize = 100;

    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">400 for a place in the list that is none; 404: no such member.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, OwnerPlace place)
    {
        var query = call.Request.Query;
        ListAddress.Require(query, MemberSteps.Change, MemberSteps.Remove, MemberSteps.Done, ListAddress.After);
        if (query[MemberSteps.Change].ToString() is { Length: > 0 } changed)
            return view.PrintChange(200, place, await members.GetAsync(place.OwnerId, changed, call.ClientLeft), refusals: []);

        return query[MemberSteps.Remove].ToString() is { Length: > 0 } removed
            ? view.PrintRemoval(200, place, await members.GetAsync(place.OwnerId, removed, call.ClientLeft), refusals: [])
            : await ListAsync(place, ListAddress.ReadAfter(query, MemberStore.IsId), query[MemberSteps.Done].ToString(), call.ClientLeft);
    }

    /// <summary>The list, with what was done before it.</summary>
    private async Task<ApiAnswer> ListAsync(OwnerPlace place, string? after, string done, CancellationToken cancellationToken) =>
        view.PrintList(place, await members.ListAsync(place.OwnerId, PageSize, after, cancellationToken), done);
}
