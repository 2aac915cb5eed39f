using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.SignIn;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Who is let in at which route of the dashboard. A route that has no row here fails.</summary>
public sealed class OfficersAccessTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Tenant = "00000000-0000-4000-8000-0000000000ff";
    private static readonly string[] People = ["everything", "refund", "billing", "view", "administrator", "stranger"];

    /// <summary>Each route with what is asked of it, and who may. All others are refused: members with 403, strangers with 404.</summary>
    private static readonly (string Function, string Method, string Query, string Action, string[] May)[] Doors =
    [
        ("ShowDashboard", "GET", "", "", ["everything", "refund", "billing", "view", "administrator", "stranger"]),
        ("ShowDashboardPayments", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowDashboardPayment", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowDashboardPayment", "GET", "?step=refund", "", ["everything", "refund"]),
        ("ShowDashboardPayment", "GET", "?step=confirm&amount=1.00", "", ["everything", "refund"]),
        ("ShowDashboardPayment", "GET", "?step=cancel", "", ["everything", "billing"]),
        ("SubmitDashboardPayment", "POST", "", "refund", ["everything", "refund"]),
        ("SubmitDashboardPayment", "POST", "", "cancel", ["everything", "billing"]),
        ("SubmitDashboardPayment", "POST", "", "send", ["everything", "billing"]),
        ("ShowNewPayment", "GET", "", "", ["everything", "billing"]),
        ("SubmitNewPayment", "POST", "", "", ["everything", "billing"]),
        ("ShowBatches", "GET", "", "", ["everything", "billing"]),
        ("UploadBatch", "POST", "", "", ["everything", "billing"]),
        ("ShowBatch", "GET", "", "", ["everything", "billing"]),
        ("SubmitBatch", "POST", "", "start", ["everything", "billing"]),
        ("SubmitBatch", "POST", "", "mail", ["everything", "billing"]),
        ("SubmitBatch", "POST", "", "discard", ["everything", "billing"]),
        ("ShowReports", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("GetReport", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("GetBatchMistakes", "GET", "", "", ["everything", "billing"]),
        ("ShowMembers", "GET", "", "", ["everything", "administrator"]),
        ("SubmitMember", "POST", "", "invite", ["everything", "administrator"]),
        ("ShowSettings", "GET", "", "", ["everything", "administrator"]),
        ("SubmitSettings", "POST", "", "", ["everything", "administrator"]),
        ("ShowAuditLog", "GET", "", "", ["everything", "administrator"]),
        ("GetAuditLogFile", "GET", "", "", ["everything", "administrator"]),
        ("ShowApiKeys", "GET", "", "", ["everything", "administrator"]),
        ("SubmitApiKey", "POST", "", "create", ["everything", "administrator"]),
        ("ShowApiKey", "GET", "", "", ["everything", "administrator"]),
        ("ShowApiKey", "GET", "?step=revoke", "", ["everything", "administrator"]),
        ("ChangeApiKey", "POST", "", "revoke", ["everything", "administrator"]),
        ("ShowWebhooks", "GET", "", "", ["everything", "administrator"]),
        ("SubmitWebhook", "POST", "", "create", ["everything", "administrator"]),
        ("ShowWebhook", "GET", "", "", ["everything", "administrator"]),
        ("ShowWebhook", "GET", "?step=edit", "", ["everything", "administrator"]),
        ("ShowWebhook", "GET", "?step=rotate", "", ["everything", "administrator"]),
        ("ShowWebhook", "GET", "?step=recover", "", ["everything", "administrator"]),
        ("ShowWebhook", "GET", "?step=delete", "", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "edit", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "test", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "rotate", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "enable", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "disable", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "recover", ["everything", "administrator"]),
        ("ChangeWebhook", "POST", "", "delete", ["everything", "administrator"]),
        ("ShowWebhookDelivery", "GET", "", "", ["everything", "administrator"]),
        ("ChangeWebhookDelivery", "POST", "", "resend", ["everything", "administrator"]),
        ("ShowWebhookRecovery", "GET", "", "", ["everything", "administrator"]),
        ("ShowWebhookEvents", "GET", "", "", ["everything", "administrator"]),
        ("ShowWebhookEvent", "GET", "", "", ["everything", "administrator"]),
        ("ShowDashboardLinks", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowDashboardLink", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowDashboardLink", "GET", "?step=edit", "", ["everything", "billing"]),
        ("ShowDashboardLink", "GET", "?step=close", "", ["everything", "billing"]),
        ("SubmitDashboardLink", "POST", "", "close", ["everything", "billing"]),
        ("SubmitDashboardLink", "POST", "", "edit", ["everything", "billing"]),
        ("GetLinkQrCode", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowNewLink", "GET", "", "", ["everything", "billing"]),
        ("SubmitNewLink", "POST", "", "", ["everything", "billing"]),
        ("ShowDashboardHistories", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowDashboardHistory", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowAccountReports", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("GetAccountReport", "GET", "", "", ["everything", "refund", "billing", "view"]),
        ("ShowAccountMembers", "GET", "", "", ["everything", "administrator"]),
        ("SubmitAccountMembers", "POST", "", "invite", ["everything", "administrator"]),
        ("ShowAccountSettings", "GET", "", "", ["everything", "administrator"]),
        ("SubmitAccountSettings", "POST", "", "save", ["everything", "administrator"]),
        ("SubmitAccountSettings", "POST", "", "issue", ["everything", "administrator"]),
        ("ShowAccountAuditLog", "GET", "", "", ["everything", "administrator"]),
        ("GetAccountAuditLogFile", "GET", "", "", ["everything", "administrator"]),
    ];

    private static readonly byte[] File = "reference_id,payer_name,description,amount\nINV-1,Tan,Fee,1.00\n"u8.ToArray();

    private static int forms;

    // The tests of the class share a product, and so this.
    private static Task<(string Endpoint, string Event, string Recovery)>? endpointOfAll;
    private static Task<string>? paidOfAll;
    private static Task<string>? unpaidOfAll;
    private static Task<long>? linkOfAll;
    private static Task<string>? historyOfAll;
    private static Task<string>? batchOfAll;
    private static Task<string>? keyOfAll;
    private static Task<(string Service, string Account)>? others;

    // A payment service and an account; the officer is a member of the account (true) or of the payment service (false).
    private static readonly Dictionary<bool, (string Service, string Account)> OneSided = [];
    private static readonly Dictionary<string, OfficerClient> SignedIn = new(StringComparer.Ordinal);
    private static readonly Dictionary<OfficerClient, string> Tokens = [];

    public static TheoryData<int> Forms => [.. Enumerable.Range(0, Doors.Length).Where(row => Doors[row].Method == "POST")];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Doors.Length)];

    private static IReadOnlyDictionary<string, string> Routes { get; } = (
        from type in typeof(PaySgServices).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger?.Route?.Split('/')[0] == "dashboard"
        select (function.Name, trigger.Route)).ToDictionary(pair => pair.Name, pair => "/" + pair.Route, StringComparer.Ordinal);

    [Fact]
    public void Each_route_has_a_row() => Assert.Equal(Routes.Keys.Order(StringComparer.Ordinal), Doors.Select(door => door.Function).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Lets_in_whoever_may_and_nobody_else(int row)
    {
        var door = Doors[row];
        foreach (var person in People)
        {
            var answer = await KnockAsync(await OfficerAsync(person), door, ApiClient.ServiceId);

            HttpStatusCode[] expected = door.May.Contains(person, StringComparer.Ordinal)
                ? [HttpStatusCode.OK, HttpStatusCode.SeeOther]
                : [person == "stranger" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden];
            Assert.True(expected.Contains(answer.Status), $"{door.Function}{door.Query} {door.Action} as {person}: {(int)answer.Status} {answer.Body}");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Shows_nothing_of_another_payment_service(int row)
    {
        var door = Doors[row];
        if (door.Function == "ShowDashboard")
            return;
        var officer = await OfficerAsync("everything");
        var (service, account) = await (others ??= OthersAsync());

        // Of others; and of an owner that they are a member of, which is of the other kind.
        Assert.Equal(HttpStatusCode.NotFound, (await KnockAsync(officer, door, service, account)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await KnockAsync(officer, door, SingapayClient.AccountId, ApiClient.ServiceId)).Status);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Lets_a_member_of_the_payment_service_into_no_account_and_the_other_way_round(int row)
    {
        var door = Doors[row];
        if (door.Function == "ShowDashboard")
            return;
        var isOfAccount = Routes[door.Function].Contains("{accountId", StringComparison.Ordinal);
        if (!OneSided.TryGetValue(!isOfAccount, out var owners))
            OneSided[!isOfAccount] = owners = await OneSidedAsync(!isOfAccount);

        Assert.Equal(HttpStatusCode.NotFound, (await KnockAsync(await OfficerAsync("everything"), door, owners.Service, owners.Account)).Status);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Believes_no_header_that_comes_from_outside(int row)
    {
        using var nobody = new OfficerClient(shared.App.BaseAddress);
        nobody.Headers["X-MS-CLIENT-PRINCIPAL"] = Forged();

        var answer = await KnockAsync(nobody, Doors[row], ApiClient.ServiceId);

        Assert.Equal(Doors[row].Method == "POST" ? HttpStatusCode.Unauthorized : HttpStatusCode.SeeOther, answer.Status);
        if (answer.Status == HttpStatusCode.SeeOther)
            Assert.StartsWith("/.auth/login/aad?post_login_redirect_uri=%2Fdashboard", answer.Headers["Location"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Takes_no_form_that_was_shown_to_somebody_else_or_comes_from_another_site(int row)
    {
        var (own, theirs) = (Tokens[await OfficerAsync("everything")], Tokens[await OfficerAsync("billing")]);
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");

        foreach (var (token, site) in new[] { ("", "same-origin"), (theirs, "same-origin"), (own[..^2] + "AA", "same-origin"), (own, "cross-site") })
        {
            Tokens[officer] = token;
            officer.Headers["Sec-Fetch-Site"] = site;
            var answer = await KnockAsync(officer, Doors[row], ApiClient.ServiceId);
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            Assert.Contains("This form is out of date Nothing was changed.", PageText.Of(answer.Body), StringComparison.Ordinal);
        }

        Tokens.Remove(officer);
    }

    [Theory]
    [InlineData("WEBSITE_AUTH_ENABLED", "false")]
    [InlineData("WEBSITE_AUTH_ENABLED", "")]
    [InlineData("PaySg__Dashboard__Enabled", "false")]
    public async Task Does_not_exist_where_it_is_not_turned_on_or_the_platform_signs_nobody_in(string setting, string value)
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { [setting] = value });
        using var forger = new OfficerClient(app.BaseAddress);
        forger.Headers["X-MS-CLIENT-PRINCIPAL"] = Forged();
        (await forger.GetAsync("/.auth/login/aad?person=everything")).Expect(HttpStatusCode.Found);

        foreach (var door in Doors)
        {
            var answer = await KnockAsync(forger, door, ApiClient.ServiceId);
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.ErrorCode));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await forger.GetAsync("/dashboard/anything/else")).Status);
    }

    [Fact]
    public async Task Tells_browsers_not_to_frame_run_or_send_anything_elsewhere()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "view");

        foreach (var path in (string[])["/dashboard", OfficerClient.ListPath, OfficerClient.PathOf("nothing"), $"/dashboard/{Guid.Empty}/payments"])
        {
            var answer = await officer.GetAsync(path);
            Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
            Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("no-store", answer.Headers["Cache-Control"]);
            Assert.DoesNotContain("<script", answer.Body, StringComparison.Ordinal);
        }
    }

    private static string Forged() => Convert.ToBase64String(PlatformHeaders.PrincipalOf(DemoPerson.Find("everything")!, Tenant));

    /// <summary>Somebody who is signed in, for all tests of the class, with a token of a page that they may see: it is the person's, not the page's.</summary>
    private async Task<OfficerClient> OfficerAsync(string person)
    {
        if (SignedIn.TryGetValue(person, out var known))
            return known;

        var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, person);
        foreach (var seen in (string[])[OfficerClient.PathOf(await PaymentForAsync("confirm")) + "?step=confirm&amount=1.00", OfficerClient.PathOf(await PaymentForAsync("")) + "?step=cancel", $"/dashboard/{ApiClient.ServiceId}/developers/api-keys?step=create"])
        {
            var page = await officer.GetAsync(seen);
            if (page.Status == HttpStatusCode.OK)
                Tokens[officer] = PageText.Hidden(page.Body, "token");
        }

        return SignedIn[person] = officer;
    }

    /// <summary>A payment service and an account of which nobody is a member.</summary>
    private async Task<(string Service, string Account)> OthersAsync()
    {
        var management = new ManagementClient(shared.App.BaseAddress);
        return (await management.CreatedServiceAsync(), await management.CreatedAccountAsync());
    }

    /// <summary>The same, and the officer who may everything is a member of one of them.</summary>
    private async Task<(string Service, string Account)> OneSidedAsync(bool isOfAccount)
    {
        var (service, account) = await OthersAsync();
        await new ManagementClient(shared.App.BaseAddress).InvitedMemberAsync(
            DemoPerson.Find("everything")!.Email, isOfAccount ? ManagementClient.AccountMembersPath(account) : $"{ManagementClient.ServicesPath}/{service}/members", "\"view\",\"billing\",\"refund\",\"administrator\"");
        return (service, account);
    }

    private async Task<string> KeyAsync() => (await new ManagementClient(shared.App.BaseAddress).IssuedKeyAsync()).Id;

    /// <summary>Asks for what the door is of. A form has a token of its sender's where they are signed in and can see a page that has one.</summary>
    private async Task<Answer> KnockAsync(OfficerClient officer, (string Function, string Method, string Query, string Action, string[] May) door, string serviceId, string accountId = SingapayClient.AccountId)
    {
        if (Routes[door.Function].Contains("{accountId", StringComparison.Ordinal))
            return await KnockAtAccountAsync(officer, door, accountId);

        var id = await PaymentForAsync(door.Query + door.Action, isChanged: door.Function == "SubmitDashboardPayment");
        var path = Routes[door.Function].Replace("{paymentServiceId}", serviceId, StringComparison.Ordinal).Replace("{paymentId}", id, StringComparison.Ordinal).Replace("{file}", door.Function == "GetAuditLogFile" ? "audit-log.csv" : "payments.csv", StringComparison.Ordinal);
        if (path.Contains("{batchId}", StringComparison.Ordinal))
            path = path.Replace("{batchId}", door.Method == "POST" ? await BatchAsync() : await (batchOfAll ??= BatchAsync()), StringComparison.Ordinal);
        path = await OfDevelopersAsync(path, door.Action);
        if (door.Method == "GET")
            return await officer.GetAsync(path + door.Query);

        var token = Tokens.GetValueOrDefault(officer, "");
        var seen = door.Function == "SubmitSettings" ? await officer.GetAsync($"/dashboard/{ApiClient.ServiceId}/settings") : null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = door.Action, ["token"] = token, ["form"] = $"form_{Interlocked.Increment(ref forms)}", ["amount"] = "1.00", ["left"] = "11.30", ["reference_id"] = "INV-1", ["payer_name"] = "Tan", ["description"] = "Fee", ["name"] = "Demo agency", ["seen"] = seen?.Status == HttpStatusCode.OK ? PageText.Hidden(seen.Body, "seen") : "", ["email"] = $"invited{forms}@agency.example.sg", ["view"] = "yes", ["label"] = "till", ["permission_view"] = "yes", ["webhook_url"] = NewUrl(), ["event_all"] = "yes", ["since"] = "2026-01-15T09:30" };
        if (door is { Function: "ChangeWebhook", Action: "edit" or "rotate" or "delete" })
            fields["seen"] = PageText.Hidden((await officer.GetAsync($"{path}?step={door.Action}")).Body, "seen");
        if (door.Function == "UploadBatch")
            return await officer.UploadAsync(File, token, path);

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        return await officer.SendAsync(request);
    }

    private static string NewUrl() => $"http://127.0.0.1:1/hook{Interlocked.Increment(ref forms)}";

    /// <summary>The path with a key, an endpoint, a delivery and a recovery that there are. What a form changes for good gets things of its own.</summary>
    private async Task<string> OfDevelopersAsync(string path, string action)
    {
        if (path.Contains("{keyId}", StringComparison.Ordinal))
            return path.Replace("{keyId}", action == "revoke" ? await KeyAsync() : await (keyOfAll ??= KeyAsync()), StringComparison.Ordinal);
        if (!path.Contains("{endpointId}", StringComparison.Ordinal) && !path.Contains("{eventId}", StringComparison.Ordinal))
            return path;

        var (endpoint, delivered, recovery) = action is "disable" or "delete" or "recover"
            ? ((await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(NewUrl())).For("webhook.test"))).Id, "", "")
            : await (endpointOfAll ??= EndpointAsync());
        return path.Replace("{endpointId}", endpoint, StringComparison.Ordinal).Replace("{eventId}", delivered, StringComparison.Ordinal).Replace("{recoveryId}", recovery, StringComparison.Ordinal);
    }

    /// <summary>An endpoint with a delivery and a recovery.</summary>
    private async Task<(string Endpoint, string Event, string Recovery)> EndpointAsync()
    {
        var (id, _) = await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(NewUrl())).For("webhook.test"));
        var test = (await shared.Client.PostAsync($"{ApiClient.EndpointPath(id)}/test", "")).Expect(HttpStatusCode.OK);
        var recovery = (await shared.Client.PostAsync($"{ApiClient.EndpointPath(id)}/recover", "{\"since\":\"2026-01-15T09:30:00+08:00\"}")).Expect(HttpStatusCode.Accepted);
        return (id, test["event_id"]!, recovery["id"]!);
    }

    /// <summary>The same at a page of an account.</summary>
    private async Task<Answer> KnockAtAccountAsync(OfficerClient officer, (string Function, string Method, string Query, string Action, string[] May) door, string accountId)
    {
        var link = door.Function == "SubmitDashboardLink" ? await shared.App.Singapay.CreatedLinkIdAsync() : await (linkOfAll ??= shared.App.Singapay.CreatedLinkIdAsync());
        var path = Routes[door.Function].Replace("{accountId:length(26)}", accountId, StringComparison.Ordinal)
            .Replace("{linkId}", link.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{file}", door.Function == "GetAccountAuditLogFile" ? "audit-log.csv" : "histories.csv", StringComparison.Ordinal);
        if (path.Contains("{historyId}", StringComparison.Ordinal))
            path = path.Replace("{historyId}", await (historyOfAll ??= HistoryAsync()), StringComparison.Ordinal);
        if (door.Method == "GET")
            return await officer.GetAsync(path + door.Query);

        var closing = await officer.GetAsync($"/dashboard/accounts/{SingapayClient.AccountId}/links/{link}?step=close");
        var seen = closing.Status == HttpStatusCode.OK ? PageText.Hidden(closing.Body, "seen") : "";
        var number = Interlocked.Increment(ref forms);
        return await officer.PostAsync(path, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["action"] = door.Action, ["token"] = Tokens.GetValueOrDefault(officer, ""), ["form"] = $"form_{number}", ["seen"] = seen, ["reff_no"] = PaymentLinkCalls.NewReffNo(), ["total_amount"] = "150000",
            ["max_usage"] = "10", ["status"] = "open", ["email"] = $"officer{number}@agency.example.sg", ["seen_email"] = $"officer{number}@agency.example.sg", ["view"] = "yes", ["label"] = "till",
        });
    }

    /// <summary>A payer's attempt on a link of the demo account.</summary>
    private async Task<string> HistoryAsync()
    {
        var link = await shared.App.Singapay.CreatedLinkAsync();
        (await shared.Client.PostAsync($"/sandbox/payment-links/{link.ReffNo()}/attempts", """{"payment_method":"QRIS","outcome":"succeeded"}""", apiKey: null)).Expect(HttpStatusCode.OK);
        return (await shared.App.Singapay.GetAsync($"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}")).Data()[0].GetProperty("id").ToString();
    }

    /// <summary>A batch that is ready, where there is a dashboard.</summary>
    private async Task<string> BatchAsync()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");
        return (await officer.UploadedAsync(Encoding.UTF8.GetString(File))).Split('/')[^1];
    }

    /// <summary>A payment that can be refunded, or cancelled: one of its own for what changes it, and else one that all look at.</summary>
    private Task<string> PaymentForAsync(string what, bool isChanged = false)
    {
        var isPaid = what.Contains("refund", StringComparison.Ordinal) || what.Contains("confirm", StringComparison.Ordinal);
        return isChanged ? NewPaymentAsync(isPaid) : isPaid ? paidOfAll ??= NewPaymentAsync(isPaid) : unpaidOfAll ??= NewPaymentAsync(isPaid);
    }

    private async Task<string> NewPaymentAsync(bool isPaid)
    {
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().Of(1130).With("payer_email", $"payer{Interlocked.Increment(ref forms)}@example.com"));
        if (isPaid)
            (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }
}
