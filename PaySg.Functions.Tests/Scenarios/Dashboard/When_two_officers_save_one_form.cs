using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Two officers have opened one form. The write of the slow one is held up, when everything is read and compared, until the quick one is done: nothing is written over,
/// and the slow one reads what the quick one has done.
/// </summary>
public sealed class When_two_officers_save_one_form(SharedApp shared) : IClassFixture<SharedApp>, IAsyncLifetime
{
    private const string SlowAddress = "evelyn@agency.example.sg";
    private const string Account = "/dashboard/accounts/" + SingapayClient.AccountId;
    private const string QuickHook = "http://127.0.0.1:1/quick";

    private static readonly string Service = $"/dashboard/{ApiClient.ServiceId}";
    private readonly ManagementClient management = new(shared.App.BaseAddress);
    private OfficerClient quick = null!;
    private OfficerClient slow = null!;

    public static TheoryData<string> Forms => ["settings", "account", "member", "removed member", "invitation", "endpoint", "rotation", "deletion", "link"];

    public async Task InitializeAsync()
    {
        quick = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");
        slow = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "administrator");
    }

    public Task DisposeAsync()
    {
        quick.Dispose();
        slow.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Should_save_what_the_first_wants_and_tell_the_other_what_that_was(string what)
    {
        var (email, path) = ($"{what.Replace(' ', '.')}@agency.example.sg", "");
        switch (what)
        {
            case "settings":
                await SaveAsync("paysgaccess", $"{Service}/settings", $"{Service}/settings", [("support_phone", "+65 6000 0001")], [("agency_name", "Slow agency")], "Phone number for help: +65 6000 0001", "value=\"Slow agency\"");
                Assert.Equal(("+65 6000 0001", null), await ServiceAsync("support_phone", "agency_name"));
                break;
            case "account":
                await SaveAsync("paysgaccess", $"{Account}/settings", $"{Account}/settings", [("action", "save"), ("name", "Quick merchant")], [("action", "save"), ("name", "Slow merchant")], "it is called Quick merchant", "value=\"Slow merchant\"");
                Assert.Equal("Quick merchant", (await management.GetAsync(ManagementClient.AccountPath()))["name"]);
                break;
            case "member":
                path = $"{Service}/members?change={await management.InvitedMemberAsync(email)}";
                await SaveAsync("paysgaccess", path, $"{Service}/members", [("view", "yes"), ("billing", "yes")], [("view", "yes"), ("refund", "yes")], "They now may: view, billing.");
                break;
            case "removed member":
                // The form that changes somebody does not invite them again.
                var member = await management.InvitedMemberAsync(email);
                await SaveAsync("paysgaccess", $"{Service}/members?change={member}", $"{Service}/members", [("action", "remove"), ("member", member)], [("view", "yes"), ("refund", "yes")], "There is nothing here", status: HttpStatusCode.NotFound);
                break;
            case "invitation":
                path = $"{Service}/members";
                await SaveAsync("paysgaccess", path, path, [("email", email), ("view", "yes")], [("email", email), ("view", "yes"), ("administrator", "yes")], "is that of a member. Change what they may do in the list", $"value=\"{email}\"");
                break;
            case "endpoint":
                path = await EndpointAsync();
                await SaveAsync("paysgwebhooks", $"{path}?step=edit", path, [("webhook_url", QuickHook), ("event_payment.cancelled", "yes")], [("webhook_url", "http://127.0.0.1:1/slow"), ("event_all", "yes")], $"it is {QuickHook}, and gets payment.cancelled.", "value=\"http://127.0.0.1:1/slow\"");
                break;
            case "rotation":
                path = await EndpointAsync();
                await SaveAsync("paysgwebhooks", $"{path}?step=rotate", path, [("expires_in_seconds", "0")], [("expires_in_seconds", "0")], "Somebody has changed this since you opened the page.", quickStatus: HttpStatusCode.OK);
                break;
            case "deletion":
                path = await EndpointAsync();
                await SaveAsync("paysgwebhooks", $"{path}?step=delete", path, await EditOfAsync(path), [], "Somebody has changed this since you opened the page.", QuickHook);
                break;
            default:
                (await management.PostAsync($"{ManagementClient.AccountPath()}/members", $$"""{"email":"{{SlowAddress}}","permissions":["view","billing","administrator"]}""")).Expect(HttpStatusCode.OK);
                path = $"{Account}/links/{await shared.App.Singapay.CreatedLinkIdAsync()}";
                await SaveAsync("paysgpaymentlinks", $"{path}?step=edit", path, [("status", "open"), ("max_usage", "7")], [("status", "open"), ("max_usage", "9")], "Somebody has changed this link in the meantime.", "value=\"9\"");
                Assert.Contains("0 of 7", PageText.Of(await quick.OpenAsync(path)), StringComparison.Ordinal);
                break;
        }
    }

    private async Task SaveAsync(
        string table, string page, string path, (string Name, string Value)[] quickly, (string Name, string Value)[] slowly, string told, string kept = "", HttpStatusCode status = HttpStatusCode.Conflict, HttpStatusCode quickStatus = HttpStatusCode.SeeOther)
    {
        var (first, second) = (await FormAsync(quick, page, quickly), await FormAsync(slow, page, slowly));
        var held = HeldRequests.On(shared.App.HttpTraffic, request => request.Writes(table) && request.Body.Contains(SlowAddress, StringComparison.Ordinal));
        var late = slow.PostAsync(path, second);
        await Task.WhenAny(held.Arrived, late);
        Assert.False(late.IsCompleted, late.IsCompleted ? (await late).Body : "");

        (await quick.PostAsync(path, first)).Expect(quickStatus);
        held.Release();

        var again = (await late).Expect(status).Body;
        Assert.Contains(told, PageText.Of(again), StringComparison.Ordinal);
        Assert.Contains(kept, again, StringComparison.Ordinal);
    }

    /// <summary>The form of a page with what is typed into it. Boxes that are ticked are not sent by themselves.</summary>
    private static async Task<Dictionary<string, string>> FormAsync(OfficerClient officer, string page, params IEnumerable<(string Name, string Value)> typed)
    {
        var form = SettingsForms.Of(await officer.OpenAsync(page));
        foreach (var box in (string[])["view", "billing", "refund", "administrator", .. form.Keys.Where(name => name.StartsWith("event_", StringComparison.Ordinal) || name.StartsWith("method_", StringComparison.Ordinal))])
            form.Remove(box);
        foreach (var (name, value) in typed)
            form[name] = value;
        return form;
    }

    /// <summary>What a form sends that changes the endpoint.</summary>
    private async Task<(string Name, string Value)[]> EditOfAsync(string endpoint) =>
        [.. (await FormAsync(quick, $"{endpoint}?step=edit", [("webhook_url", QuickHook), ("event_all", "yes")])).Select(field => (field.Key, field.Value))];

    private async Task<string> EndpointAsync() =>
        $"{Service}/developers/webhooks/{(await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("http://127.0.0.1:1/before")))).Id}";

    private async Task<(string? First, string? Second)> ServiceAsync(string first, string second)
    {
        var service = (await management.GetAsync($"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}")).Expect(HttpStatusCode.OK);
        return (service[first], service[second]);
    }
}
