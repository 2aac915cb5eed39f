using PaySg.Functions.Access;

namespace PaySg.Functions.Operations.Health;

/// <summary>
/// Whether every table and queue of the product is there and lets us in, the clocks agree, and the settings hold the keys that stored secrets name: one cheap read of each, all at once. What was found is good for
/// <see cref="Lifetime"/>, however many ask, so that probes cannot become a load.
/// </summary>
internal sealed class StorageReadiness(PaySgTables tables, PaySgQueues queues, SecretKeyRegister secretKeys, StorageAdvice advice, TimeProvider clock, ILogger<StorageReadiness> log)
{
    /// <summary>How old the answer may be.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>How long storage may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // No row has this key: a table that answers "no such row" is well.
    private const string Probe = "ready-probe";

    private readonly Lock gate = new();
    private Task<IReadOnlyList<string>>? latest;
    private DateTimeOffset askedAt;

    /// <summary>What is wrong, one sentence for each table or queue; empty: nothing. It never throws.</summary>
    public Task<IReadOnlyList<string>> ProblemsAsync()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (latest is null || (latest.IsCompleted && (now - askedAt).Duration() >= Lifetime))
            {
                askedAt = now;
                latest = LookAsync();
            }

            return latest;
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        string? clockProblem = null;
        var keys = new List<string>();
        var looks = tables.All.Select(table => ProblemOfAsync($"Table {table.Name}", () => LookAtAsync(table, found => clockProblem = found, keys, patience.Token)))
            .Concat(queues.All.Select(queue => ProblemOfAsync($"Queue {queue.Name}", () => queue.GetPropertiesAsync(patience.Token))));
        var problems = (await Task.WhenAll(looks)).OfType<string>().ToList();
        if (problems.Count > 0 && await CaseProblemAsync(patience.Token) is { } caseProblem)
            problems.Insert(0, caseProblem);

        if (clockProblem is not null)
        {
            Log.ClockIsOff(log, clockProblem);
            problems.Add(clockProblem);
        }

        if (secretKeys.ProblemOf(keys) is { } keyProblem)
        {
            Log.SecretKeyMissing(log, keyProblem);
            problems.Add(keyProblem);
        }

        return problems;
    }

    private async Task LookAtAsync(TableClient table, Action<string> tellClockProblem, List<string> keys, CancellationToken cancellationToken)
    {
        // One query asks both whether the access table is well and which keys stored secrets are under; a handful of rows at most.
        var isAccess = table.Name == tables.Access.Name;
        var filter = isAccess ? SecretKeyRegister.Filter : RowKeys.Range(Probe, Probe, Probe + "!");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, maxPerPage: isAccess ? null : 1, select: ["RowKey"], cancellationToken: cancellationToken).AsPages())
        {
            if (StorageAdvice.ClockProblem(page.GetRawResponse().Headers.Date, clock.GetUtcNow()) is { } problem)
                tellClockProblem(problem);

            keys.AddRange(page.Values.Where(_ => isAccess).Select(SecretKeyRegister.NameOf));
            break;
        }
    }

    /// <summary>Asked only where something is wrong.</summary>
    private async Task<string?> CaseProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await tables.CaseProblemAsync(cancellationToken);
        }
        catch (Exception fault) when (StorageFaults.IsOfStorage(fault))
        {
            // The others say it already.
            return null;
        }
    }

    private async Task<string?> ProblemOfAsync(string what, Func<Task> look)
    {
        try
        {
            await look();
            return null;
        }
        catch (Exception fault)
        {
            // The caller is anybody: the reason in words, the rest in the log.
            var problem = advice.For(fault);
            Log.NotReady(log, what, problem, fault);
            return $"{what} {problem}";
        }
    }
}
