using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_is_emailed
{
    /// <summary>The mail was written down, so it is not refused: neither because the payment is cancelled by then, nor because it was asked for just now.</summary>
    [Fact]
    public async Task Should_be_answered_once_where_the_answer_of_storage_is_lost_and_the_payment_changes_meanwhile()
    {
        await using var app = await PaySgApp.StartAsync();
        await using var other = await PaySgApp.StartAsync(app.Connection);
        var id = (await app.Client.CreatePaymentAsync(A.Payment().With("payer_email", "payer@example.com"))).Expect(HttpStatusCode.Created)["id"]!;
        var tries = 0;
        app.HttpTraffic.LosesAnswerOf = request => AsksForLink(request) && tries == 1;
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (AsksForLink(request) && ++tries == 2)
                (await other.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);
        };

        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal(2, tries);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));

        static bool AsksForLink(StorageRequest request) => request.Writes("paysgpayments") && request.Writes("\"kind\":\"Link\"");
    }

    [Fact]
    public async Task Should_bring_the_link_and_its_code_to_the_payer_and_mark_the_payment()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.email_sent"));
        var created = (await app.Client.CreatePaymentAsync(A.Payment().With("payer_email", "payer@example.com"))).Expect(HttpStatusCode.Created);
        Assert.Equal("unsent", created["email_delivery_status"]);

        var answer = (await app.Client.SendEmailAsync(created["id"]!)).Expect(HttpStatusCode.OK);

        Assert.Empty(answer.Body);
        var mail = Assert.Single(await app.Client.MailsAsync(1));
        Assert.Contains("payer@example.com", mail.GetProperty("to").GetString(), StringComparison.Ordinal);
        Assert.Contains(created["payment_url"]!, mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        var page = (await app.Client.GetAsync(mail.GetProperty("url").GetString()!, apiKey: null)).Expect(HttpStatusCode.OK);
        Assert.Contains($"<a href=\"{created["payment_url"]}\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("<img src=\"data:image/png;base64,", page.Body, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; img-src data:;", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);

        var webhook = Assert.Single(await receiver.WaitForAsync(1));
        var payment = (await app.Client.GetPaymentAsync(created["id"]!)).Expect(HttpStatusCode.OK);
        Assert.Equal("payment.email_sent", webhook.Type);
        Assert.Equal(payment.Body, webhook.Json.GetProperty("data").GetProperty("object").GetRawText());
        Assert.Equal(2, webhook.Json.GetProperty("sequence").GetInt32());
        Assert.Equal("unpaid", payment["payment_status"]);
        Assert.Equal("sent", payment["email_delivery_status"]);
        Assert.Equal(payment["updated_at"], payment["payment_sent_timestamp"]);
        Assert.NotNull(payment["payment_sent_timestamp"]);

        // A reminder, without any body this time.
        clock.Shift = TimeSpan.FromMinutes(1);
        (await app.Client.SendEmailAsync(created["id"]!, body: "")).Expect(HttpStatusCode.OK);
        var both = await app.Client.MailsAsync(2);
        Assert.NotEqual(both[0].GetProperty("message_id").GetString(), both[1].GetProperty("message_id").GetString());
        Assert.Equal(3, (await receiver.WaitForAsync(2))[1].Json.GetProperty("sequence").GetInt32());
        Assert.DoesNotContain(app.Log.All, line => line.Message.Contains("payer@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_be_refused_where_it_makes_no_sense()
    {
        await using var app = await PaySgApp.StartAsync();
        var withoutAddress = await app.Client.CreatedPaymentAsync();
        var paid = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);

        Assert.Equal("payer_email_missing", (await app.Client.SendEmailAsync(withoutAddress)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        var refused = (await app.Client.SendEmailAsync(paid)).Expect(HttpStatusCode.PaymentRequired);
        Assert.Equal("payment_not_payable", refused.ErrorCode);
        Assert.Contains("paid", refused.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        (await app.Client.SendEmailAsync("-0123456789abcdefghij")).Expect(HttpStatusCode.NotFound);
        (await app.Client.SendEmailAsync(paid, apiKey: ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_be_refused_without_a_relay_and_then_no_receipt_is_promised_either()
    {
        await using var app = await PaySgApp.StartAsync(services: (_, services) =>
            services.Replace(ServiceDescriptor.Singleton<IMailTransport, SmtpMailTransport>()));
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));

        Assert.Equal("email_not_configured", (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));
    }

    [Fact]
    public async Task Should_bring_a_receipt_after_paying_at_the_price_of_one_queue_message()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Client.PayAsync(await app.Client.CreatedPaymentAsync());
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        app.HttpTraffic.Forget();

        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal(3, app.HttpTraffic.TableRequests.Count(request => !request.Writes("paysgsandbox")));
        // The mail's. Nobody subscribes to events, so they cost none.
        Assert.Single(app.HttpTraffic.QueueRequests);
        var mail = Assert.Single(await app.Client.MailsAsync(1));
        Assert.Equal("Demo agency: receipt for S$11.30 (INV-2026-0001)", mail.GetProperty("subject").GetString());
        Assert.Contains(id, mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 1);
        Assert.Equal("Sent", Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:")).GetString("state"));

        // The receipt is not the mail that the payment's e-mail status speaks of.
        Assert.Equal("unsent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
    }

    [Fact]
    public async Task Should_be_taken_on_in_a_read_and_a_write_and_a_nudge()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        app.HttpTraffic.Forget();

        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal([false, true], app.HttpTraffic.TableRequests.Select(request => request.IsTransaction));
        Assert.Single(app.HttpTraffic.QueueRequests);
    }

    [Fact]
    public async Task Should_send_one_mail_for_one_idempotency_key()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        var path = $"{ApiClient.PaymentsPath}/{id}/send-email";

        (await app.Client.PostAsync(path, "{}", idempotencyKey: "once")).Expect(HttpStatusCode.OK);
        var replay = (await app.Client.PostAsync(path, "{}", idempotencyKey: "once")).Expect(HttpStatusCode.OK);

        Assert.Equal("true", replay.Headers["Idempotent-Replayed"]);
        Assert.Empty(replay.Body);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));
    }

    [Fact]
    public async Task Should_reach_a_relay_over_SMTP()
    {
        await using var relay = SmtpServer.Start();
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string>
        {
            ["PaySg__Email__SmtpHost"] = "127.0.0.1",
            ["PaySg__Email__SmtpPort"] = relay.Port.ToString(),
            ["PaySg__Email__UseTls"] = "false",
            ["PaySg__Email__From"] = "no-reply@agency.gov.sg",
            ["PaySg__Email__FromName"] = "Agency",
        });
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));

        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 1);

        var mail = ReceivedMail.Parse("1", Encoding.UTF8.GetBytes(Assert.Single(relay.Mails)));
        Assert.Equal("\"Agency\" <no-reply@agency.gov.sg>", mail.Message.From.ToString());
        Assert.Equal("\"Tan Ah Kow\" <payer@example.com>", mail.Message.To.ToString());
        Assert.EndsWith("@agency.gov.sg", mail.Message.MessageId, StringComparison.Ordinal);
        Assert.Contains($"/payments/{id}", mail.Text, StringComparison.Ordinal);
        Assert.Single(mail.Images);
        Assert.Equal("sent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);
    }
}
