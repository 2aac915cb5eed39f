namespace PaySg.Functions.Access.Members;

/// <summary>
/// Finds out what a person may do in a payment service. An invitation is bound to whoever signs in first by its address; from then on the address does not
/// count. What was found is remembered for 10 s, so whoever is removed is out within 10 s.
/// </summary>
internal sealed class MemberStore(PaySgTables tables, AccessCache cache, IdGenerator ids, TimeProvider clock)
{
    /// <summary>How many payment services of one person are listed.</summary>
    private const int MostListed = 100;

    /// <summary>The person as a member of the payment service; null: they are none.</summary>
    public async Task<Member?> FindAsync(Person person, string paymentServiceId, CancellationToken cancellationToken)
    {
        if (!PaymentServiceStore.IsId(paymentServiceId))
            return null;

        return await cache.GetAsync(CacheKey(paymentServiceId, person.Key), AccessCache.Lifetime, async () =>
            await ReadAsync(person, paymentServiceId, cancellationToken) ?? await BindAsync(person, paymentServiceId, cancellationToken));
    }

    /// <summary>What the person is a member of, in the order of the payment services' ids.</summary>
    public async Task<IReadOnlyList<Member>> ListOfAsync(Person person, CancellationToken cancellationToken)
    {
        var places = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var partition in person.Email is { } email ? [MemberRows.PersonKey(person.Key), MemberRows.EmailKey(email)] : new[] { MemberRows.PersonKey(person.Key) })
        {
            foreach (var row in await tables.Access.FirstAsync(RowKeys.Prefix(partition, AccessRows.ServicePrefix), MostListed, cancellationToken, ["RowKey"]))
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
    public async Task<TableEntity?> FindRowAsync(string paymentServiceId, string memberId, CancellationToken cancellationToken) =>
        IsId(memberId) ? await tables.Access.FindAsync(paymentServiceId, MemberRows.Key(memberId), cancellationToken) : null;

    /// <summary>The row of whoever was invited by the address; null: nobody was.</summary>
    public async Task<TableEntity?> FindInvitedAsync(string paymentServiceId, string email, CancellationToken cancellationToken) =>
        await tables.Access.FindAsync(paymentServiceId, MemberRows.EmailKey(email), cancellationToken) is { } invited
            ? await tables.Access.FindAsync(paymentServiceId, MemberRows.Key(MemberRows.ReadId(invited)), cancellationToken)
            : null;

    /// <summary>How many administrators there are, and the version of that; null: there never was a member.</summary>
    public Task<TableEntity?> FindCountAsync(string paymentServiceId, CancellationToken cancellationToken) =>
        tables.Access.FindAsync(paymentServiceId, MemberRows.CountKey, cancellationToken);

    /// <summary>One page of the members and one more, where there is one, the first invited first.</summary>
    public async Task<IReadOnlyList<Member>> ListAsync(string paymentServiceId, int limit, string? after, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(paymentServiceId, MemberRows.Prefix)
            : RowKeys.PrefixAfter(paymentServiceId, MemberRows.Prefix, MemberRows.Key(after));
        return [.. (await tables.Access.FirstAsync(filter, limit + 1, cancellationToken)).Select(MemberRows.Read)];
    }

    /// <summary>Says where a person, or whoever has the address, is to look for their payment services. It lets nobody in.</summary>
    public Task PointAsync(string partitionKey, string paymentServiceId) =>
        tables.Access.PutAsync(new TableEntity(partitionKey, paymentServiceId), CancellationToken.None);

    /// <summary>Forgets what was remembered here of a member who has changed.</summary>
    public void Forget(Member member)
    {
        if (member.PersonKey is { } person)
            cache.Forget(CacheKey(member.PaymentServiceId, person));
    }

    /// <summary>Whether the text has the form of a member's id.</summary>
    public static bool IsId(string? id) => SortableUuid.IsPrefixed(id, MemberRows.IdPrefix);

    private async Task<Member?> ReadAsync(Person person, string paymentServiceId, CancellationToken cancellationToken) =>
        await tables.Access.FindAsync(paymentServiceId, MemberRows.PersonKey(person.Key), cancellationToken) is { } row ? MemberRows.Read(row) : null;

    /// <summary>Binds an invitation to the person; null: there is none for them. What two requests do at once is done once.</summary>
    private async Task<Member?> BindAsync(Person person, string paymentServiceId, CancellationToken cancellationToken)
    {
        if (person.Email is null || await FindInvitedAsync(paymentServiceId, person.Email, cancellationToken) is not { } row)
            return null;

        var invited = MemberRows.Read(row);
        if (invited.PersonKey is not null)
            return null;

        await PointAsync(MemberRows.PersonKey(person.Key), paymentServiceId);
        var member = invited.Bind(person, clock.NowInMilliseconds());
        var group = new EntityGroup(ids.NewWriteId()).Replace(MemberRows.Write(member), row.ETag).Insert(MemberRows.WritePerson(member));
        return await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed
            ? member
            : await ReadAsync(person, paymentServiceId, cancellationToken);
    }

    private static string CacheKey(string paymentServiceId, string personKey) => $"member:{paymentServiceId}:{personKey}";
}
