using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Many payment links at once, straight into storage.</summary>
public static class SeededLinks
{
    // Two rows of a link: fifty links fill a transaction.
    private const int InOneTransaction = 50;

    private static readonly DateTimeOffset LongAgo = new(2025, 6, 1, 0, 0, 0, TimeSpan.FromHours(7));

    /// <summary>Puts so many links of the demo account into storage; their ids, newest first.</summary>
    /// <param name="services">The product's services.</param>
    /// <param name="count">How many.</param>
    /// <param name="start">When the first was made; null: long ago. The others are a second apart.</param>
    public static async Task<IReadOnlyList<long>> SeedLinksAsync(this IServiceProvider services, int count, DateTimeOffset? start = null)
    {
        var table = services.GetRequiredService<PaySgTables>().PaymentLinks;
        var links = Enumerable.Range(0, count)
            .Select(number => A.PaymentLink().WithDetails(details => details with { ReffNo = $"OLD-{number}" }).Build(PaymentLinkId.LowestAt((start ?? LongAgo).AddSeconds(number))))
            .ToList();
        foreach (var some in links.Chunk(InOneTransaction).Chunk(4))
            await Task.WhenAll(some.Select(group => table.SubmitAsync(group)));
        return [.. links.Select(link => link.Id).Reverse()];
    }
}
