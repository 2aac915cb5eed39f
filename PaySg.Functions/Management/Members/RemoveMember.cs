using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.Members;

/// <summary>Removes a member: within <see cref="AccessCache.Lifetime"/> they are let in nowhere.</summary>
internal sealed class RemoveMember(PaySgTables tables, OwnerDirectory owners, MemberStore members, KeyedChange change, ILogger<RemoveMember> log)
{
    /// <summary>204.</summary>
    /// <exception cref="ApiException">400 (idempotency key), 404: no such payment service, account or member; 409: the last administrator.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string ownerId, string memberId, Actor by)
    {
        if (!OwnerDirectory.IsId(ownerId))
            throw OwnerDirectory.NotFound(ownerId);

        return await change.RunAsync(call, by.InAccess(tables, ownerId), RequestParameters.None, ReadAsync, Decide);

        async Task<Place> ReadAsync(CancellationToken cancellationToken)
        {
            var owner = owners.DemandAsync(ownerId, cancellationToken);
            var member = members.FindRowAsync(ownerId, memberId, cancellationToken);
            var count = members.FindCountAsync(ownerId, cancellationToken);
            await Task.WhenAll(owner, member, count);
            return new Place(await member ?? throw ApiErrors.MemberNotFound(), await count);
        }

        Decision Decide(Place place, EntityGroup group, DateTimeOffset now)
        {
            var member = MemberRows.Read(place.Member);
            group.CountAdministrators(ownerId, place.Count, member.IsAdministrator ? -1 : 0);
            group.Delete(ownerId, place.Member.RowKey, place.Member.ETag).Delete(ownerId, MemberRows.EmailKey(member.Email));
            if (member.PersonKey is { } person)
                group.Delete(ownerId, MemberRows.PersonKey(person));

            group.Audit(
                by, ownerId, now, AuditAction.MemberRemoved, member.Id, new AuditChange("email", member.Email, null), new AuditChange("permissions", PermissionNames.Print(member.Permissions), null));
            return new Decision(new ApiAnswer(204, ReadOnlyMemory<byte>.Empty)).Then(() =>
            {
                members.Forget(member);
                Log.MemberRemoved(log, member.Id, ownerId);
            });
        }
    }

    private sealed record Place(TableEntity Member, TableEntity? Count);
}
