using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_administrator_reads_the_audit_log : IAsyncLifetime
{
    private const string Officer = "aisyah@agency.example.sg";
    private const string Payer = "Lim Bee Hoon";
    private const string PayerEmail = "bee.hoon@payers.example";
    private static readonly string Service = $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}";
    private static readonly string Page = $"/dashboard/{ApiClient.ServiceId}/audit";

    private PaySgApp app = null!;
    private ManagementClient management = null!;
    private OfficerClient officer = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync();
        management = new ManagementClient(app.BaseAddress);
        officer = await OfficerClient.SignedInAsync(app.BaseAddress, "everything");
    }

    public async Task DisposeAsync()
    {
        officer.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Should_find_everything_that_members_and_the_operator_did_the_newest_first_and_nothing_of_payers_or_secrets()
    {
        // What API keys do is in the events.
        var paid = await app.Client.CreatedPaymentAsync(A.Payment().Of(1130).With("payer_name", Payer).With("payer_email", PayerEmail));
        (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
        (await app.Client.CancelAsync(await app.Client.CreatedPaymentAsync())).Expect(HttpStatusCode.OK);
        Assert.Empty(await RowsAsync());

        var (key, secret) = await management.IssuedKeyAsync();
        (await management.DeleteAsync($"{ManagementClient.KeysPath()}/{key}")).Expect(HttpStatusCode.NoContent);
        var member = await management.InvitedMemberAsync("mei.ling@agency.example.sg");
        (await management.PostAsync($"{Service}/members", """{"email":"mei.ling@agency.example.sg","permissions":["view","refund"]}""")).Expect(HttpStatusCode.OK);
        (await management.DeleteAsync($"{Service}/members/{member}")).Expect(HttpStatusCode.NoContent);
        (await management.PatchAsync(Service, """{"name":"=HYPERLINK(\"http://x\")","gst_rate_percent":8.5,"logo_url":null}""")).Expect(HttpStatusCode.OK);
        (await management.PatchAsync(Service, """{"gst_rate_percent":8.50}""")).Expect(HttpStatusCode.OK);

        var created = await CreatedByFormAsync();
        var page = OfficerClient.PathOf(created);
        foreach (var (step, action) in ((string, string)[])[("", "send"), ("?step=cancel", "cancel")])
        {
            var form = SettingsForms.Of(await officer.OpenAsync(page + step));
            form["action"] = action;
            (await officer.PostAsync(page, form)).Expect(HttpStatusCode.SeeOther);
        }

        var refund = await officer.RefundFormAsync(paid, "1.30");
        foreach (var _ in (int[])[1, 2])
            (await officer.SubmitAsync(paid, refund)).Expect(HttpStatusCode.SeeOther);
        var discarded = await officer.UploadedAsync($"reference_id,payer_name,description,amount\nINV-1,{Payer},Fee,1.00\n");
        (await officer.PressAsync(discarded, "discard")).Expect(HttpStatusCode.SeeOther);
        var batch = await officer.UploadedAsync($"reference_id,payer_name,payer_email,description,amount\nINV-1,{Payer},{PayerEmail},Fee,1.00\n");
        (await officer.PressAsync(batch, "start")).Expect(HttpStatusCode.SeeOther);
        await LocalHost.Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("Send all unsent links", StringComparison.Ordinal));
        foreach (var _ in (int[])[1, 2])
            (await officer.PressAsync(batch, "mail")).Expect(HttpStatusCode.SeeOther);
        await LocalHost.Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("The links are sent", StringComparison.Ordinal));
        (await management.PostAsync($"{Service}/payments/{paid}/redact", "")).Expect(HttpStatusCode.OK);

        var entries = await EntriesAsync($"{Service}/audit-log?limit=100");
        Assert.Equal(
            [
                ("payment.redacted", "management"), ("batch.links_mailed", Officer), ("batch.confirmed", Officer), ("batch.uploaded", Officer), ("batch.discarded", Officer), ("batch.uploaded", Officer),
                ("payment.refund_asked", Officer), ("payment.cancelled", Officer), ("payment.link_mailed", Officer), ("payment.created", Officer), ("payment_service.updated", "management"),
                ("member.removed", "management"), ("member.updated", "management"), ("member.invited", "management"), ("api_key.revoked", "management"), ("api_key.created", "management"),
            ],
            entries.Select(entry => (entry.GetProperty("action").GetString()!, Who(entry))));
        Assert.Equal(entries.Count, (await RowsAsync()).Count);
        Assert.Equal(entries.Select(entry => entry.GetProperty("at").GetString()).OrderDescending(), entries.Select(entry => entry.GetProperty("at").GetString()));
        Assert.Equal([created, created, created], entries.Where(entry => entry.GetProperty("action").GetString() is "payment.created" or "payment.cancelled" or "payment.link_mailed").Select(entry => entry.GetProperty("subject_id").GetString()));
        Assert.Equal("""[{"field":"name","before":"Demo agency","after":"=HYPERLINK(\"http://x\")"},{"field":"gst_rate_percent","before":null,"after":"8.5"}]""", ChangesOf(entries, "payment_service.updated"));
        Assert.Equal("""[{"field":"permissions","before":"view","after":"view, refund"}]""", ChangesOf(entries, "member.updated"));
        Assert.Contains("\"refund_amount_in_cents\",\"before\":null,\"after\":\"130\"", ChangesOf(entries, "payment.refund_asked"), StringComparison.Ordinal);

        var whole = string.Concat(await Task.WhenAll(OpenAsync($"{Page}?from=2020-01-01"), OpenAsync($"{Page}/audit-log.csv"), Task.FromResult(string.Concat(entries))));
        foreach (var hidden in (string[])[Payer, PayerEmail, secret])
            Assert.DoesNotContain(hidden, whole, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", whole, StringComparison.Ordinal);

        // Whose they are, on which days, and as a file.
        Assert.Equal(9, (await EntriesAsync($"{Service}/audit-log?by=AISYAH@&limit=100")).Count);
        Assert.Equal(7, (await EntriesAsync($"{Service}/audit-log?by=management&limit=100")).Count);
        Assert.Empty(await EntriesAsync($"{Service}/audit-log?to=2026-01-15"));
        var shown = PageText.Of(await OpenAsync($"{Page}?by=aisyah&from=2020-01-01&to="));
        Assert.Contains($"Payment cancelled by {Officer} {created}", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("by the operator", shown, StringComparison.Ordinal);
        Assert.Contains("Name of the payment service: =HYPERLINK(\"http://x\") (was Demo agency )", PageText.Of(await OpenAsync(Page)), StringComparison.Ordinal);
        var file = (await officer.GetAsync($"{Page}/audit-log.csv?by=management")).Expect(HttpStatusCode.OK);
        Assert.Equal(("text/csv; charset=utf-8", "attachment; filename=\"audit-log.csv\""), (file.Headers["Content-Type"], file.Headers["Content-Disposition"]));
        Assert.Contains(",name,Demo agency,\"'=HYPERLINK(\"\"http://x\"\")\"\r\n", file.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Officer, file.Body, StringComparison.Ordinal);
        Assert.Contains($"was asked for by {Officer}", PageText.Of(await OpenAsync(page)), StringComparison.Ordinal);
        Assert.Contains("The payer’s data was taken away by the operator", PageText.Of(await OpenAsync(OfficerClient.PathOf(paid))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_go_on_page_by_page_through_what_stands_in_several_places()
    {
        for (var i = 0; i < 13; i++)
        {
            await management.IssuedKeyAsync();
            (await management.PatchAsync(Service, $$"""{"support_phone":"+65 6000 00{{i:00}}"}""")).Expect(HttpStatusCode.OK);
        }

        var first = await OpenAsync(Page);
        Assert.Equal(20, first.Split("<li>").Length - 1 - first.Split("<ul class=\"changes\">").Skip(1).Sum(part => part.Split("</ul>")[0].Split("<li>").Length - 1));
        var older = WebUtility.HtmlDecode(first.Split("<a class=\"button second\" href=\"")[1].Split('"')[0]);
        app.HttpTraffic.Forget();
        var second = await OpenAsync(older);
        Assert.Equal(5, app.HttpTraffic.TableRequests.Count(request => request.Filter is not null));
        Assert.DoesNotContain("Older entries", second, StringComparison.Ordinal);
        Assert.Contains("API key issued by the operator", PageText.Of(second), StringComparison.Ordinal);

        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = (await management.GetAsync($"{Service}/audit-log?limit=3{cursor}")).Expect(HttpStatusCode.OK).Json;
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()!));
            var info = page.GetProperty("page_info");
            cursor = info.GetProperty("has_next_page").GetBoolean() ? $"&after={info.GetProperty("end_cursor").GetString()}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(26, seen.Count);
        Assert.Equal(26, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Should_find_all_that_was_done_in_the_developers_corner_at_endpoints_that_are_gone_too()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (webhooks, keys) = ($"/dashboard/{ApiClient.ServiceId}/developers/webhooks", $"/dashboard/{ApiClient.ServiceId}/developers/api-keys");
        (string, string)[] typed = [("webhook_url", receiver.Url.AbsoluteUri), ("event_all", "yes")];
        var (quiet, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.cancelled"));

        (await PressAsync($"{webhooks}?step=create", webhooks, "create", typed)).Expect(HttpStatusCode.OK);
        var id = (await app.Client.GetAsync(ApiClient.EndpointsPath)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(each => each.GetProperty("id").GetString()!).Single(each => each != quiet);
        var endpoint = $"{webhooks}/{id}";
        (await PressAsync($"{endpoint}?step=edit", endpoint, "edit", [.. typed, ("description", "till")])).Expect(HttpStatusCode.SeeOther);
        (await PressAsync($"{endpoint}?step=rotate", endpoint, "rotate")).Expect(HttpStatusCode.OK);
        var delivery = (await PressAsync(endpoint, endpoint, "test")).Expect(HttpStatusCode.SeeOther).Headers["Location"].Split('?')[0];
        (await PressAsync(delivery, delivery, "resend")).Expect(HttpStatusCode.SeeOther);
        (await PressAsync(endpoint, endpoint, "recover", ("since", "2026-01-15T09:30"))).Expect(HttpStatusCode.SeeOther);
        (await PressAsync(endpoint, endpoint, "disable")).Expect(HttpStatusCode.SeeOther);
        (await PressAsync(endpoint, endpoint, "enable")).Expect(HttpStatusCode.SeeOther);
        (await PressAsync($"{keys}?step=create", keys, "create", ("label", "till"), ("permission_view", "yes"))).Expect(HttpStatusCode.OK);
        var key = (await EntriesAsync($"{Service}/audit-log"))[0].GetProperty("subject_id").GetString()!;
        (await PressAsync($"{keys}/{key}?step=revoke", $"{keys}/{key}", "revoke")).Expect(HttpStatusCode.SeeOther);
        (await PressAsync($"{endpoint}?step=delete", endpoint, "delete")).Expect(HttpStatusCode.SeeOther);

        // What an API key does is in the deliveries.
        await app.Client.PostAsync($"{ApiClient.EndpointPath(quiet)}/test", "");
        app.HttpTraffic.Forget();
        var entries = await EntriesAsync($"{Service}/audit-log");

        Assert.Equal(5 + 1, app.HttpTraffic.TableRequests.Count(request => request.Filter is not null));
        Assert.Equal(
            [
                "webhook_endpoint.deleted", "api_key.revoked", "api_key.created", "webhook_endpoint.updated", "webhook_endpoint.updated", "recovery.started", "delivery.resent",
                "webhook_endpoint.tested", "webhook_endpoint.secret_rotated", "webhook_endpoint.updated", "webhook_endpoint.created",
            ],
            entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry => Assert.Equal(Officer, Who(entry)));
        Assert.Equal(entries.Count, (await RowsAsync()).Count);
        Assert.Equal($$"""[{"field":"endpoint_id","before":null,"after":"{{id}}"}]""", ChangesOf(entries, "delivery.resent"));
        var seen = PageText.Of(await OpenAsync(Page));
        foreach (var words in (string[])["Webhook sent again", "Webhook endpoint tested", "Recovery of webhooks started", "Webhook secret replaced"])
            Assert.Contains($"{words} by {Officer}", seen, StringComparison.Ordinal);
        Assert.Contains("delivery.resent", await OpenAsync($"{Page}/audit-log.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_what_the_operator_did_to_an_account()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var account = await management.CreatedAccountAsync(receiver.Url.AbsoluteUri + "?token=s3cret");
        var issued = (await management.PostAsync(ManagementClient.CredentialsPath(account), """{"label":"till"}""")).Expect(HttpStatusCode.Created);
        (await management.PatchAsync(ManagementClient.AccountPath(account), $$"""{"phone":"+65 6000 0000","transaction_notif_url":"{{receiver.Url.AbsoluteUri}}?token=other"}""")).Expect(HttpStatusCode.OK);
        (await management.PostAsync($"{ManagementClient.AccountPath(account)}/deliveries/recover", """{"since":0}""")).Expect(HttpStatusCode.Accepted);
        (await management.DeleteAsync($"{ManagementClient.CredentialsPath(account)}/{issued["client_id"]}")).Expect(HttpStatusCode.NoContent);

        var entries = await EntriesAsync($"{ManagementClient.AccountPath(account)}/audit-log");

        Assert.Equal(["credential.revoked", "recovery.started", "account.updated", "credential.created", "account.created"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Contains("\"field\":\"transaction_notif_url\"", ChangesOf(entries, "account.updated"), StringComparison.Ordinal);
        foreach (var hidden in (string[])["s3cret", "token=", issued["client_secret"]!])
            Assert.DoesNotContain(hidden, string.Concat(entries), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=31-FEB-2026", "from", "31-FEB-2026")]
    [InlineData("from=2026-02-01&to=2026-01-31", "to", "2026-01-31")]
    [InlineData("to=<script>", "to", "&lt;script&gt;")]
    [InlineData("after=audit_1", "from", "")]
    [InlineData("by=a&by=b", "by", "a,b")]
    public async Task Should_see_a_wrong_filter_again_with_what_was_typed_and_the_mistake_beside_it(string query, string field, string typed)
    {
        await OpenAsync(Page);
        foreach (var path in (string[])[Page, $"{Page}/audit-log.csv"])
        {
            app.HttpTraffic.Forget();
            var again = (await officer.GetAsync($"{path}?{query}")).Expect(HttpStatusCode.BadRequest).Body;
            Assert.Contains($"id=\"{field}-error\"", again, StringComparison.Ordinal);
            Assert.Contains($"value=\"{typed}\"", again, StringComparison.Ordinal);
            Assert.DoesNotContain(app.HttpTraffic.TableRequests, request => request.Filter is not null);
        }

        (await officer.GetAsync($"{Page}/payments.csv")).Expect(HttpStatusCode.NotFound);
        Assert.Equal("invalid_parameters", (await management.GetAsync($"{Service}/audit-log?{query}&by=")).Expect(HttpStatusCode.BadRequest).ErrorCode);
    }

    private static string Who(JsonElement entry) => entry.GetProperty("by").GetProperty("email").GetString() ?? entry.GetProperty("by").GetProperty("id").GetString()!;

    private static string ChangesOf(IReadOnlyList<JsonElement> entries, string action) => entries.Single(entry => entry.GetProperty("action").GetString() == action).GetProperty("changes").GetRawText();

    private async Task<Answer> PressAsync(string page, string path, string action, params (string Name, string Value)[] typed)
    {
        var form = SettingsForms.Of(await officer.OpenAsync(page)).Where(field => field.Key is "token" or "form" or "seen").ToDictionary(StringComparer.Ordinal);
        form["action"] = action;
        foreach (var (name, value) in typed)
            form[name] = value;
        return await officer.PostAsync(path, form);
    }

    private Task<string> OpenAsync(string path) => officer.OpenAsync(path);

    private async Task<IReadOnlyList<JsonElement>> EntriesAsync(string path) => [.. (await management.GetAsync(path)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    private async Task<List<Azure.Data.Tables.TableEntity>> RowsAsync()
    {
        var rows = new List<Azure.Data.Tables.TableEntity>();
        foreach (var table in (string[])["paysgaccess", "paysgpayments", "paysgwebhooks", "paysgdeliveries"])
            rows.AddRange(await StoredRows.OfAsync(app.Connection, table, "t:"));
        return rows;
    }

    private async Task<string> CreatedByFormAsync()
    {
        var path = $"/dashboard/{ApiClient.ServiceId}/new-payment";
        var form = SettingsForms.Of(await officer.OpenAsync(path));
        (form["reference_id"], form["payer_name"], form["payer_email"], form["description"], form["amount"]) = ("INV-1", Payer, PayerEmail, "Fee", "11.30");
        return (await officer.PostAsync(path, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"].Split('/')[^1].Split('?')[0];
    }
}
