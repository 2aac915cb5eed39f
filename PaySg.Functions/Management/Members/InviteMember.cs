using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Management.PaymentServices;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.Members;

/// <summary>
/// Invites somebody to the dashboard of a payment service or an account by their email address, or gives whoever was invited by it other permissions. Nothing is sent: they sign in
/// with their account.
/// </summary>
internal sealed class InviteMember(
    PaySgTables tables, OwnerDirectory owners, MemberStore members, KeyedChange change, IdGenerator ids, ILogger<InviteMember> log)
{
    private const int MaxEmail = 254;

    /// <summary>200 and the member.</summary>
    /// <exception cref="ApiException">400, 404 (payment service or account), or 409: nobody would be an administrator, or the idempotency key was used with other parameters.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, string ownerId, Actor by) => RunAsync(call, ownerId, isAsSeen: null, by);

    /// <summary>The same, unless the member has changed since they were seen.</summary>
    /// <param name="isAsSeen">Compares the member of the address, null where there is none, with what was seen; null: whatever it is.</param>
    /// <exception cref="ApiException">The same; <see cref="StaleForm"/> where they have changed.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string ownerId, Func<Member?, bool>? isAsSeen, Actor by)
    {
        var fields = await call.ReadFieldsAsync();
        var email = fields.RequiredText("email", MaxEmail)?.ToLowerInvariant();
        if (email is not null && !EmailAddress.IsValid(email))
            fields.Wrong("email", "must be an email address.");

        var permissions = PermissionFields.Read(fields);
        fields.ThrowIfInvalid();
        var parameters = new RequestParameters().With("email", email).With("permissions", PermissionNames.Of(permissions)).OnceWrittenAs("");
        if (!OwnerDirectory.IsId(ownerId))
            throw OwnerDirectory.NotFound(ownerId);

        return await change.RunAsync(call, by.InAccess(tables, ownerId), parameters, ReadAsync, DecideAsync);

        async Task<Place> ReadAsync(CancellationToken cancellationToken)
        {
            var owner = owners.DemandAsync(ownerId, cancellationToken);
            var invited = members.FindInvitedAsync(ownerId, email!, cancellationToken);
            var count = members.FindCountAsync(ownerId, cancellationToken);
            await Task.WhenAll(owner, invited, count);
            return new Place(await invited, await count);
        }

        async Task<Decision?> DecideAsync(Place place, EntityGroup group, DateTimeOffset now)
        {
            var earlier = place.Invited is { } row ? MemberRows.Read(row) : null;
            StaleForm.ThrowUnless(isAsSeen, earlier);
            var member = earlier is null
                ? new Member { Id = ids.NewMemberId(now), OwnerId = ownerId, Email = email!, Permissions = permissions, InvitedAt = now }
                : earlier with { Permissions = permissions };
            group.CountAdministrators(ownerId, place.Count, (member.IsAdministrator ? 1 : 0) - (earlier?.IsAdministrator == true ? 1 : 0));
            if (earlier is null)
            {
                // Before the invitation stands: who signs in by it must find the way.
                await members.PointAsync(MemberRows.EmailKey(email!), ownerId);
                group.Insert(MemberRows.Write(member)).Insert(MemberRows.WriteEmail(member));
            }
            else
            {
                group.Replace(MemberRows.Write(member), place.Invited!.ETag);
                if (member.PersonKey is not null)
                    group.Upsert(MemberRows.WritePerson(member));
            }

            var permissionsNow = PermissionNames.Print(permissions);
            if (earlier is null)
            {
                group.Audit(by, ownerId, now, AuditAction.MemberInvited, member.Id, AuditChange.Set("email", member.Email), AuditChange.Set("permissions", permissionsNow));
            }
            else
            {
                group.AuditChanges(by, ownerId, now, AuditAction.MemberUpdated, member.Id, AuditChange.Between(("permissions", PermissionNames.Print(earlier.Permissions), permissionsNow)));
            }

            return new Decision(new ApiAnswer(200, MemberJson.Print(member))).Then(() =>
            {
                members.Forget(member);
                Log.MemberInvited(log, member.Id, ownerId, PermissionNames.Format(permissions));
            });
        }
    }

    private sealed record Place(TableEntity? Invited, TableEntity? Count);
}
