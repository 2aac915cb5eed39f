using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>The developers' corner: keys, endpoints, deliveries, recoveries and refused calls.</summary>
public sealed partial class When_a_developer_uses_the_dashboard : IAsyncLifetime
{
    private const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private PaySgApp app = null!;
    private WebhookReceiver receiver = null!;
    private OfficerClient officer = null!;

    private static string Corner => $"/dashboard/{ApiClient.ServiceId}/developers";

    private static string KeysPath => $"{Corner}/api-keys";

    private static string WebhooksPath => $"{Corner}/webhooks";

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(settings: PaySgApp.FailedMessagesAtOnce);
        receiver = await WebhookReceiver.StartAsync();
        officer = await OfficerClient.SignedInAsync(app.BaseAddress, "everything");
    }

    public async Task DisposeAsync()
    {
        officer.Dispose();
        await app.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Should_issue_a_key_and_show_it_once_however_often_the_form_is_sent()
    {
        Assert.Contains($"href=\"{KeysPath}\">Developers</a>", await officer.OpenAsync(OfficerClient.ListPath), StringComparison.Ordinal);
        var wrong = (await PressAsync($"{KeysPath}?step=create", KeysPath, "create", ("label", ""))).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("id=\"label-error\"", wrong, StringComparison.Ordinal);
        Assert.Contains("Name is required.", PageText.Of(wrong), StringComparison.Ordinal);
        Assert.Contains("What it may do: tick one or more.", PageText.Of(wrong), StringComparison.Ordinal);
        var again = (await PressAsync($"{KeysPath}?step=create", KeysPath, "create", ("label", new string('x', 101)), ("permission_refund", "yes"))).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains($"value=\"{new string('x', 101)}\"", again, StringComparison.Ordinal);
        Assert.Matches("name=\"permission_refund\" value=\"yes\" checked", again);
        Assert.DoesNotMatch("name=\"permission_view\" value=\"yes\" checked", again);

        var form = await FormAsync($"{KeysPath}?step=create", "create", ("label", Evil[..39]), ("permission_view", "yes"));
        var issued = (await officer.PostAsync(KeysPath, form)).Expect(HttpStatusCode.OK);
        var secret = SecretOf(issued.Body);
        Assert.StartsWith("paysg_stag_", secret, StringComparison.Ordinal);
        Assert.Equal("no-store", issued.Headers["Cache-Control"]);
        var repeated = (await officer.PostAsync(KeysPath, form)).Expect(HttpStatusCode.OK).Body;
        Assert.DoesNotContain(secret, repeated, StringComparison.Ordinal);
        Assert.Contains("It is shown once.", PageText.Of(repeated), StringComparison.Ordinal);
        var other = new Dictionary<string, string>(form, StringComparer.Ordinal) { ["label"] = "another" };
        Assert.Contains("sent before with other values", (await officer.PostAsync(KeysPath, other)).Expect(HttpStatusCode.Conflict).Body, StringComparison.Ordinal);

        (await app.Client.GetAsync(ApiClient.PaymentsPath, secret)).Expect(HttpStatusCode.OK);
        (await app.Client.PostAsync(ApiClient.PaymentsPath, A.Payment().ToString(), secret)).Expect(HttpStatusCode.Forbidden);
        var list = await officer.OpenAsync(KeysPath);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);
        Assert.Contains($"{secret[..15]}… ({secret.Length} characters)", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", list, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(list, Regex.Escape(secret[..15]), RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotContain(app.Log.All, line => line.Message.Contains(secret, StringComparison.Ordinal) || line.Properties.Values.Any(value => value.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(await StoredRows.OfAsync(app.Connection, "paysgaccess", "k:"), row => row.Any(column => (column.Value as string ?? Encoding.UTF8.GetString(column.Value as byte[] ?? [])).Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_say_on_which_day_a_key_was_used_last_by_one_write_a_day()
    {
        var (id, secret) = await new ManagementClient(app.BaseAddress).IssuedKeyAsync();
        Assert.Matches("till.*Not yet", PageText.Of(await officer.OpenAsync(KeysPath)));
        (await app.Client.GetAsync(ApiClient.PaymentsPath, secret)).Expect(HttpStatusCode.OK);
        app.HttpTraffic.Forget();

        for (var i = 0; i < 5; i++)
            (await app.Client.GetAsync(ApiClient.PaymentsPath, secret)).Expect(HttpStatusCode.OK);
        Assert.Equal(5, app.HttpTraffic.Requests.Count);
        app.HttpTraffic.Forget();
        await app.Services.GetRequiredService<KeyActivities>().WriteAsync();
        await app.Services.GetRequiredService<KeyActivities>().WriteAsync();

        Assert.Single(app.HttpTraffic.Requests);
        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-SG"));
        Assert.Contains($"Last used {today}", PageText.Of(await officer.OpenAsync($"{KeysPath}/{id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_revoke_a_key_after_a_question_and_keep_it_on_the_list()
    {
        var (id, secret) = await new ManagementClient(app.BaseAddress).IssuedKeyAsync();
        var path = $"{KeysPath}/{id}";
        Assert.Contains("Revoke till?", PageText.Of(await officer.OpenAsync($"{path}?step=revoke")), StringComparison.Ordinal);
        var form = await FormAsync($"{path}?step=revoke", "revoke");

        foreach (var _ in (int[])[1, 2])
            Assert.Equal(path, (await officer.PostAsync(path, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);

        Assert.Equal("invalid_api_key", (await app.Client.GetAsync(ApiClient.PaymentsPath, secret)).Expect(HttpStatusCode.Unauthorized).ErrorCode);
        app.HttpTraffic.Forget();
        var page = await officer.OpenAsync(path);
        Assert.InRange(app.HttpTraffic.TableRequests.Count, 4, 6);
        Assert.Contains("Revoked", PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("step=revoke", page, StringComparison.Ordinal);
        Assert.Matches("Revoked keys.*till", PageText.Of(await officer.OpenAsync(KeysPath)));
        (await officer.GetAsync($"{KeysPath}/key_00000000-0000-4000-8000-00000000ffff")).Expect(HttpStatusCode.NotFound);
        (await officer.GetAsync($"{KeysPath}?after=x")).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_show_the_last_hundred_refused_calls_of_a_key_for_two_requests_however_many_there_were()
    {
        var (id, secret) = await new ManagementClient(app.BaseAddress).IssuedKeyAsync();
        var typed = $"{ApiClient.PaymentsPath}/TYPED_BY_SOMEBODY?payer=secretive";
        (await app.Client.GetAsync(ApiClient.PaymentsPath, secret)).Expect(HttpStatusCode.OK);
        await app.Services.GetRequiredService<KeyActivities>().WriteAsync();
        app.HttpTraffic.Forget();

        for (var i = 0; i < 120; i++)
            (await app.Client.PostAsync(ApiClient.PaymentsPath, A.Payment().ToString(), secret)).Expect(HttpStatusCode.Forbidden);
        Assert.Empty(app.HttpTraffic.Requests);
        var missing = (await app.Client.GetAsync(typed, secret)).Expect(HttpStatusCode.NotFound);
        var elsewhere = (await app.Client.GetAsync("/v1/payment-services/payment_service_00000000-0000-4000-8000-0000000000ee/payments", secret)).Expect(HttpStatusCode.NotFound);
        var guessed = (await app.Client.GetAsync(ApiClient.PaymentsPath, secret + "x")).Expect(HttpStatusCode.Unauthorized);
        app.HttpTraffic.Forget();
        await app.Services.GetRequiredService<KeyActivities>().WriteAsync();
        Assert.Equal(2, app.HttpTraffic.Requests.Count);
        await app.Services.GetRequiredService<KeyActivities>().WriteAsync();
        Assert.Equal(2, app.HttpTraffic.Requests.Count);

        var page = await officer.OpenAsync($"{KeysPath}/{id}");

        Assert.Equal(100, RequestId().Count(page));
        var text = PageText.Of(page[page.IndexOf("<tbody>", StringComparison.Ordinal)..]);
        Assert.StartsWith("GET /v1/payment-services/{paymentServiceId}/payments payment_service_not_found", text, StringComparison.Ordinal);
        Assert.Contains("GET /v1/payment-services/{paymentServiceId}/payments/{paymentId} payment_not_found", text, StringComparison.Ordinal);
        Assert.Contains("POST /v1/payment-services/{paymentServiceId}/payments insufficient_permissions", text, StringComparison.Ordinal);
        Assert.Contains(missing.Headers["x-request-id"], text, StringComparison.Ordinal);
        Assert.Contains(elsewhere.Headers["x-request-id"], text, StringComparison.Ordinal);
        Assert.DoesNotContain(guessed.Headers["x-request-id"], text, StringComparison.Ordinal);
        foreach (var row in await StoredRows.OfAsync(app.Connection, "paysgaccess", "refused:"))
            Assert.DoesNotContain("secretive", Encoding.UTF8.GetString(row.GetBinary("doc0")) + page, StringComparison.Ordinal);
        Assert.DoesNotContain("TYPED_BY", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_register_change_and_delete_an_endpoint_with_what_was_typed_beside_its_mistakes()
    {
        var wrong = (await PressAsync($"{WebhooksPath}?step=create", WebhooksPath, "create", ("webhook_url", "ftp://elsewhere"), ("description", Evil))).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("id=\"webhook_url-error\"", wrong, StringComparison.Ordinal);
        Assert.Contains("id=\"subscribed_events-error\"", wrong, StringComparison.Ordinal);
        Assert.Contains("value=\"ftp://elsewhere\"", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", wrong, StringComparison.Ordinal);
        Assert.Contains("&lt;script", wrong, StringComparison.Ordinal);

        var form = await FormAsync($"{WebhooksPath}?step=create", "create", ("webhook_url", receiver.Url.AbsoluteUri), ("description", Evil), ("event_payment.created", "yes"));
        var page = (await officer.PostAsync(WebhooksPath, form)).Expect(HttpStatusCode.OK).Body;
        var secret = SecretOf(page);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await officer.PostAsync(WebhooksPath, form)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        var endpoint = Assert.Single(LinksTo(await officer.OpenAsync(WebhooksPath), WebhooksPath + "/we_").Distinct());

        Assert.Contains("every event", PageText.Of(await SavedAsync(endpoint, ("webhook_url", receiver.Url.AbsoluteUri), ("description", ""), ("event_all", "yes"), ("event_payment.created", "yes"))), StringComparison.Ordinal);
        var refused = (await PressAsync($"{endpoint}?step=edit", endpoint, "edit", ("webhook_url", ""), ("event_all", "yes"))).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("id=\"webhook_url-error\"", refused, StringComparison.Ordinal);
        Assert.EndsWith("?done=disable", (await PressAsync(endpoint, endpoint, "disable")).Expect(HttpStatusCode.SeeOther).Headers["Location"], StringComparison.Ordinal);
        Assert.Contains("It was disabled by request.", PageText.Of(await officer.OpenAsync(endpoint)), StringComparison.Ordinal);
        Assert.Contains("This webhook endpoint is disabled.", PageText.Of((await PressAsync(endpoint, endpoint, "recover", ("since", "2026-01-15T09:30"))).Expect(HttpStatusCode.PaymentRequired).Body), StringComparison.Ordinal);
        (await PressAsync(endpoint, endpoint, "enable")).Expect(HttpStatusCode.SeeOther);

        var rotation = await FormAsync($"{endpoint}?step=rotate", "rotate", ("expires_in_seconds", "3600"));
        var rotated = SecretOf((await officer.PostAsync(endpoint, rotation)).Expect(HttpStatusCode.OK).Body);
        Assert.NotEqual(secret, rotated);
        Assert.DoesNotContain(rotated, (await officer.PostAsync(endpoint, rotation)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Contains("signs too until", PageText.Of(await officer.OpenAsync(endpoint)), StringComparison.Ordinal);

        Assert.Contains("Delete this endpoint?", PageText.Of(await officer.OpenAsync($"{endpoint}?step=delete")), StringComparison.Ordinal);
        var deletion = await FormAsync($"{endpoint}?step=delete", "delete");
        foreach (var _ in (int[])[1, 2])
            Assert.Equal($"{WebhooksPath}?done=delete", (await officer.PostAsync(endpoint, deletion)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);
        Assert.Contains("There is no endpoint", PageText.Of(await officer.OpenAsync(WebhooksPath)), StringComparison.Ordinal);
        (await officer.GetAsync(endpoint)).Expect(HttpStatusCode.NotFound);
        Assert.DoesNotContain(app.Log.All, line => line.Message.Contains(secret, StringComparison.Ordinal) || line.Message.Contains(rotated, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_test_an_endpoint_and_show_what_was_sent_and_what_came_back()
    {
        receiver.Responds = static async (_, context) =>
        {
            context.Response.StatusCode = 202;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "taken <b>\nwith thanks");
        };
        var (id, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        var endpoint = $"{WebhooksPath}/{id}";
        var form = await FormAsync(endpoint, "test");

        var first = (await officer.PostAsync(endpoint, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        Assert.Equal(first, (await officer.PostAsync(endpoint, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);
        var webhook = Assert.Single(receiver.All);
        var page = await officer.OpenAsync(first);

        var text = PageText.Of(page);
        Assert.Contains("The test event was taken.", text, StringComparison.Ordinal);
        Assert.Matches("Attempt 1: 202 after [0-9,]+ ms taken <b> with thanks", text);
        foreach (var header in (string[])["PaySG-Signature", "webhook-id", "webhook-timestamp", "webhook-signature", "User-Agent"])
            Assert.Contains($"{header}: {webhook.Headers[header]}", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("\"message\": \"This is a test. Nothing has happened.\"", WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var delivery = first.Split('?')[0];
        (await PressAsync(delivery, delivery, "resend")).Expect(HttpStatusCode.SeeOther);
        await receiver.WaitForAsync(2);
        await UntilAsync(delivery, "Attempts 2");
        (await app.Client.PatchAsync(ApiClient.EndpointPath(id), """{"enabled":false}""")).Expect(HttpStatusCode.OK);
        var late = await officer.OpenAsync(delivery);
        Assert.Contains("Enable it to send this again.", PageText.Of(late), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"resend\"", late, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent This webhook endpoint is disabled.", PageText.Of((await PressAsync(endpoint, delivery, "resend")).Expect(HttpStatusCode.PaymentRequired).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_send_again_what_was_missed_and_show_how_far_that_is()
    {
        receiver.Responds = static (_, context) => Answer(context, 503);
        var (id, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        var endpoint = $"{WebhooksPath}/{id}";
        foreach (var _ in (int[])[1, 2, 3])
            await app.Client.CreatedPaymentAsync();
        await receiver.WaitForAsync(3);
        receiver.Responds = static (_, context) => Answer(context, 204);

        var wrong = (await PressAsync($"{endpoint}?step=recover", endpoint, "recover", ("since", "31-FEB-2026"), ("until", "2026-01-15T09:30"))).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("value=\"31-FEB-2026\"", wrong, StringComparison.Ordinal);
        Assert.Contains("From must be a day and a time that there are", PageText.Of(wrong), StringComparison.Ordinal);
        Assert.Contains("id=\"since-error\"", (await PressAsync($"{endpoint}?step=recover", endpoint, "recover", ("since", "0001-01-01T00:00"))).Expect(HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);
        Assert.Contains("until", (await PressAsync($"{endpoint}?step=recover", endpoint, "recover", ("since", "2026-01-15T09:30"), ("until", "2026-01-14T09:30"))).Expect(HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);
        var form = await FormAsync($"{endpoint}?step=recover", "recover", ("since", "2026-01-15T09:30"), ("until", ""));
        var recovery = (await officer.PostAsync(endpoint, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        Assert.Equal(recovery, (await officer.PostAsync(endpoint, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);

        await UntilAsync(recovery, "Done 3 deliveries were looked at, 3 are sent again.");
        await UntilAsync($"{endpoint}?status=delivered", "payment.created 204");
        Assert.DoesNotContain("payment.created 503", PageText.Of(await officer.OpenAsync($"{endpoint}?status=delivered")), StringComparison.Ordinal);
        Assert.Contains(recovery, await officer.OpenAsync(endpoint), StringComparison.Ordinal);
        (await officer.GetAsync($"{endpoint}/recoveries/rec_00000000-0000-4000-8000-00000000ffff")).Expect(HttpStatusCode.NotFound);
        foreach (var query in (string[])["after=evt_x", "status=nothing"])
            Assert.Contains("There is no such page of the list", PageText.Of((await officer.GetAsync($"{endpoint}?{query}")).Expect(HttpStatusCode.BadRequest).Body), StringComparison.Ordinal);
        foreach (var seconds in (string[])["x", "", "99999999"])
        {
            var refused = (await PressAsync($"{endpoint}?step=rotate", endpoint, "rotate", ("expires_in_seconds", seconds))).Expect(HttpStatusCode.BadRequest).Body;
            Assert.Contains("Nothing was changed Choose one of the times that the form offers.", PageText.Of(refused), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_tell_a_payments_events_and_deliveries_in_its_timeline_and_nothing_of_a_redacted_payer()
    {
        var (id, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.cancelled"));
        await app.Client.CreatedPaymentAsync(A.Payment().With("payer_name", "Somebody Else"));
        var payment = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_name", "Tan Ah Kow").Of(1130));
        (await app.Client.CancelAsync(payment)).Expect(HttpStatusCode.OK);
        await receiver.WaitForAsync(4);
        await UntilAsync($"{WebhooksPath}/{id}", "payment.cancelled 204");
        app.HttpTraffic.Forget();

        var page = await officer.OpenAsync(OfficerClient.PathOf(payment));

        // Four at once; then two moments, each with its events and two endpoints; and what may have been forgotten of membership and payment service.
        Assert.InRange(app.HttpTraffic.TableRequests.Count, 4 + (2 * 3), 4 + (2 * 3) + 2);
        var told = PageText.Of(page[page.IndexOf("What happened", StringComparison.Ordinal)..]);
        Assert.Equal(2, Regex.Count(told, "Event payment\\.(created|cancelled) evt_", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
        Assert.Equal(3, Regex.Count(told, "Webhook to 127\\.0\\.0\\.1:[0-9]+: delivered, 1 attempt 204", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var deliveries = LinksTo(page, $"{WebhooksPath}/we_").ToList();
        Assert.Equal(3, deliveries.Count);
        var seen = LinksTo(page, $"{Corner}/events/evt_").First();
        Assert.Contains(payment, await officer.OpenAsync(seen), StringComparison.Ordinal);
        Assert.Contains("Tan Ah Kow", await officer.OpenAsync(deliveries[0]), StringComparison.Ordinal);
        Assert.Contains("payment.cancelled", PageText.Of(await officer.OpenAsync($"{Corner}/events?type=payment.cancelled")), StringComparison.Ordinal);
        foreach (var (query, mistake) in new[] { ("type=payment.nothing", "Choose one of the list."), ("type=payment.created&after=evt_x", "This address is not whole.") })
        {
            var again = (await officer.GetAsync($"{Corner}/events?{query}")).Expect(HttpStatusCode.BadRequest).Body;
            Assert.Contains("id=\"type-error\"", again, StringComparison.Ordinal);
            Assert.Contains(mistake, PageText.Of(again), StringComparison.Ordinal);
        }

        using var viewer = await OfficerClient.SignedInAsync(app.BaseAddress, "view");
        var looked = await viewer.OpenAsync(OfficerClient.PathOf(payment));
        Assert.Contains("Event payment.created", looked, StringComparison.Ordinal);
        Assert.Contains("delivered, 1 attempt", looked, StringComparison.Ordinal);
        Assert.DoesNotContain("/hook", looked, StringComparison.Ordinal);
        Assert.DoesNotContain("developers/", looked, StringComparison.Ordinal);

        (await new ManagementClient(app.BaseAddress).PostAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}/payments/{payment}/redact", "")).Expect(HttpStatusCode.OK);
        foreach (var path in (string[])[.. deliveries, seen])
        {
            await UntilAsync(path, "[redacted]");
            Assert.DoesNotContain("Tan Ah Kow", await officer.OpenAsync(path), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("req_[0-9a-f]{24}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestId();

    private static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The addresses of a page that begin so, in their order.</summary>
    private static IEnumerable<string> LinksTo(string page, string beginning) =>
        Regex.Matches(page, $"href=\"(?<path>{Regex.Escape(beginning)}[^\"?]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["path"].Value);

    private static string SecretOf(string page) => WebUtility.HtmlDecode(Regex.Match(page, "id=\"secret\" type=\"text\" readonly value=\"(?<secret>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["secret"].Value);

    /// <summary>The fields of a page's form that does something, and what is typed into it.</summary>
    private async Task<IDictionary<string, string>> FormAsync(string page, string action, params (string Name, string Value)[] typed)
    {
        var body = await officer.OpenAsync(page);
        var at = body.IndexOf($"name=\"action\" value=\"{action}\"", StringComparison.Ordinal);
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = action, ["token"] = PageText.Hidden(body, "token"), ["form"] = PageText.Hidden(at < 0 ? body : body[at..], "form"), ["seen"] = PageText.Hidden(body, "seen") };
        foreach (var (name, value) in typed)
            form[name] = value;
        return form;
    }

    private async Task<Answer> PressAsync(string page, string path, string action, params (string Name, string Value)[] typed) =>
        await officer.PostAsync(path, await FormAsync(page, action, typed));

    private async Task<string> SavedAsync(string endpoint, params (string Name, string Value)[] typed)
    {
        var saved = (await PressAsync($"{endpoint}?step=edit", endpoint, "edit", typed)).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        return await officer.OpenAsync(saved);
    }

    /// <summary>Loads a page until it says something.</summary>
    private Task UntilAsync(string path, string text) =>
        LocalHost.Eventually.TrueAsync(async () => PageText.Of(await officer.OpenAsync(path)).Contains(text, StringComparison.Ordinal), TimeSpan.FromMinutes(1));
}
