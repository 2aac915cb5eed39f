using System.Net;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Gateway;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Random payers and an owner who changes the links under their hands, at two processes on one store that loses answers. Whatever happens: a link is never
/// used more often than it may be, and what was charged is a use that was told, or went back.
/// </summary>
public sealed class When_updates_and_payments_of_a_link_meet(ITestOutputHelper output)
{
    private const int Links = 3;
    private const int AnswersLost = 3;

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(8, 12, 8)]
    [InlineData(3, 4, 40)]
    public Task Should_never_use_a_link_too_often_and_lose_no_charge(int plans, int batches, int atOnce) => RunAsync(plans, batches, atOnce);

    private async Task RunAsync(int plans, int batches, int atOnce)
    {
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        var chance = new Chance(seed);
        var connection = await TestAzurite.NewAccountAsync();
        await using var storage = await StorageProxy.StartAsync(connection);
        await using var first = await LocalHostProcess.StartAsync(storage.Connection);
        await using var second = await LocalHostProcess.StartAsync(storage.Connection);
        using var owner = new Owner(first.Client.BaseAddress, second.Client.BaseAddress);
        storage.PassesBack = (request, _) => !request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal) || !chance.Is(AnswersLost);
        var run = new Run(connection, owner, [first.Client, second.Client]);

        foreach (var plan in LinkStep.Batches(batches, atOnce).ArrayOf(plans).Sample(1, new Rnd(seed), 1).Single())
        {
            await run.CreateLinksAsync();
            foreach (var batch in plan)
                await Task.WhenAll(batch.Select(run.StepAsync));
        }

        storage.PassesBack = static (_, _) => true;
        await FinishAsync(connection);
        var book = await LinkBook.ReadAsync(connection);
        output.WriteLine(
            $"{run.Answers} answers, {book.Links.Count} links, {book.Attempts.Count} attempts: {book.Attempts.Count(attempt => attempt.Status == ChargeAttemptStatus.Succeeded)} paid, "
            + $"{book.Refunded} given back, {book.Attempts.Count(attempt => attempt.Status == ChargeAttemptStatus.Pending)} pending; {run.Updates} updates taken, {run.UpdatesRefused} refused.");
        try
        {
            book.Check();
            run.CheckWhatPayersWereTold(book);
        }
        catch (Exception failure)
        {
            throw new XunitException($"{TestSeed.Replay(seed)}\n{failure.Message}", failure);
        }
    }

    /// <summary>What the sweeper brings about within the next hour.</summary>
    private static async Task FinishAsync(string connection)
    {
        await using var parts = PaySgParts.Build(connection);
        parts.Clock.Advance(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(20) - parts.Clock.GetUtcNow());
        await OutboxWork.AllAsync(connection, parts.Get<IServiceProvider>(), SingapayClient.AccountId);
    }

    /// <summary>The owner of the links, at both processes.</summary>
    private sealed class Owner(Uri first, Uri second) : IDisposable
    {
        private readonly SingapayClient[] clients = [new(first), new(second)];

        public SingapayClient At(int instance) => clients[instance];

        public void Dispose()
        {
            foreach (var client in clients)
                client.Dispose();
        }
    }

    private sealed class Run(string connection, Owner owner, ApiClient[] instances)
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(string? Key, Answer Answer)> payments = new();
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> pending = new();
        private (long Id, string ReffNo)[] links = [];
        private int keys;
        private int answers;
        private int updates;
        private int updatesRefused;

        public int Answers => answers;

        public int Updates => updates;

        public int UpdatesRefused => updatesRefused;

        public async Task CreateLinksAsync()
        {
            var made = new List<(long, string)>();
            while (made.Count < Links)
            {
                var answer = await owner.At(0).CreateLinkAsync(A.NewPaymentLink().With("max_usage", 3));
                if (answer.Status == HttpStatusCode.OK)
                    made.Add((answer.Data().Id(), answer.Data().ReffNo()));
            }

            links = [.. made];
        }

        public Task StepAsync(LinkStep step)
        {
            Interlocked.Increment(ref answers);
            return step.Kind switch
            {
                LinkStepKind.Pay => PayAsync(step),
                LinkStepKind.Update => UpdateAsync(step),
                LinkStepKind.Read => ReadAsync(step),
                _ => DecideAsync(),
            };
        }

        /// <summary>Each paid answer is a use of its own, and each use is told by one answer at most: repetitions with a key are the same answer.</summary>
        public void CheckWhatPayersWereTold(LinkBook book)
        {
            var told = payments.Where(payment => payment.Answer.Status == HttpStatusCode.OK && payment.Answer["status"] == "paid").ToList();
            Assert.All(told.GroupBy(payment => payment.Answer["reff_no"]), same => Assert.True(same.Count() == 1 || same.Select(payment => payment.Key).Distinct().Single() is not null));
            Assert.Subset(
                book.Attempts.Where(attempt => attempt.Status == ChargeAttemptStatus.Succeeded).Select(attempt => attempt.ReffNo).ToHashSet(),
                told.Select(payment => payment.Answer["reff_no"]!).ToHashSet());
            Assert.All(payments.Where(payment => payment.Key is not null).GroupBy(payment => payment.Key), same => Assert.Single(
                same.Where(payment => payment.Answer.Status is HttpStatusCode.OK or HttpStatusCode.PaymentRequired).Select(payment => payment.Answer.Body).DefaultIfEmpty().Distinct()));
        }

        private async Task PayAsync(LinkStep step)
        {
            var key = step.IsKeyed ? $"key-{Interlocked.Increment(ref keys)}" : null;
            for (var time = 0; time < (step.IsKeyed ? 2 : 1); time++)
            {
                var answer = await instances[(step.Instance + time) % 2].PostAsync(
                    $"/sandbox/payment-links/{links[step.Link].ReffNo}/attempts", $$"""{"payment_method":"QRIS","outcome":"{{step.Outcome}}"}""", apiKey: null, key);
                Assert.Contains((int)answer.Status, (int[])[200, 402, 409, 503]);
                payments.Enqueue((key, answer));
                if (answer.Status == HttpStatusCode.OK && answer["status"] == "pending")
                    pending.Enqueue(answer["reff_no"]!);
            }
        }

        private async Task UpdateAsync(LinkStep step)
        {
            var answer = await owner.At(step.Instance).UpdateLinkAsync(
                links[step.Link].Id,
                PaymentLinkRequest.Update().With("required_customer_detail", false).With("expired_at", null).With("max_usage", step.Uses).With("status", step.IsOpen ? "open" : "closed"));
            Assert.Contains((int)answer.Status, (int[])[200, 422, 503]);
            if (answer.Status == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref updates);
                CheckUses(answer);
            }
            else
            {
                Interlocked.Increment(ref updatesRefused);
            }
        }

        private async Task ReadAsync(LinkStep step) => CheckUses((await owner.At(step.Instance).GetLinkAsync(links[step.Link].Id)).Expect(HttpStatusCode.OK));

        /// <summary>A payer's bank charges, and the notice of it is lost.</summary>
        private async Task DecideAsync()
        {
            if (!pending.TryDequeue(out var reffNo))
                return;
            var sandbox = new TableServiceClient(connection).GetTableClient("paysgsandbox");
            await sandbox.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity(reffNo, "end:" + reffNo) { ["state"] = "Succeeded" }),
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity(reffNo, "charge") { ["attempt_id"] = reffNo }),
            ]);
        }

        private static void CheckUses(Answer answer) =>
            Assert.InRange(answer.Data().GetProperty("current_usage").GetInt32(), 0, answer.Data().GetProperty("max_usage").GetInt32());
    }
}
