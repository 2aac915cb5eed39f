using System.Runtime.CompilerServices;
using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Management.Audit;

/// <summary>
/// Reads the log of a payment service or an account: one query for each of its places, all at once, whose rows are merged in the order of time. The places among the
/// deliveries of a payment service's endpoints are found by one query more, beside the others.
/// </summary>
internal sealed class ReadAuditLog(AuditPlaces places)
{
    /// <summary>How many entries of each place one request brings where all are read, or where most of them may not fit.</summary>
    private const int AtOnce = 200;

    /// <summary>All entries of the filter, the newest first. What is held at a time does not grow with their number.</summary>
    public async IAsyncEnumerable<AuditEntry> RunAsync(string ownerId, AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in MergeAsync(ownerId, filter, after: null, AtOnce, cancellationToken))
        {
            if (filter.Fits(entry))
                yield return entry;
        }
    }

    /// <summary>A page, the newest first. With a filter by person it ends after <see cref="RowScan.Longest"/> entries, and says where.</summary>
    /// <param name="after">The id of the entry that the page begins after; null: the first page.</param>
    public async Task<RowPage<AuditEntry>> PageAsync(string ownerId, AuditFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>(limit);
        AuditEntry? last = null;
        var examined = 0;
        await foreach (var entry in MergeAsync(ownerId, filter, after, filter.By is null ? limit + 1 : AtOnce, cancellationToken))
        {
            if (examined++ == RowScan.Longest)
                return new RowPage<AuditEntry>(entries, HasNext: true, last);

            if (filter.Fits(entry))
            {
                if (entries.Count == limit)
                    return new RowPage<AuditEntry>(entries, HasNext: true, StoppedAt: null);

                entries.Add(entry);
            }

            last = entry;
        }

        return new RowPage<AuditEntry>(entries, HasNext: false, StoppedAt: null);
    }

    /// <summary>The newest changes of an owner's settings, by one query.</summary>
    public async Task<IReadOnlyList<AuditEntry>> NewestOfSettingsAsync(string ownerId, int count, CancellationToken cancellationToken)
    {
        var place = places.OfSettings(ownerId);
        return [.. (await place.Table.FirstAsync(AuditRows.Range(place, AuditFilter.All, after: null), count, cancellationToken)).Select(AuditRows.Read)];
    }

    private async IAsyncEnumerable<AuditEntry> MergeAsync(string ownerId, AuditFilter filter, string? after, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var streams = new List<IAsyncEnumerator<TableEntity>>();
        try
        {
            var heads = new PriorityQueue<(AuditEntry Entry, IAsyncEnumerator<TableEntity> Stream), string>(StringComparer.Ordinal);
            var amongDeliveries = places.OfDeliveriesAsync(ownerId, cancellationToken);
            await Task.WhenAll(OpenAsync(places.Of(ownerId)), amongDeliveries);
            await OpenAsync((await amongDeliveries).Select(static found => found.Place));

            while (heads.TryDequeue(out var head, out _))
            {
                yield return head.Entry;
                Enqueue(await head.Stream.MoveNextAsync(), head.Stream);
            }

            async Task OpenAsync(IEnumerable<AuditPlace> some)
            {
                List<IAsyncEnumerator<TableEntity>> opened =
                [
                    .. some.Select(place => place.Table.QueryAsync<TableEntity>(AuditRows.Range(place, filter, after), maxPerPage: atOnce, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken)),
                ];
                streams.AddRange(opened);
                var isThere = await Task.WhenAll(opened.Select(static stream => stream.MoveNextAsync().AsTask()));
                for (var i = 0; i < opened.Count; i++)
                    Enqueue(isThere[i], opened[i]);
            }

            void Enqueue(bool hasRow, IAsyncEnumerator<TableEntity> stream)
            {
                if (!hasRow)
                    return;

                var entry = AuditRows.Read(stream.Current);
                heads.Enqueue((entry, stream), AuditRows.PlaceOf(entry.Id));
            }
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }
}
