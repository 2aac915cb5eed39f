namespace PaySg.Functions.Access.Members;

/// <summary>
/// Finds out what a person may do in a payment service or an account. An invitation is bound to whoever signs in first by its address; from then on the address does not
/// count. What was found is remembered for 10 s, so whoever is removed is out within 10 s.
/// </summary>
internal sealed class MemberStore(PaySgTables tables, AccessCache cache, IdGenerator ids, TimeProvider clock)
{
    /// <summary>How many payment services and accounts of one person are listed.</summary>
    private const int MostListed = 200;

    // Ids of accounts begin with a digit, those of payment services with "payment_service_".
    private const string FirstOwner = "0";
    private const string BehindOwners = "q";

    /// <summary>The person as a member of the payment service or the account; null: they are none.</summary>
    public async Task<Member?> FindAsync(Person person, string ownerId, CancellationToken cancellationToken)
    {
        if (!OwnerDirectory.IsId(ownerId))
            return null;

        return await cache.GetAsync(CacheKey(ownerId, person.Key), AccessCache.Lifetime, async () =>
            await ReadAsync(person, ownerId, cancellationToken) ?? await BindAsync(person, ownerId, cancellationToken));
    }

    /// <summary>What the person is a member of, in the order of the owners' ids: accounts before payment services.</summary>
    public async Task<IReadOnlyList<Member>> ListOfAsync(Person person, CancellationToken cancellationToken)
    {
        var places = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var partition in person.Email is { } email ? [MemberRows.PersonKey(person.Key), MemberRows.EmailKey(email)] : new[] { MemberRows.PersonKey(person.Key) })
        {
            foreach (var row in await tables.Access.FirstAsync(RowKeys.Range(partition, FirstOwner, BehindOwners), MostListed, cancellationToken, ["RowKey"]))
                places.Add(row.RowKey);
        }

        var members = new List<Member>();
        foreach (var place in places)
        {
            if (await FindAsync(person, place, cancellationToken) is { } member)
                members.Add(member);
        }

        return members;
    }

    /// <summary>A member and their row's version; null: there is none of this id.</summary>
    public async Task<TableEntity?> FindRowAsync(string ownerId, string memberId, CancellationToken cancellationToken) =>
        IsId(memberId) ? await tables.Access.FindAsync(ownerId, MemberRows.Key(memberId), cancellationToken) : null;

    /// <summary>A member.</summary>
    /// <exception cref="ApiException">404: there is none of this id.</exception>
    public async Task<Member> GetAsync(string ownerId, string memberId, CancellationToken cancellationToken) =>
        await FindRowAsync(ownerId, memberId, cancellationToken) is { } row ? MemberRows.Read(row) : throw ApiErrors.MemberNotFound();

    /// <summary>The row of whoever was invited by the address; null: nobody was.</summary>
    public async Task<TableEntity?> FindInvitedAsync(string ownerId, string email, CancellationToken cancellationToken) =>
        await tables.Access.FindAsync(ownerId, MemberRows.EmailKey(email), cancellationToken) is { } invited
            ? await tables.Access.FindAsync(ownerId, MemberRows.Key(MemberRows.ReadId(invited)), cancellationToken)
            : null;

    /// <summary>How many administrators there are, and the version of that; null: there never was a member.</summary>
    public Task<TableEntity?> FindCountAsync(string ownerId, CancellationToken cancellationToken) =>
        tables.Access.FindAsync(ownerId, MemberRows.CountKey, cancellationToken);

    /// <summary>One page of the members and one more, where there is one, the first invited first.</summary>
    public async Task<IReadOnlyList<Member>> ListAsync(string ownerId, int limit, string? after, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(ownerId, MemberRows.Prefix)
            : RowKeys.PrefixAfter(ownerId, MemberRows.Prefix, MemberRows.Key(after));
        return [.. (await tables.Access.FirstAsync(filter, limit + 1, cancellationToken)).Select(MemberRows.Read)];
    }

    /// <summary>Says where a person, or whoever has the address, is to look for their payment services and accounts. It lets nobody in.</summary>
    public Task PointAsync(string partitionKey, string ownerId) =>
        tables.Access.PutAsync(new TableEntity(partitionKey, ownerId), CancellationToken.None);

    /// <summary>Forgets what was remembered here of a member who has changed.</summary>
    public void Forget(Member member)
    {
        if (member.PersonKey is { } person)
            cache.Forget(CacheKey(member.OwnerId, person));
    }

    /// <summary>Whether the text has the form of a member's id.</summary>
    public static bool IsId(string? id) => SortableUuid.IsPrefixed(id, MemberRows.IdPrefix);

    private async Task<Member?> ReadAsync(Person person, string ownerId, CancellationToken cancellationToken) =>
        await tables.Access.FindAsync(ownerId, MemberRows.PersonKey(person.Key), cancellationToken) is { } row ? MemberRows.Read(row) : null;

    /// <summary>Binds an invitation to the person; null: there is none for them. What two requests do at once is done once.</summary>
    private async Task<Member?> BindAsync(Person person, string ownerId, CancellationToken cancellationToken)
    {
        if (person.Email is null || await FindInvitedAsync(ownerId, person.Email, cancellationToken) is not { } row)
            return null;

        var invited = MemberRows.Read(row);
        if (invited.PersonKey is not null)
            return null;

        await PointAsync(MemberRows.PersonKey(person.Key), ownerId);
        var member = invited.Bind(person, clock.NowInMilliseconds());
        var group = new EntityGroup(ids.NewWriteId()).Replace(MemberRows.Write(member), row.ETag).Insert(MemberRows.WritePerson(member));
        return await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed
            ? member
            : await ReadAsync(person, ownerId, cancellationToken);
    }

    private static string CacheKey(string ownerId, string personKey) => $"member:{ownerId}:{personKey}";
}
