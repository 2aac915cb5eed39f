using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Two processes on one storage account, and a Stripe whose answers and notices are lost, late, doubled and out of order. One process is killed now and then.
/// Each seed is the story of one payment. At the end the books of both sides must agree.
/// </summary>
[Trait("Category", "Long")]
public sealed class When_Stripe_is_unreliable : IDisposable
{
    private const int AtOnce = 6;

    /// <summary>How many stories: 1,000 with <c>PAYSG_STRIPE_SEEDS=1000</c>.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("PAYSG_STRIPE_SEEDS") ?? "80", CultureInfo.InvariantCulture);

    private readonly ConcurrentDictionary<string, bool> payments = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim restarting = new(1);

    public void Dispose() => restarting.Dispose();

    [Fact]
    public async Task Should_charge_nobody_twice_and_refund_nothing_twice_and_agree_on_every_cent()
    {
        var clock = new ShiftedClock();
        var stripe = await StripeServer.StartAsync(clock);
        var connection = await TestAzurite.NewAccountAsync();
        var settings = StripeApp.SettingsOf(stripe).Select(setting => (setting.Key, setting.Value)).ToArray();
        var hosts = new[] { await LocalHostProcess.StartAsync(connection, settings), await LocalHostProcess.StartAsync(connection, settings) };
        try
        {
            var done = 0;
            await Parallel.ForEachAsync(Enumerable.Range(1, Seeds), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
            {
                if (seed % 40 == 20)
                    await KillAsync(hosts, connection, settings);

                await PlayAsync(new Random(seed), hosts, stripe);
                Interlocked.Increment(ref done);
            });
            Assert.Equal(Seeds, done);
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }

        await using var app = await StripeApp.StartAsync(stripe, clock, connection);
        await ComeToRestAsync(app);
        await CompareAsync(connection, stripe);
    }

    /// <summary>Kills the second process and starts another one in its place. One after the other: each that is started must be ended by somebody.</summary>
    private async Task KillAsync(LocalHostProcess[] hosts, string connection, (string, string)[] settings)
    {
        await restarting.WaitAsync();
        try
        {
            hosts[1].Kill();
            await hosts[1].WaitForEndAsync();
            hosts[1] = await LocalHostProcess.StartAsync(connection, settings);
        }
        finally
        {
            restarting.Release();
        }
    }

