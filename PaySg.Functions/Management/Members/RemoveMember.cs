using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.Members;

/// <summary>Removes a member: within <see cref="AccessCache.Lifetime"/> they are let in nowhere.</summary>
internal sealed class RemoveMember(PaySgTables tables, PaymentServiceStore services, MemberStore members, KeyedChange change, ILogger<RemoveMember> log)
{
    /// <summary>204.</summary>
    /// <exception cref="ApiException">400 (idempotency key), 404: no such payment service or member; 409: the last administrator.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId, string memberId, Actor by)
    {
        if (!PaymentServiceStore.IsId(paymentServiceId))
            throw ApiErrors.PaymentServiceNotFound();

        return await change.RunAsync(call, by.InAccess(tables, paymentServiceId), RequestParameters.None, ReadAsync, Decide);

        async Task<Place> ReadAsync(CancellationToken cancellationToken)
        {
            var service = services.FindAsync(paymentServiceId, cancellationToken);
            var member = members.FindRowAsync(paymentServiceId, memberId, cancellationToken);
            var count = members.FindCountAsync(paymentServiceId, cancellationToken);
            await Task.WhenAll(service, member, count);
            _ = await service ?? throw ApiErrors.PaymentServiceNotFound();
            return new Place(await member ?? throw ApiErrors.MemberNotFound(), await count);
        }

        Decision Decide(Place place, EntityGroup group, DateTimeOffset now)
        {
            var member = MemberRows.Read(place.Member);
            group.CountAdministrators(paymentServiceId, place.Count, member.IsAdministrator ? -1 : 0);
            group.Delete(paymentServiceId, place.Member.RowKey, place.Member.ETag).Delete(paymentServiceId, MemberRows.EmailKey(member.Email));
            if (member.PersonKey is { } person)
                group.Delete(paymentServiceId, MemberRows.PersonKey(person));

            group.Audit(
                by, paymentServiceId, now, AuditAction.MemberRemoved, member.Id, new AuditChange("email", member.Email, null), new AuditChange("permissions", PermissionNames.Print(member.Permissions), null));
            return new Decision(new ApiAnswer(204, ReadOnlyMemory<byte>.Empty)).Then(() =>
            {
                members.Forget(member);
                Log.MemberRemoved(log, member.Id, paymentServiceId);
            });
        }
    }

    private sealed record Place(TableEntity Member, TableEntity? Count);
}
