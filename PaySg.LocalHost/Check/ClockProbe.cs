using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Check;

/// <summary>Compares this machine's clock with that of storage. Azure refuses signatures that are more than 15 minutes off, and receivers refuse webhooks that are 5.</summary>
internal static class ClockProbe
{
    /// <summary>How far the clocks may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Says how far they are apart.</summary>
    /// <exception cref="CheckFailedException">Too far, or storage told no time.</exception>
    public static async Task<string> RunAsync(IServiceProvider services, CancellationToken stop)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        DateTimeOffset? theirs = null;
        var ours = DateTimeOffset.MinValue;
        await StorageProbe.TellAsync(
            "table",
            async () =>
            {
                var range = RowKeys.Range("check", "clock", "clock!");
                await foreach (var page in services.GetRequiredService<PaySgTables>().Access.QueryAsync<TableEntity>(range, maxPerPage: 1, cancellationToken: stop).AsPages())
                {
                    theirs = page.GetRawResponse().Headers.Date;
                    ours = clock.GetUtcNow();
                    break;
                }
            },
            services.GetRequiredService<StorageAdvice>(),
            stop);
        if (theirs is not { } time)
            throw new CheckFailedException("Storage told no time.");
        var apart = ours - time;
        return apart.Duration() <= Tolerance
            ? $"within {Tolerance.TotalSeconds:0} s of storage's"
            : throw new CheckFailedException($"This machine is {apart.Duration().TotalMinutes:0} minutes {(apart > TimeSpan.Zero ? "ahead of" : "behind")} storage. Set its clock (NTP): signatures and tokens would be refused.");
    }
}