    /// <summary>One payment's story. What goes wrong in it is not this client's to notice.</summary>
    private async Task PlayAsync(Random random, LocalHostProcess[] hosts, StripeServer stripe)
    {
        var id = await TryAsync(async () => await hosts[0].Client.CreatedPaymentAsync(A.Payment().Of(random.Next(50, 5000))));
        if (id is null)
            return;

        payments[id] = true;
        for (var step = random.Next(2, 7); step > 0; step--)
        {
            Trouble(random, stripe);
            var host = hosts[random.Next(2)];
            switch (random.Next(10))
            {
                case < 4:
                    await TryAsync(() => SubmitAsync(host, id, StripeApp.Form(random.Next(2) == 0 ? "card" : "paynow")));
                    break;
                case < 6:
                    await TryAsync(() => Task.WhenAll(
                        SubmitAsync(hosts[0], id, StripeApp.Form("card")), SubmitAsync(hosts[1], id, StripeApp.Form("paynow"))));
                    break;
                case 6:
                    await TryAsync(() => host.Client.CancelAsync(id));
                    break;
                case 7:
                    await TryAsync(() => SubmitAsync(host, id, new Dictionary<string, string> { ["action"] = "look" }));
                    break;
                default:
                    await TryAsync(() => Task.WhenAll(hosts[0].Client.RefundAsync(id, random.Next(1, 3000)), hosts[1].Client.RefundAsync(id, random.Next(1, 3000))));
                    break;
            }

            PayBehindTheScenes(random, stripe, id);
            await NotifyAsync(random, hosts[random.Next(2)], stripe);
        }
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException or Xunit.Sdk.XunitException)
        {
            return null;
        }
    }

    private static async Task<Answer> SubmitAsync(LocalHostProcess host, string paymentId, IDictionary<string, string> form)
    {
        using var pages = new PageClient(host.Client.BaseAddress);
        return await pages.SubmitAsync(paymentId, form);
    }

    private static void Trouble(Random random, StripeServer stripe)
    {
        string[] places = ["/v1/payment_intents", "/v1/checkout/sessions", "/v1/refunds", "/v1/payment_intents/*/cancel", "/v1/checkout/sessions/*/expire"];
        var place = places[random.Next(places.Length)];
        switch (random.Next(12))
        {
            case 0:
                stripe.Faults.CutAfter("POST", place, random.Next(1, 3));
                break;
            case 1:
                stripe.Faults.CutBefore("POST", place, random.Next(1, 3));
                break;
            case 2:
                stripe.Faults.FailAfter("POST", place);
                break;
            case 3:
                stripe.Faults.Refuse("POST", place, random.Next(2) == 0 ? 429 : 500, times: random.Next(1, 3));
                break;
            case 4:
                stripe.Faults.Refuse("GET", "/v1/", random.Next(2) == 0 ? 429 : 500);
                break;
            case 5:
                stripe.Faults.Empty("POST", place);
                break;
        }
    }

    /// <summary>The payer pays on the page or in the bank's app, or is declined; a bank decides a refund.</summary>
    private static void PayBehindTheScenes(Random random, StripeServer stripe, string paymentId)
    {
        foreach (var session in Of("checkout.session"))
        {
            if (random.Next(3) == 0 && (random.Next(4) == 0 ? stripe.DeclineCard(session) : stripe.PayCard(session)))
                return;
        }

        foreach (var intent in Of("payment_intent"))
        {
            if (random.Next(3) == 0 && stripe.SettlePayNow(intent, succeeds: random.Next(4) != 0))
                return;
        }

        foreach (var refund in Of("refund").Where(refund => random.Next(2) == 0 && stripe.Object(refund)["status"]!.GetValue<string>() is "pending"))
            stripe.RefundBecomes(refund, random.Next(3) == 0 ? "failed" : "succeeded", null);

        IEnumerable<string> Of(string kind) => stripe.Objects(kind)
            .Where(found => found["metadata"]?["charge"]?.GetValue<string>() == paymentId).Select(found => found["id"]!.GetValue<string>()).Reverse();
    }

    private static async Task NotifyAsync(Random random, LocalHostProcess host, StripeServer stripe)
    {
        foreach (var notice in stripe.Events.Waiting.OrderBy(_ => random.Next()).Take(3))
        {
            // Another story may have had it sent meanwhile.
            if (random.Next(5) == 0)
                await TryAsync(() => LoseAsync(stripe, notice));
            else
                await TryAsync(async () => (await stripe.Events.DeliverAsync(notice, NoticeUrlOf(host))).ToString());
        }
    }

    private static Task<string> LoseAsync(StripeServer stripe, StripeEvent notice)
    {
        stripe.Events.Lose(notice);
        return Task.FromResult(notice.Id);
    }

    private static Uri NoticeUrlOf(LocalHostProcess host) => new(host.Client.BaseAddress, "/gateway/stripe/events");

    /// <summary>
    /// Nothing goes wrong any more, and a day goes by, in which Stripe forgets its keys. All notices are sent, those that were lost as well: payers ask. What is
    /// still unpaid is cancelled by its agency.
    /// </summary>
    private async Task ComeToRestAsync(StripeApp app)
    {
        var stripe = app.Stripe;
        stripe.Faults.Clear();
        foreach (var notice in stripe.Events.All)
            await stripe.Events.DeliverAsync(notice, app.NoticeUrl);
        foreach (var hours in (double[])[0, 0.3, 1.1, 2.2, 23.5, 25, 50, 80])
        {
            // What was sent again by the sweep before may be pending at a bank.
            foreach (var refund in stripe.Objects("refund").Where(refund => refund["status"]!.GetValue<string>() == "pending"))
                stripe.RefundBecomes(refund["id"]!.GetValue<string>(), "succeeded");
            app.Clock.Shift = TimeSpan.FromHours(hours);
            await app.SweepAsync();
        }

        foreach (var id in payments.Keys)
            await app.Client.CancelAsync(id);
        foreach (var notice in stripe.Events.Waiting)
            await stripe.Events.DeliverAsync(notice, app.NoticeUrl);
        await app.SweepAsync();
        Assert.Empty(await DoubtsAsync(app.Product.Connection));
    }

    /// <summary>Work that is to be done at once: what follows pending attempts and refunds has its time.</summary>
    private static async Task<IReadOnlyList<string>> DoubtsAsync(string connection) =>
    [
        .. (await StoredRows.OfAsync(connection, "paysgpayments", "o:")).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!.Kind)
            .Where(kind => kind is OutboxKind.Charge or OutboxKind.Refund or OutboxKind.LateCharge or OutboxKind.StripeNotice),
    ];

    private static async Task CompareAsync(string connection, StripeServer stripe)
    {
        var stored = (await StoredRows.OfAsync(connection, "paysgpayments", PaymentRows.Prefix)).Select(PaymentRows.Read).ToList();
        var attempts = (await StoredRows.OfAsync(connection, "paysgpayments", "a:")).Select(ChargeAttemptRows.Read).ToList();
        var books = stripe.Books;
        Assert.All(books.ChargesPer("attempt"), each => Assert.True(each.Value == 1, $"{each.Key} was charged {each.Value} times"));
        Assert.All(books.RefundsPer("refund_id"), each => Assert.True(each.Value == 1, $"{each.Key} was sent {each.Value} times"));
        Assert.DoesNotContain(attempts, attempt => attempt.Status is ChargeAttemptStatus.Begun or ChargeAttemptStatus.Refunding);
        Assert.All(stored.Where(payment => payment.Status == PaymentStatus.Unpaid), payment => Assert.Null(payment.LiveAttempt));

        var ours = stored.Where(payment => payment.Status == PaymentStatus.Paid).ToDictionary(payment => payment.PaidHandle!.Reference!, payment => payment.Details.AmountInCents - payment.RefundedInCents);
        var theirs = books.Charged.ToDictionary(each => each.Key, each => each.Value - books.Refunded.GetValueOrDefault(each.Key));
        foreach (var (intent, cents) in theirs)
            Assert.True(ours.GetValueOrDefault(intent) == cents, $"{intent}: {cents} cents stayed at Stripe, and here {ours.GetValueOrDefault(intent)}\n{JsonSerializer.Serialize(stripe.Object(intent))}");
        Assert.All(ours, each => Assert.True(theirs.ContainsKey(each.Key), $"{each.Key} was not charged at Stripe"));
        Assert.Equal(theirs.Values.Sum(), ours.Values.Sum());
        Assert.All(stored, payment => Assert.Null(payment.PendingRefund));
        Assert.NotEmpty(ours);
        await StripeContract.CheckAsync([.. stripe.Requests.Where(request => request.Status is 200 or 201)]);
    }
}
