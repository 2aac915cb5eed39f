using System.Runtime.CompilerServices;

namespace Azure.Data.Tables.Internal;

/// <summary>A query's result, page by page as the service gives it out.</summary>
/// <param name="load">Gets the page of a continuation token (null: the first) of at most so many rows.</param>
/// <param name="maxPerPage">How many rows a page may have, where <see cref="AsPages"/> does not say.</param>
/// <param name="cancellationToken">Ends the query.</param>
internal sealed class Pages<T>(
    Func<string?, int?, CancellationToken, Task<Page<T>>> load,
    int? maxPerPage,
    CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        Load(continuationToken, pageSizeHint ?? maxPerPage);

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in Load(null, maxPerPage, cancellationToken))
        {
            foreach (var row in page.Values)
                yield return row;
        }
    }

    private async IAsyncEnumerable<Page<T>> Load(
        string? continuationToken,
        int? pageSize,
        [EnumeratorCancellation] CancellationToken enumeration = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, enumeration);
        do
        {
            var page = await load(continuationToken, pageSize, either.Token);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}
