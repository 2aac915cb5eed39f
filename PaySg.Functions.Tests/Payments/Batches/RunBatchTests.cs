using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Batches;

[Trait("Category", "Rules")]
public sealed class RunBatchTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Relay = new() { ["PaySg__Email__SmtpHost"] = "relay.agency.gov.sg", ["PaySg__Email__From"] = "pay@agency.gov.sg" };
    private PaySgParts parts = null!;
    private BatchFixture batches = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.InMemoryAsync(Relay);
        batches = await BatchFixture.InAsync(parts);
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task Each_line_becomes_one_payment_in_the_name_of_whoever_confirmed_it()
    {
        var batch = await batches.StartedAsync(50);
        Assert.Equal((BatchStatus.Running, "member_1"), (batch.Status, batch.StartedBy));
        Assert.True(await batches.HoldsPayerAsync());
        parts.Traffic.Forget();

        await batches.WorkAsync();

        // The batch, its lines, four transactions, the count, the end; and what is remembered: the payment service, the endpoints, the mark of work.
        Assert.InRange(parts.Traffic.TableRequests.Count(request => request.Method == "POST"), 5, 6);
        Assert.InRange(parts.Traffic.TableRequests.Count, 8, 16);
        var payments = await batches.PaymentsAsync();
        Assert.Equal(50, payments.Select(payment => payment.Details.ReferenceId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(50, payments.Count);
        Assert.All(payments, payment => Assert.Equal(("member_1", BatchFixture.Payer, 1130L), (payment.CreatorId, payment.Details.PayerName, payment.Details.AmountInCents)));
        var done = await batches.FindAsync(batch.Id);
        Assert.Equal((BatchStatus.Done, new BatchProgress(50, 0, 0, 0)), (done.Status, done.Progress));
        Assert.DoesNotContain(await batches.RowsAsync(OutboxRow.Prefix), row => row.RowKey.Contains(OutboxKind.Batch, StringComparison.Ordinal));
        Assert.False(await batches.HoldsPayerAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_and_nothing_is_done_twice_wherever_the_worker_dies(bool isWritten)
    {
        for (var at = 1; ; at++)
        {
            await using var mortal = await PaySgParts.InMemoryAsync();
            var fixture = await BatchFixture.InAsync(mortal);
            var batch = await fixture.StartedAsync(40);
            var sent = 0;
            var death = isWritten ? Death.After(mortal.Traffic, _ => ++sent == at) : Death.Before(mortal.Traffic, _ => ++sent == at);
            await DieAsync(fixture);
            death.Replace();
            if (!death.Happened)
            {
                Assert.InRange(at, 8, 40);
                return;
            }

            await fixture.WorkAsync();

            var payments = await fixture.PaymentsAsync();
            Assert.Equal(40, payments.Count);
            Assert.Equal(40, payments.Select(payment => payment.Details.ReferenceId).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal((BatchStatus.Done, 40), ((await fixture.FindAsync(batch.Id)).Status, (await fixture.FindAsync(batch.Id)).Progress.Created));
            Assert.False(await fixture.HoldsPayerAsync());
        }
    }

    [Fact]
    public async Task Two_workers_at_once_create_each_payment_once()
    {
        var batch = await batches.StartedAsync(60);

        await Task.WhenAll(batches.WorkAsync(), batches.WorkAsync(), batches.WorkAsync());
        await batches.WorkAsync();

        Assert.Equal(60, (await batches.PaymentsAsync()).Select(payment => payment.Details.ReferenceId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(60, (await batches.PaymentsAsync()).Count);
        Assert.Equal(BatchStatus.Done, (await batches.FindAsync(batch.Id)).Status);
    }

    [Fact]
    public async Task A_line_that_the_rules_no_longer_allow_fails_and_says_why()
    {
        var batch = await batches.StartedAsync(3, cents: 20_000_001);

        await batches.WorkAsync();

        var done = await batches.FindAsync(batch.Id);
        Assert.Equal(new BatchProgress(0, 3, 0, 0), done.Progress);
        Assert.False(done.MayMail);
        var mistakes = await parts.Get<BatchStore>().MistakesAsync(done, CancellationToken.None);
        Assert.Equal([2, 3, 4], mistakes.Select(mistake => mistake.Line));
        Assert.All(mistakes, mistake => Assert.Equal(("amount_in_cents", "must be from 1 to 20000000."), (mistake.Column, mistake.Message)));
        Assert.False(await batches.HoldsPayerAsync());
    }

    [Fact]
    public async Task A_batch_is_started_once_and_only_within_a_week()
    {
        var batch = await batches.StartedAsync(2);
        await parts.Get<StartBatch>().RunAsync(batches.Key, batch.Id);
        Assert.Single(await batches.RowsAsync(OutboxRow.Prefix));
        var old = await batches.ReadyAsync(2);
        parts.Clock.Advance(PaymentBatch.WaitsFor);

        Assert.Equal(BatchStatus.Ready, (await parts.Get<StartBatch>().RunAsync(batches.Key, old.Id)).Status);
        Assert.Throws<InvalidOperationException>(() => old.Start("member_1", parts.Clock.GetUtcNow()));
        Assert.Single(await batches.RowsAsync(OutboxRow.Prefix));
    }

    [Fact]
    public async Task A_batch_that_is_discarded_leaves_nothing_and_one_that_was_started_stays()
    {
        var batch = await batches.ReadyAsync(40);
        Assert.True(await parts.Get<DiscardBatch>().RunAsync(batch.PaymentServiceId, batch.Id, batches.Key.By));
        foreach (var prefix in (string[])[BatchRows.Prefix, BatchRows.WaitingPrefix, BatchRows.DonePrefix, BatchRows.MistakesPrefix])
            Assert.Empty(await batches.RowsAsync(prefix));

        var started = await batches.StartedAsync(2);
        Assert.False(await parts.Get<DiscardBatch>().RunAsync(started.PaymentServiceId, started.Id, batches.Key.By));
        Assert.Equal(BatchStatus.Running, (await batches.FindAsync(started.Id)).Status);
    }

    [Fact]
    public async Task The_links_of_a_batch_are_sent_once_each_wherever_the_worker_dies()
    {
        var batch = await batches.StartedAsync(20);
        await batches.WorkAsync();
        await parts.Get<StartBatch>().MailAsync(batches.Key, batch.Id);
        for (var round = 0; (await batches.FindAsync(batch.Id)).Mailing != BatchMailing.Done; round++)
        {
            Assert.InRange(round, 0, 60);
            var sent = 0;
            var death = Death.After(parts.Traffic, request => request.Method != "GET" && ++sent == 3);
            await DieAsync(batches);
            death.Replace();
        }

        var done = await batches.FindAsync(batch.Id);
        Assert.Equal((20, 0), (done.Progress.Mailed, done.Progress.NotMailed));
        Assert.All(await batches.PaymentsAsync(), payment => Assert.Single(payment.LinkMails!.AskedAt));
        Assert.Equal(20, (await batches.RowsAsync("m:")).Count);
        Assert.False(done.MayMail);
    }

    [Fact]
    public async Task What_is_old_goes_and_what_is_running_stays()
    {
        var ready = await batches.ReadyAsync(20);
        var running = await batches.StartedAsync(20);
        var old = parts.Clock.GetUtcNow();
        parts.Clock.Advance(PaymentBatch.WaitsFor);
        var purge = parts.Get<DeleteOldBatches>();
        Assert.Equal(0, await purge.RunAsync(ready.PaymentServiceId, old, CancellationToken.None));
        parts.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await purge.RunAsync(ready.PaymentServiceId, old, CancellationToken.None));

        Assert.Equal(2, (await batches.RowsAsync(BatchRows.WaitingPrefix)).Count);
        await batches.WorkAsync();
        Assert.Equal(20, (await batches.FindAsync(running.Id)).Progress.Created);
        Assert.Equal(1, await purge.RunAsync(ready.PaymentServiceId, old + TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Empty(await batches.RowsAsync(BatchRows.Prefix));
        Assert.Empty(await batches.RowsAsync(BatchRows.DonePrefix));
        Assert.Equal(20, (await batches.PaymentsAsync()).Count);
    }

    private static async Task DieAsync(BatchFixture fixture)
    {
        try
        {
            await fixture.WorkAsync();
        }
        catch (Exception dead) when (dead is InvalidOperationException or IOException or AggregateException)
        {
            // The sweep brings another message to another process.
        }
    }
}
