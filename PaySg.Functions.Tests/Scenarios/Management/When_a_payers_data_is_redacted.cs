using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Backup;

namespace PaySg.Functions.Tests.Scenarios.Management;

public sealed class When_a_payers_data_is_redacted
{
    private const string Name = "Lim Bee Hoon 陈美芬";
    private const string Address = "71 Redaction Rise #03-07";
    private const string Identifier = "S7654321Z";
    private const string Email = "bee.hoon@payers.example";
    private const string Description = "Marriage certificate of Bee Hoon";
    private const string Item = "Certified copy for Bee Hoon";
    private const string Metadata = "case-bee-hoon-17";
    private const string ReturnUrl = "https://agency.example/return?who=bee-hoon";

    private static readonly string[] Secrets = [Name, Address, Identifier, Email, Description, Item, Metadata, ReturnUrl];

    private static PaymentRequest Payment => A.Payment().With("payer_name", Name).With("payer_address", Address).With("payer_identifier", Identifier).With("payer_email", Email)
        .With("description", Description).With("metadata", new JsonObject { ["case"] = Metadata }).With("return_url", ReturnUrl)
        .With("line_items", new JsonArray(new JsonObject { ["description"] = Item, ["amount_in_cents"] = 1130 }));

    [Fact]
    public async Task Should_leave_no_byte_of_it_in_any_table_queue_or_later_backup()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        // A receiver that answers with what it was sent, and with 500 at times: its answers are stored, too.
        var repeats = true;
        receiver.Responds = async (received, context) =>
        {
            context.Response.StatusCode = received.Body.Length % 2 == 0 ? 200 : 500;
            await context.Response.WriteAsync(repeats && System.Text.Encoding.UTF8.GetString(received.Body).Contains(Email, StringComparison.Ordinal) ? Email + " " + Name : "no");
        };
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        var (gone, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(receiver.Url, "?gone")));
        var id = (await app.Client.CreatePaymentAsync(Payment, "create-1")).Expect(HttpStatusCode.Created)["id"]!;
        (await app.Client.PayAsync(id, idempotencyKey: "pay-1")).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(id, 30, "refund-1")).Expect(HttpStatusCode.OK);
        var other = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_name", "Somebody Else"));
        await receiver.WaitForAsync(6);
        (await app.Client.DeleteAsync(ApiClient.EndpointPath(gone))).Expect(HttpStatusCode.NoContent);
        await QuietAsync(app);
        Assert.All(Secrets, secret => Assert.NotEmpty(WholeStore.FindAsync(app.Connection, [secret]).GetAwaiter().GetResult()));

        repeats = false;
        var answer = (await management.PostAsync(RedactPath(id), "", "redact-1")).Expect(HttpStatusCode.OK);
        Assert.Equal(id, answer["payment_id"]);
        Assert.Empty(answer.Json.GetProperty("kept_fields").EnumerateArray());
        await EndedAsync(app, "paysgpayments", id);

        Assert.Equal([], await WholeStore.FindAsync(app.Connection, Secrets));
        Assert.Equal([], await InLaterBackupAsync(app));
        var payment = (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal(("[redacted]", "[redacted]", "1130", "paid"), (payment["payer_name"], payment["description"], payment["amount_in_cents"], payment["payment_status"]));
        Assert.Equal("Somebody Else", (await app.Client.GetPaymentAsync(other)).Expect(HttpStatusCode.OK)["payer_name"]);
        Assert.NotEmpty(await WholeStore.FindAsync(app.Connection, ["Somebody Else"]));

        // The answers of old calls can still be repeated, and so can this one.
        Assert.Equal("[redacted]", (await app.Client.CreatePaymentAsync(Payment, "create-1")).Expect(HttpStatusCode.Created)["payer_name"]);
        Assert.Equal(answer.Body, (await management.PostAsync(RedactPath(id), "", "redact-1")).Expect(HttpStatusCode.OK).Body);
        (await management.PostAsync(RedactPath(id), "", "redact-2")).Expect(HttpStatusCode.OK);
        var audit = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "u:"));
        Assert.Equal("management", audit.GetString("asked_by"));
    }

    /// <summary>What came later than the redaction itself: files of payments, Stripe, disputes, refunds that take days, emails, the dashboard.</summary>
    [Fact]
    public async Task Should_wait_for_refund_and_dispute_and_then_leave_no_byte_of_what_a_file_Stripe_mails_and_officers_left()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await StripeApp.StartAsync();
        var (connection, management) = (app.Product.Connection, new ManagementClient(app.Product.BaseAddress));
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        using var officer = await OfficerClient.SignedInAsync(app.Product.BaseAddress, "everything");
        var batch = await officer.UploadedAsync($"""
            reference_id,payer_name,payer_email,payer_address,payer_identifier,description,amount,return_url,Case
            B-1,{Name},{Email},{Address},{Identifier},{Description},11.30,{ReturnUrl},{Metadata}

            """);
        string[] secrets = [Name, Address, Identifier, Email, Description, Metadata, ReturnUrl];
        (await officer.PressAsync(batch, "start")).Expect(HttpStatusCode.SeeOther);
        var id = "";
        await LocalHost.Eventually.TrueAsync(async () => (id = await FoundAsync(app.Client)).Length > 0);
        await LocalHost.Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("value=\"mail\"", StringComparison.Ordinal));
        (await officer.PressAsync(batch, "mail")).Expect(HttpStatusCode.SeeOther);
        await app.BecomesAsync(id, "email_delivery_status", "sent");
        Assert.True(app.Stripe.PayCard(await app.BeginCardAsync(id)));
        await app.BecomesAsync(id, "payment_status", "paid");

        // Neither in a refund nor in a dispute, and nothing is different after the refusal.
        app.Stripe.NextRefundIs("pending");
        (await app.Client.RefundAsync(id, 130, "refund-1")).Expect(HttpStatusCode.OK);
        Assert.Contains("a refund of it is not decided yet", await RefusedAsync(), StringComparison.Ordinal);
        app.Stripe.RefundBecomes(app.Stripe.Objects("refund")[^1]["id"]!.GetValue<string>(), "succeeded");
        await app.BecomesAsync(id, "refund_status", "partially_refunded");
        var dispute = app.Stripe.OpenDispute((await app.Client.GetPaymentAsync(id))["stripe_payment_intent_id"]!);
        await LocalHost.Eventually.TrueAsync(async () => (await app.EventsAsync(id)).Contains("payment.dispute_opened"));
        Assert.Contains("its payer disputes it", await RefusedAsync(), StringComparison.Ordinal);
        app.Stripe.CloseDispute(dispute, won: true);
        await LocalHost.Eventually.TrueAsync(async () => (await app.EventsAsync(id)).Contains("payment.dispute_closed"));
        foreach (var secret in secrets)
            Assert.NotEmpty(await WholeStore.FindAsync(connection, [secret]));

        (await management.PostAsync(RedactPath(id), "")).Expect(HttpStatusCode.OK);
        await EndedAsync(app.Product, "paysgpayments", id);

        Assert.Equal([], await WholeStore.FindAsync(connection, secrets));
        Assert.DoesNotContain(Email, await officer.OpenAsync(OfficerClient.PathOf(id)), StringComparison.Ordinal);
        Assert.Equal(("paid", "partially_refunded"), ((await app.Client.GetPaymentAsync(id))["payment_status"], (await app.Client.GetPaymentAsync(id))["refund_status"]));

        async Task<string> RefusedAsync()
        {
            var before = (await app.Client.GetPaymentAsync(id)).Body;
            var refused = (await management.PostAsync(RedactPath(id), "")).Expect(HttpStatusCode.PaymentRequired);
            Assert.Equal("payer_data_needed", refused.ErrorCode);
            Assert.Equal(before, (await app.Client.GetPaymentAsync(id)).Body);
            Assert.Empty(await StoredRows.OfAsync(connection, "paysgpayments", "u:"));
            Assert.DoesNotContain(await StoredRows.OfAsync(connection, "paysgpayments", "o:"), row => row.RowKey.Contains("redaction", StringComparison.Ordinal));
            return refused.Body;
        }
    }

    [Fact]
    public async Task Should_keep_for_five_years_what_a_tax_document_says()
    {
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);
        (await management.PatchAsync(
            $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}",
            """{"agency_name":"Agency","agency_address":"1 Street","gst_registration_number":"M90312345A","gst_rate_percent":9}""")).Expect(HttpStatusCode.OK);
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        var id = await app.Client.CreatedPaymentAsync(Payment);
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        await QuietAsync(app);

        var answer = (await management.PostAsync(RedactPath(id), "")).Expect(HttpStatusCode.OK);

        Assert.Equal(["payer_name", "payer_address", "description", "line_items"], answer.Json.GetProperty("kept_fields").EnumerateArray().Select(field => field.GetString()!));
        Assert.StartsWith((TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year + 5).ToString(System.Globalization.CultureInfo.InvariantCulture), answer["kept_until"], StringComparison.Ordinal);
        await EndedAsync(app, "paysgpayments", id);
        Assert.Equal([], await WholeStore.FindAsync(app.Connection, [Identifier, Email, Metadata, ReturnUrl]));
        // The payment and the copies that it is found by.
        Assert.All(await WholeStore.FindAsync(app.Connection, [Name, Address, Description, Item]), place => Assert.Matches($"^paysgpayments {ApiClient.ServiceId} [pfs]:", place));
        var receipt = await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}/receipt");
        Assert.Contains(Address, receipt.Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_what_is_unknown_or_unpaid_and_change_nothing()
    {
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        var unpaid = await app.Client.CreatedPaymentAsync(Payment);
        var before = (await app.Client.GetPaymentAsync(unpaid)).Body;

        var refused = (await management.PostAsync(RedactPath(unpaid), "")).Expect(HttpStatusCode.PaymentRequired);
        Assert.Equal("payer_data_needed", refused.ErrorCode);
        Assert.Equal("payment_not_found", (await management.PostAsync(RedactPath("PaY_unknown_payment_x"), "")).Expect(HttpStatusCode.NotFound).ErrorCode);
        Assert.Equal(
            "payment_service_not_found",
            (await management.PostAsync($"{ManagementClient.ServicesPath}/payment_service_00000000-0000-4000-8000-000000000009/payments/{unpaid}/redact", "")).Expect(HttpStatusCode.NotFound).ErrorCode);

        Assert.Equal(before, (await app.Client.GetPaymentAsync(unpaid)).Body);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "u:"));
        (await app.Client.CancelAsync(unpaid)).Expect(HttpStatusCode.OK);
        await QuietAsync(app);
        (await management.PostAsync(RedactPath(unpaid), "")).Expect(HttpStatusCode.OK);
        await EndedAsync(app, "paysgpayments", unpaid);
        Assert.Equal([], await WholeStore.FindAsync(app.Connection, Secrets));
    }

    [Fact]
    public async Task Should_take_the_customer_out_of_an_attempt_on_a_payment_link()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);
        var account = await management.CreatedAccountAsync(receiver.Url.AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var link = await merchant.CreatedLinkAsync();
        (await app.Client.PostAsync(
            $"/sandbox/payment-links/{link.ReffNo()}/attempts",
            $$$"""{"payment_method":"QRIS","outcome":"succeeded","customer":{"name":"Lim Bee Hoon","email":"{{{Email}}}","phone":"+65 9876 5432"}}""",
            apiKey: null,
            idempotencyKey: "link-1")).Expect(HttpStatusCode.OK);
        await receiver.WaitForAsync(1);
        await QuietAsync(app);
        string[] secrets = ["Lim Bee Hoon", Email, "9876 5432"];
        Assert.All(secrets, secret => Assert.NotEmpty(WholeStore.FindAsync(app.Connection, [secret]).GetAwaiter().GetResult()));
        var history = (await merchant.GetAsync($"/api/v1.0/payment-link-histories/{account}")).Data()[0];
        var path = $"{ManagementClient.AccountPath(account)}/histories";

        Assert.Equal("history_not_found", (await management.PostAsync($"{path}/1/redact", "")).Expect(HttpStatusCode.NotFound).ErrorCode);
        (await management.PostAsync($"{path}/{history.GetProperty("id")}/redact", "")).Expect(HttpStatusCode.OK);
        await EndedAsync(app, "paysgpaymentlinks", history.GetProperty("reff_no").GetString()!);

        Assert.Equal([], await WholeStore.FindAsync(app.Connection, secrets));
        Assert.Equal("", (await merchant.GetAsync($"/api/v1.0/payment-link-histories/{account}")).Data()[0].GetProperty("customer_name").GetString());

        (await app.Client.PostAsync($"/sandbox/payment-links/{link.ReffNo()}/attempts", """{"payment_method":"QRIS","outcome":"pending"}""", apiKey: null)).Expect(HttpStatusCode.OK);
        var pending = (await merchant.GetAsync($"/api/v1.0/payment-link-histories/{account}")).Data().EnumerateArray().First(entry => entry.GetProperty("status").GetString() == "pending");
        Assert.Equal("payer_data_needed", (await management.PostAsync($"{path}/{pending.GetProperty("id")}/redact", "")).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
    }

    private static async Task<string> FoundAsync(ApiClient client)
    {
        var list = (await client.GetAsync($"{ApiClient.PaymentsPath}?reference_id=B-1")).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        return list.GetArrayLength() == 0 ? "" : list[0].GetProperty("id").GetString()!;
    }

    private static string RedactPath(string id) => $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/payments/{id}/redact";

    /// <summary>Waits until no outbox row that is due is left.</summary>
    private static Task QuietAsync(PaySgApp app) => LocalHost.Eventually.TrueAsync(async () =>
        !(await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).Concat(await StoredRows.OfAsync(app.Connection, "paysgpaymentlinks", "o:"))
            .Any(row => row.RowKey.Contains(":event:", StringComparison.Ordinal)));

    private static Task EndedAsync(PaySgApp app, string table, string subject) => LocalHost.Eventually.TrueAsync(async () =>
        (await StoredRows.OfAsync(app.Connection, table, "u:" + subject)).Any(row => row.ContainsKey("ended_at")));

    private static async Task<IReadOnlyList<string>> InLaterBackupAsync(PaySgApp app)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = app.Connection };
            await new BackupProgram(environment, TextWriter.Null).RunAsync(PaySg.LocalHost.CommandLine.Parse(["backup", folder]), CancellationToken.None);
            var found = new List<string>();
            foreach (var file in Directory.GetFiles(folder, "*.jsonl.gz"))
            {
                found.AddRange(WholeStore.In(await File.ReadAllBytesAsync(file), Secrets));
                using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
                for (var number = 1; await lines.ReadLineAsync() is { } line; number++)
                    found.AddRange(WholeStore.In(RowJson.Read(line, file, number), Secrets));
            }

            return found;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
