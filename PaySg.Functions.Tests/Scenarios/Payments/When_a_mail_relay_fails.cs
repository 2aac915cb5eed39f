using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using Moq;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_mail_relay_fails
{
    private readonly ConcurrentQueue<OutgoingMail> handedOver = new();
    private Func<OutgoingMail, Task<MailResult>> relay = static _ => Task.FromResult<MailResult>(new MailResult.Taken());

    [Fact]
    public async Task Should_hand_the_same_mail_over_again()
    {
        relay = _ => Task.FromResult<MailResult>(handedOver.Count == 1 ? new MailResult.Failed("ServiceNotAvailable", IsPermanent: false) : new MailResult.Taken());
        await using var app = await PaySgApp.StartAsync(services: WithRelay, timeScale: 20);
        var id = await MailedPaymentAsync(app);

        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 1);

        Assert.Equal(2, handedOver.Count);
        Assert.Single(handedOver.Select(mail => mail.MessageId).Distinct());
        Assert.Contains("ServiceNotAvailable", Assert.Single(app.Log.Of(5002)).Message, StringComparison.Ordinal);
        Assert.Equal("sent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
        var row = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));
        Assert.Equal("Sent", row.GetString("state"));
        Assert.Equal(2, row.GetInt32("attempt_count"));
        Assert.Empty(await SchedulesAsync(app));
    }

    [Fact]
    public async Task Should_not_delay_webhooks_while_it_hangs()
    {
        var released = new TaskCompletionSource<MailResult>();
        relay = _ => released.Task;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(services: WithRelay);
        try
        {
            await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
            for (var i = 0; i < 40; i++)
                await MailedPaymentAsync(app);
            await LocalHost.Eventually.TrueAsync(() => handedOver.Count >= 32);

            await app.Client.PayAsync(await app.Client.CreatedPaymentAsync());

            Assert.Single(await receiver.WaitForAsync(1, TimeSpan.FromSeconds(5)));
            Assert.Empty(app.Log.Of(5001));
        }
        finally
        {
            released.SetResult(new MailResult.Taken());
        }
    }

    [Fact]
    public async Task Should_repeat_the_mail_under_the_same_message_id_when_the_process_dies_before_it_is_written_down()
    {
        var crashes = 0;
        await using var app = await PaySgApp.StartAsync(services: WithRelay, settings: PaySgApp.FailedMessagesAtOnce);
        app.BackgroundTraffic.BeforeSend = request =>
        {
            if (RecordsSent(request) && Interlocked.Increment(ref crashes) == 1)
                throw new InvalidOperationException("The process ends here.");
        };
        var id = await MailedPaymentAsync(app);

        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 1);

        Assert.Equal(2, handedOver.Count);
        Assert.Single(handedOver.Select(mail => mail.MessageId).Distinct());
        Assert.Single(await EventsAsync(app, "payment.email_sent"));
        Assert.Equal("sent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
    }

    [Fact]
    public async Task Should_tell_one_event_and_send_one_mail_when_the_answer_of_storage_is_lost()
    {
        var lost = 0;
        await using var app = await PaySgApp.StartAsync(services: WithRelay);
        app.BackgroundTraffic.LosesAnswerOf = request => RecordsSent(request) && Interlocked.Increment(ref lost) == 1;
        app.HttpTraffic.LosesAnswerOf = request => request.Writes("\"kind\":\"Link\"") && request.Writes("paysgpayments") && app.HttpTraffic.Requests.Count(other => other.Body == request.Body) == 1;
        await MailedPaymentAsync(app);

        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 1);

        Assert.Equal(2, lost);
        Assert.Single(handedOver);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));
        Assert.Single(await EventsAsync(app, "payment.email_sent"));
        Assert.Empty(await SchedulesAsync(app));
    }

    [Fact]
    public async Task Should_keep_the_mail_sent_and_the_payment_paid_when_both_happen_at_once()
    {
        PaySgApp? app = null;
        var id = "";
        relay = async mail =>
        {
            // The payer is faster than the relay: the payment has changed when the mail is written down.
            if (mail.QrCode is not null)
                (await app!.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
            return new MailResult.Taken();
        };
        await using var started = app = await PaySgApp.StartAsync(services: WithRelay);
        id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);

        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 2);

        var payment = await app.Client.GetPaymentAsync(id);
        Assert.Equal("paid", payment["payment_status"]);
        Assert.Equal("sent", payment["email_delivery_status"]);
        Assert.Equal(2, handedOver.Count);
        var sequences = (await StoredRows.OfAsync(app.Connection, "paysgpayments", "e:"))
            .Select(row => JsonSerializer.Deserialize<JsonElement>(row.GetBinary("doc0")!).GetProperty("sequence").GetInt32());
        Assert.Equal([1, 2, 3], sequences.Order());
    }

    [Fact]
    public async Task Should_drop_the_link_of_a_payment_that_was_paid_meanwhile()
    {
        await using var app = await PaySgApp.StartAsync(services: WithRelay, settings: ByHand);
        var id = await MailedPaymentAsync(app);
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        var link = (await SchedulesAsync(app))[0];

        await WorkAsync(app, link);

        Assert.Empty(handedOver);
        Assert.Single(app.Log.Of(5004));
        Assert.Equal(
            ["Pending", "Superseded"],
            (await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:")).Select(row => row.GetString("state")).Order(StringComparer.Ordinal));
        Assert.Equal("unsent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
        Assert.Single(await SchedulesAsync(app));
    }

    [Fact]
    public async Task Should_give_up_after_the_last_attempt_and_do_nothing_for_messages_that_come_late()
    {
        relay = static _ => Task.FromResult<MailResult>(new MailResult.Failed("ServiceNotAvailable", IsPermanent: false));
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(settings: ByHand, services: (group, services) =>
        {
            WithRelay(group, services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        var id = await MailedPaymentAsync(app);
        var first = Assert.Single(await SchedulesAsync(app));
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            var due = Assert.Single(await SchedulesAsync(app));
            Assert.EndsWith($".{attempt}", due.Subject, StringComparison.Ordinal);
            app.HttpTraffic.Forget();
            clock.Shift = due.DueAt - TimeProvider.System.GetUtcNow();
            await WorkAsync(app, due);
            await WorkAsync(app, first);

            // Up to 5 minutes a message waits in the queue; what is due later waits for the sweeper.
            var delay = (await SchedulesAsync(app)).SingleOrDefault()?.DueAt - clock.GetUtcNow();
            Assert.Equal(delay < TimeSpan.FromMinutes(5) ? 1 : 0, app.HttpTraffic.QueueRequests.Count);
        }

        Assert.Equal(10, handedOver.Count);
        Assert.Equal(10, app.Log.Of(5005).Count);
        Assert.Single(app.Log.Of(5003));
        Assert.Empty(await SchedulesAsync(app));
        var row = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));
        Assert.Equal("Failed", row.GetString("state"));
        Assert.Equal("ServiceNotAvailable", row.GetString("last_error"));
        Assert.Equal("failed", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
    }

    [Fact]
    public async Task Should_give_up_at_once_what_is_refused_for_good_show_it_and_take_that_back_when_a_later_mail_arrives()
    {
        relay = static _ => Task.FromResult<MailResult>(new MailResult.Failed("MailboxUnavailable", IsPermanent: true));
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(settings: ByHand, services: (group, services) =>
        {
            WithRelay(group, services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        var id = await MailedPaymentAsync(app);
        var before = await app.Client.GetPaymentAsync(id);
        await WorkAsync(app, Assert.Single(await SchedulesAsync(app)));

        var refused = await app.Client.GetPaymentAsync(id);
        Assert.Equal(("failed", null), (refused["email_delivery_status"], refused["payment_sent_timestamp"]));
        Assert.NotEqual(before["updated_at"], refused["updated_at"]);
        Assert.Empty(await SchedulesAsync(app));
        Assert.Single(app.Log.Of(5003));

        relay = static _ => Task.FromResult<MailResult>(new MailResult.Taken());
        clock.Shift = TimeSpan.FromMinutes(2); // Mails of one payment are a minute apart.
        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);
        await WorkAsync(app, Assert.Single(await SchedulesAsync(app)));

        Assert.Equal("sent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
        Assert.Equal(2, handedOver.Count);
    }

    [Fact]
    public async Task Should_show_a_receipt_that_is_refused_for_good()
    {
        relay = static mail => Task.FromResult<MailResult>(
            mail.QrCode is null ? new MailResult.Failed("MailboxUnavailable", IsPermanent: true) : new MailResult.Taken());
        await using var app = await PaySgApp.StartAsync(services: WithRelay, settings: ByHand);
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        await WorkAsync(app, Assert.Single(await SchedulesAsync(app)));

        var payment = await app.Client.GetPaymentAsync(id);
        Assert.Equal(("paid", "failed"), (payment["payment_status"], payment["email_delivery_status"]));
    }

    [Fact]
    public async Task Should_be_swept_into_the_queue_of_mails_and_left_alone_for_five_minutes_then()
    {
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(settings: ByHand, services: (group, services) =>
        {
            WithRelay(group, services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        await MailedPaymentAsync(app);
        var before = Assert.Single(await SchedulesAsync(app));
        clock.Shift = TimeSpan.FromMinutes(1);
        app.HttpTraffic.Forget();

        var sweep = app.Services.GetRequiredService<Sweep>();
        await sweep.RunAsync(CancellationToken.None);
        await sweep.RunAsync(CancellationToken.None);

        Assert.Single(app.HttpTraffic.QueueRequests, request => request.Url.AbsolutePath.Contains($"/{PaySgQueues.EmailsName}/", StringComparison.Ordinal));
        var after = Assert.Single(await SchedulesAsync(app));
        Assert.Equal(before.Subject, after.Subject);
        Assert.InRange(after.DueAt - before.DueAt, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(7));

        // The message that was sent for the row as it was is still good.
        await WorkAsync(app, before);
        Assert.Single(handedOver);
        Assert.Empty(await SchedulesAsync(app));
    }

    /// <summary>The queue function and the timer are off: the test does what they would.</summary>
    private static readonly Dictionary<string, string> ByHand = new()
    {
        ["AzureWebJobs.SendEmail.Disabled"] = "true",
        ["AzureWebJobs.Sweep.Disabled"] = "true",
    };

    private static async Task<string> MailedPaymentAsync(PaySgApp app)
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private static Task WorkAsync(PaySgApp app, OutboxRow schedule) => app.Services.GetRequiredService<SendMail>().RunAsync(schedule);

    private static bool RecordsSent(StorageRequest request) => request.Writes("paysgpayments") && request.Writes("\"state\":\"Sent\"");

    private static async Task<IReadOnlyList<OutboxRow>> SchedulesAsync(PaySgApp app) =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!).Where(row => row.Kind == OutboxKind.Mail)];

    private static async Task<IReadOnlyList<string>> EventsAsync(PaySgApp app, string type) =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "e:")).Where(row => row.GetString("type") == type).Select(row => row.GetString("id"))];

    private void WithRelay(string group, IServiceCollection services)
    {
        var transport = new Mock<IMailTransport>();
        transport.SetupGet(t => t.Sender).Returns(new MailboxAddress("", "no-reply@agency.gov.sg"));
        transport.Setup(t => t.SendAsync(It.IsAny<OutgoingMail>())).Returns<OutgoingMail>(mail =>
        {
            handedOver.Enqueue(mail);
            return relay(mail);
        });
        services.Replace(ServiceDescriptor.Singleton(transport.Object));
    }
}
