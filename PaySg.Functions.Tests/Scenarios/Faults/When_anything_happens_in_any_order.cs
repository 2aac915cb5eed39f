using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Random calls to two instances on one store, one after the other and many at once, with a gateway that hangs, is silent and refuses, and
/// a storage that loses answers and lets others come between. Whatever happens: the books agree in the end.
/// </summary>
public sealed partial class When_anything_happens_in_any_order(ITestOutputHelper output)
{
    private const string Crash = "The process dies here.";

    [Theory]
    [InlineData(6, 10, 1, false)]
    [InlineData(4, 8, 5, false)]
    [InlineData(4, 8, 5, true)]
    public Task Should_never_charge_or_refund_twice_and_lose_nothing(int plans, int batches, int atOnce, bool chargesLate) =>
        RunAsync(plans, batches, atOnce, chargesLate);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(20, 12, 6, false)]
    [InlineData(20, 12, 6, true)]
    public Task Should_never_charge_or_refund_twice_and_lose_nothing_for_long(int plans, int batches, int atOnce, bool chargesLate) =>
        RunAsync(plans, batches, atOnce, chargesLate);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_hold_between_two_processes_too()
    {
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        var chance = new Chance(seed);
        var connection = await TestAzurite.NewAccountAsync();
        await using var storage = await StorageProxy.StartAsync(connection);
        storage.PassesBack = (request, _) => !request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal) || !chance.Is(4);
        await using var first = await LocalHostProcess.StartAsync(storage.Connection);
        await using var second = await LocalHostProcess.StartAsync(storage.Connection);
        var client = new RandomClient([first.Client, second.Client], static _ => Task.CompletedTask, static () => { });

        foreach (var plan in PlansOf(seed, 3, 8, 5))
            await client.RunAsync(plan, newPayments: 3);
        storage.PassesBack = static (_, _) => true;

        await using var parts = PaySgParts.Build(connection);
        parts.Clock.Advance(TimeSpan.FromDays(3650));
        await FinishAsync(client, connection, parts.Get<IServiceProvider>());
        await CheckAsync(connection, client, null, seed);
    }

    private async Task RunAsync(int plans, int batches, int atOnce, bool chargesLate)
    {
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        var gateway = new ScriptedGateway { ChargesVoidedAttempts = chargesLate };
        var clock = new ShiftedClock();
        void Register(string group, IServiceCollection services)
        {
            gateway.Register(group, services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        }

        // Instances of one deployment show the same links.
        var settings = new Dictionary<string, string> { ["PaySg__PublicBaseUrl"] = "https://pay.agency.gov.sg" };
        await using var first = await PaySgApp.StartAsync(settings: settings, services: Register);
        await using var second = await PaySgApp.StartAsync(first.Connection, settings, Register);
        PaySgApp[] apps = [first, second];
        var client = new RandomClient(
            [first.Client, second.Client],
            instance => RepairAsync(first.Connection, apps[instance].Services),
            gateway.Release)
        {
            Decide = (payment, attempt, succeeds) =>
                first.Services.GetRequiredService<SandboxGateway>().DecideAsync(new AttemptKey(ApiClient.ServiceId, payment, attempt), succeeds, CancellationToken.None),
            Notify = (payment, attempt) => NotifyAsync(second, new AttemptKey(ApiClient.ServiceId, payment, attempt)),
            Arrive = () => ArriveAsync(gateway),
        };
        Disturb(apps, gateway, new Chance(seed), crashes: !chargesLate);

        foreach (var plan in PlansOf(seed, plans, batches, atOnce))
            await client.RunAsync(plan, newPayments: 3);

        Calm(apps, gateway);
        await gateway.ArriveAsync();
        clock.Shift = TimeSpan.FromHours(2);
        await FinishAsync(client, first.Connection, second.Services);
        await CheckAsync(first.Connection, client, gateway, seed);

        // A 500 is a fault of ours: there is none but what this test made.
        Assert.All(apps.SelectMany(app => app.Log.Of(1001)), line => Assert.Equal(Crash, line.Exception?.Message));
    }

    private static RandomStep[][][] PlansOf(ulong seed, int plans, int batches, int atOnce) =>
        RandomStep.Batches(batches, atOnce).ArrayOf(plans).Sample(1, new Rnd(seed), 1).Single();

    /// <summary>Repairs, asks every keyed call again, which does what was not done, and then once more: now nothing may change.</summary>
    private static async Task FinishAsync(RandomClient client, string connection, IServiceProvider services)
    {
        await OutboxWork.AllAsync(connection, services);
        await client.ReplayAllAsync();
        await OutboxWork.AllAsync(connection, services);
        await client.ReplayAllAsync();
    }

    private async Task CheckAsync(string connection, RandomClient client, ScriptedGateway? gateway, ulong seed)
    {
        var book = await MoneyBook.ReadAsync(connection);
        output.WriteLine(
            $"{client.Calls.Count} calls, {client.Calls.Sum(call => call.Answers.Count)} answers ({client.Calls.Count(call => call.IsUnclear)} calls unclear), {book.Attempts} attempts, {book.Paid} payments paid, {book.Cancelled} cancelled, "
            + $"{book.RefundsSucceeded} refunds done, {book.RefundsFailed} refused, {gateway?.ChargedLate.Count ?? 0} late charges.");
        try
        {
            book.Check(client.Calls, gateway);
        }
        catch (Exception failure)
        {
            throw new XunitException($"{TestSeed.Replay(seed)}\n{failure.Message}", failure);
        }
    }

    private static void Disturb(PaySgApp[] apps, ScriptedGateway gateway, Chance chance, bool crashes)
    {
        var connection = apps[0].Connection;
        gateway.RefusesForGood = () => chance.Is(15);
        // A charge that comes after all is only known by its answer: where there are such, that answer comes.
        gateway.Mood = () => chance.Is(crashes ? 8 : 30) ? GatewayMood.Hangs
            : crashes && chance.Is(6) ? GatewayMood.FailsBefore
            : crashes && chance.Is(6) ? GatewayMood.FailsAfter
            : crashes && chance.Is(6) ? GatewayMood.ArrivesLater
            : chance.Is(6) ? GatewayMood.Doubles
            : GatewayMood.Answers;
        foreach (var traffic in apps.SelectMany(app => new[] { app.HttpTraffic, app.BackgroundTraffic }))
        {
            var sent = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
            traffic.LosesAnswerOf = request => request.IsTransaction && sent.TryAdd(request.Body, true) && chance.Is(5);
            traffic.BeforeSend = request =>
            {
                if (crashes && request.Writes("paysgpayments") && !sent.ContainsKey(request.Body) && chance.Is(2))
                    throw new InvalidOperationException(Crash);
            };
            traffic.ComesBefore = async request =>
            {
                if (request.Writes("paysgpayments") && !sent.ContainsKey(request.Body) && ReplacedPayment().Match(request.Body) is { Success: true } row && chance.Is(10))
                    await TouchAsync(connection, Uri.UnescapeDataString(row.Groups["row"].Value));
            };
        }
    }

    /// <summary>A worker may die like any other process: what it did not do is left to the next one.</summary>
    private static async Task RepairAsync(string connection, IServiceProvider services)
    {
        try
        {
            await OutboxWork.OnceAsync(connection, services);
        }
        catch (Exception fault) when (fault is HotRowException || fault.Message == Crash)
        {
        }
    }

    /// <summary>A notice may come to an instance that fails or is silent: then it is lost.</summary>
    private static async Task NotifyAsync(PaySgApp app, AttemptKey notice)
    {
        try
        {
            await app.Services.GetRequiredService<TakeGatewayNotice>().RunAsync(notice);
        }
        catch (Exception fault) when (fault is ApiException or HotRowException || fault.Message == Crash)
        {
        }
    }

    /// <summary>What arrives late may fail like any other call; nobody waits for its answer.</summary>
    private static async Task ArriveAsync(ScriptedGateway gateway)
    {
        try
        {
            await gateway.ArriveAsync();
        }
        catch (Exception fault) when (fault is TimeoutException || fault.Message == Crash)
        {
        }
    }

    private static void Calm(PaySgApp[] apps, ScriptedGateway gateway)
    {
        gateway.RefusesForGood = static () => false;
        gateway.Mood = static () => GatewayMood.Answers;
        gateway.Release();
        foreach (var traffic in apps.SelectMany(app => new[] { app.HttpTraffic, app.BackgroundTraffic }))
        {
            traffic.LosesAnswerOf = static _ => false;
            traffic.BeforeSend = static _ => { };
            traffic.ComesBefore = static _ => Task.CompletedTask;
        }
    }

    /// <summary>What a writer does who comes between: the row has another version, and whoever names the old one must read and decide again.</summary>
    private static async Task TouchAsync(string connection, string rowKey) =>
        await new TableServiceClient(connection).GetTableClient("paysgpayments").UpdateEntityAsync(
            new TableEntity(ApiClient.ServiceId, rowKey) { ["touched"] = true }, Azure.ETag.All, TableUpdateMode.Merge);

    [GeneratedRegex(@"PUT [^\r\n]*paysgpayments\(PartitionKey='[^']*',RowKey='(?<row>p(?::|%3A)[^']*)'\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReplacedPayment();
}
