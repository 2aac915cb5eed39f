using System.Globalization;
using Azure;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Gateway;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Soak;

/// <summary>The product for an hour under load, with faults all the time: see the section "Soak" of the guide to testing.</summary>
public sealed class SoakTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    /// <summary>Flows that may be under way at once: if the machine is too slow for the rate, the rate gives way, and the report says so.</summary>
    private const int MostFlows = 400;

    /// <summary>All events go to one host, and of the usual 1,200 a minute one endpoint gets 15 a second: fewer than there are events.</summary>
    private const int PostsPerMinute = 12_000;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BooksEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(6);

    /// <summary>The third try of a delivery comes five or six minutes after the second.</summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(25);

    /// <summary>When a worker (twice) and LocalHost (once) are killed, as parts of the whole: all in the first quarter, as a new process has less memory than an old one.</summary>
    private static readonly (double At, bool IsWorker)[] Kills = [(0.04, true), (0.08, false), (0.12, true)];

    private readonly SoakSettings settings = SoakSettings.Read();
    private readonly CancellationTokenSource over = new();
    private readonly ProcessWatch watch = new();
    private long started;
    private LocalHostProcess host = null!;
    private Uri address = null!;
    private volatile bool isKilling;
    private int refused;
    private int lost;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(started);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Nothing_grows_and_nothing_is_lost_in_an_hour_of_payments_and_faults()
    {
        var seed = TestSeed.Next();
        Tell(TestSeed.Replay(seed));
        var chance = new Chance(seed);
        await using var receiver = await SoakReceiver.StartAsync(chance);
        await using var server = await StorageServer.StartAsync();
        var connection = server.ConnectionToLookIn;
        await using var storage = await StorageProxy.StartAsync(server.Connection);
        await StartHostAsync(storage.Connection);
        await host.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        (await new ManagementClient(address).PatchAsync(ManagementClient.AccountPath(), $$"""{"transaction_notif_url":"{{receiver.Url}}"}""")).Expect(System.Net.HttpStatusCode.OK);
        var books = new SoakBooks(connection, receiver);
        using var client = new SoakClient(() => address, chance, receiver);

        started = TimeProvider.System.GetTimestamp();
        SpoilStorage(storage, chance);
        Task[] beside = [KillAsync(storage.Connection), SampleAsync()];
        var keeping = KeepBooksAsync(books, client, receiver);
        await DriveAsync(client, receiver, server, [.. beside, keeping]);
        var rate = client.Begun / Elapsed.TotalSeconds;
        storage.Refuses = static _ => null;
        storage.PassesOn = static _ => true;
        storage.PassesBack = static (_, _) => true;
        await over.CancelAsync();
        await Task.WhenAll(beside);
        await keeping;
        await FinishAsync(books, client);
        Assert.Null(server.Failure);

        var quarters = Quarters.Of(watch.Samples, settings.Length).ToList();
        Report(books, client, receiver, rate, quarters);
        var links = await LinkBook.ReadAsync(connection);
        links.Check();
        var paidOnLinks = links.Attempts.Where(attempt => attempt.Status == ChargeAttemptStatus.Succeeded).ToList();
        Assert.All(paidOnLinks, attempt => Assert.True(receiver.IsAcknowledged(attempt.ReffNo), $"The payment {attempt.ReffNo} on a link was not told."));
        Tell($"{links.Links.Count} payment links, {paidOnLinks.Count} paid attempts on them, all acknowledged.");
        Assert.Equal(0, books.Open);
        if (settings.JudgesMemory)
            Assert.All(quarters, quarter => Assert.True(quarter.IsFlat, quarter.ToString()));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await over.CancelAsync();
        if (host is not null)
            await host.DisposeAsync();
    }

    public void Dispose()
    {
        watch.Dispose();
        over.Dispose();
    }

    /// <summary>Begins flows at the rate that is asked for, as long as not too many are under way.</summary>
    private async Task DriveAsync(SoakClient client, SoakReceiver receiver, StorageServer server, IReadOnlyList<Task> beside)
    {
        using var places = new SemaphoreSlim(MostFlows);
        List<Task> flows = [];
        var begun = 0;
        while (Elapsed < settings.Length)
        {
            receiver.FailsTwice = settings.Length - Elapsed > LongestRetry;
            var early = TimeSpan.FromSeconds(begun / settings.Rate) - Elapsed;
            if (early > TimeSpan.Zero)
                await Task.Delay(early, TimeProvider.System, CancellationToken.None);
            do
            {
                Assert.Null(server.Failure);
                if (host.HasEnded && !isKilling)
                    Assert.Fail($"LocalHost ended by itself:\n{string.Join('\n', host.Output.Split('\n').TakeLast(20))}");
                if (beside.Concat(flows).FirstOrDefault(task => task.IsFaulted) is { } failed)
                    await failed;
            }
            while (!await places.WaitAsync(TimeSpan.FromSeconds(1)));

            // What was not begun in time is not made up for by a rush.
            begun = Math.Max(begun + 1, (int)((Elapsed.TotalSeconds - 1) * settings.Rate));
            flows.RemoveAll(flow => flow.IsCompletedSuccessfully);
            flows.Add(Task.Run(async () =>
            {
                try
                {
                    await client.FlowAsync();
                }
                finally
                {
                    places.Release();
                }
            }));
        }

        await Task.WhenAll(flows);
    }

    /// <summary>Storage refuses, breaks off, loses answers, and is gone for some seconds in each quarter.</summary>
    private void SpoilStorage(StorageProxy storage, Chance chance)
    {
        bool IsOut() => Enumerable.Range(0, 4).Any(quarter => Elapsed - (settings.Length * (0.2 + quarter) / 4) is var since && since > TimeSpan.Zero && since < Outage);
        storage.PassesOn = _ => !IsOut() && !Counted(chance.Next(1000) == 0, ref refused);
        storage.Refuses = _ => Counted(chance.Next(500) == 0, ref refused) ? (StatusCodes.Status503ServiceUnavailable, "ServerBusy") : null;
        storage.PassesBack = (_, _) => !Counted(chance.Next(1000) == 0, ref lost);
    }

    private static bool Counted(bool happens, ref int count)
    {
        if (happens)
            Interlocked.Increment(ref count);
        return happens;
    }

    private async Task KillAsync(string connection)
    {
        foreach (var (at, isWorker) in Kills)
        {
            await PauseAsync((settings.Length * at) - Elapsed);
            if (over.IsCancellationRequested)
                return;
            if (isWorker)
            {
                Tell($"{Clock()} The worker is killed.");
                using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", $"{host.WorkerProcessId()}"]);
                await kill.WaitForExitAsync();
            }
            else
            {
                Tell($"{Clock()} LocalHost is killed.");
                isKilling = true;
                await host.DisposeAsync();
                await StartHostAsync(connection);
                isKilling = false;
            }
        }
    }

    private async Task StartHostAsync(string connection)
    {
        host = await LocalHostProcess.StartAsync(connection, [.. watch.Environment, ("PaySg__Webhooks__PostsPerMinute", $"{PostsPerMinute}")]);
        address = host.Client.BaseAddress;
    }

    private async Task SampleAsync()
    {
        while (!over.IsCancellationRequested)
        {
            await PauseAsync(SampleEvery);
            try
            {
                watch.Look(Elapsed, "LocalHost", host.ProcessId);
                watch.Look(Elapsed, "worker", host.WorkerProcessId());
            }
            catch (InvalidOperationException)
            {
                // It is being replaced.
            }
        }
    }

    private async Task KeepBooksAsync(SoakBooks books, SoakClient client, SoakReceiver receiver)
    {
        var reported = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            await PauseAsync(BooksEvery);
            await TryToCheckAsync(books, client);
            Assert.True(books.Oldest < StuckAfter, $"A payment is not at rest after {books.Oldest}: {books.Describe()}");
            if (Elapsed - reported < ReportEvery)
                continue;
            reported = Elapsed;
            var samples = watch.Samples;
            Tell($"{Clock()} {client.Begun} begun ({client.Begun / Elapsed.TotalSeconds:F1}/s), {books.Payments} right, {books.Open} open, {receiver.Requests} webhooks; "
                + string.Join("; ", samples.GroupBy(sample => sample.Role).Select(role => Line(role.Last()))));
        }
    }

    /// <summary>Checks the books. If the emulator is too busy to be read, the next round does it.</summary>
    private async Task TryToCheckAsync(SoakBooks books, SoakClient client)
    {
        try
        {
            await books.CheckAsync(client.TakeFinished());
        }
        catch (Exception fault) when (fault is RequestFailedException or OperationCanceledException or AggregateException)
        {
            Tell($"{Clock()} The books could not be read: {fault.Message.Split('\n')[0]}");
        }
    }

    private async Task FinishAsync(SoakBooks books, SoakClient client)
    {
        var since = TimeProvider.System.GetTimestamp();
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
            await TryToCheckAsync(books, client);
            Assert.True(TimeProvider.System.GetElapsedTime(since) < StuckAfter, $"{books.Open} payments do not come to rest: {books.Describe()}");
        }
        while (books.Open > 0);
    }

    private void Report(SoakBooks books, SoakClient client, SoakReceiver receiver, double rate, IReadOnlyList<Quarters> quarters)
    {
        Tell($"""
            {settings.Length.TotalMinutes:F0} minutes at {rate:F1} flows a second (asked for: {settings.Rate:F1}): {client.Begun} flows, {books.Payments} payments, {books.Paid} paid, {books.Refunds} refunds.
            {string.Join(", ", client.Kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Value}"))}; {client.Repetitions} calls sent again.
            {books.Events} events, all acknowledged, no gap in a sequence; {receiver.Requests} requests to the receiver, {receiver.Failures} failed there, {receiver.Repetitions} of what it had acknowledged.
            {refused} requests to storage refused or broken off, {lost} answers lost, 4 outages of {Outage.TotalSeconds} s, {Kills.Length} kills.
            Medians of the quarters; the last is held against the second ({(settings.JudgesMemory ? "at most 5 % more" : "not judged: the run is too short")}):
            """);
        foreach (var quarter in quarters)
            Tell(quarter.ToString());
    }

    private static string Line(ProcessSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Role} {sample.WorkingSet / 1048576} MiB, heap {sample.Heap / 1048576d:F1} MiB, {sample.Descriptors} descriptors, {sample.Connections} connections, {sample.Threads} threads");

    private string Clock() => $"{Elapsed:hh\\:mm\\:ss}";

    /// <summary>Waits, or until the soak is over.</summary>
    private async Task PauseAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
            await Task.Delay(time, TimeProvider.System, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Tell(string line)
    {
        output.WriteLine(line);
        if (settings.Log is { } log)
            File.AppendAllText(log, line + "\n");
    }
}
