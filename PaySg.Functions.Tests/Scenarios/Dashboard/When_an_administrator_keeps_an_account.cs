using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_administrator_keeps_an_account(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Account = "/dashboard/accounts/" + SingapayClient.AccountId;
    private const string Settings = Account + "/settings";
    private const string Members = Account + "/members";

    [Fact]
    public async Task Should_issue_a_credential_whose_secret_is_shown_once_and_revoke_it()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "administrator");
        var form = new Dictionary<string, string>(FormOf(await officer.OpenAsync(Settings), "issue")) { ["label"] = "cash desk <script>" };

        var issued = (await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.OK).Body;
        var (client, secret, key) = (Code(issued, "Client id"), Code(issued, "Client secret"), Code(issued, "API key (X-PARTNER-ID)"));
        using var merchant = new SingapayClient(shared.App.BaseAddress, SingapayClient.AccountId, client, secret, key);
        await merchant.TokenAsync();

        var again = (await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.OK).Body;
        Assert.Contains("the secret was shown then", PageText.Of(again), StringComparison.Ordinal);
        Assert.Equal(client, Code(again, "Client id"));
        var page = await officer.OpenAsync(Settings);
        foreach (var shown in (string[])[again, page])
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Contains(client, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"label-error\"", (await officer.PostAsync(Settings, new Dictionary<string, string>(form) { ["form"] = "form_other", ["label"] = "" })).Expect(HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);

        var question = await officer.OpenAsync($"{Settings}?step=revoke&client={client}");
        var revoke = new Dictionary<string, string>(FormOf(question, "revoke")) { ["client"] = PageText.Hidden(question, "client") };
        (await officer.PostAsync(Settings, revoke)).Expect(HttpStatusCode.SeeOther);

        Assert.DoesNotContain(client, await officer.OpenAsync(Settings), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await new SingapayClient(shared.App.BaseAddress, SingapayClient.AccountId, client, secret, key).RequestTokenAsync()).Status);
    }

    [Fact]
    public async Task Should_change_what_the_account_is_called_and_overwrite_nothing_of_others()
    {
        await using var app = await PaySgApp.StartAsync();
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "administrator");
        var form = SettingsFormOf(await officer.OpenAsync(Settings));
        Assert.Equal("Demo merchant", form["name"]);

        foreach (var (field, value) in new[] { ("name", ""), ("email", "nobody"), ("phone", new string('1', 51)), ("logo_url", "http://127.0.0.1/x.png") })
        {
            var refused = (await officer.PostAsync(Settings, new Dictionary<string, string>(form) { [field] = value })).Expect(HttpStatusCode.BadRequest).Body;
            Assert.Contains($"id=\"{field}-error\"", refused, StringComparison.Ordinal);
            Assert.Contains($"value=\"{value}\"", refused, StringComparison.Ordinal);
        }

        // Somebody changes the phone number meanwhile: that stays. Then somebody changes the name: whoever is late reads so.
        var management = new ManagementClient(app.BaseAddress);
        (await management.PatchAsync(ManagementClient.AccountPath(), """{"phone":"0899"}""")).Expect(HttpStatusCode.OK);
        (await officer.PostAsync(Settings, new Dictionary<string, string>(form) { ["name"] = "Hall office" })).Expect(HttpStatusCode.SeeOther);
        var stored = (await management.GetAsync(ManagementClient.AccountPath())).Expect(HttpStatusCode.OK);
        Assert.Equal(("Hall office", "0899"), (stored["name"], stored["phone"]));

        var late = (await officer.PostAsync(Settings, new Dictionary<string, string>(form) { ["form"] = "form_late", ["name"] = "Town office" })).Expect(HttpStatusCode.Conflict).Body;
        Assert.Contains("Somebody has changed the account in the meantime: it is called Hall office", PageText.Of(late), StringComparison.Ordinal);
        Assert.Equal("Town office", SettingsFormOf(late)["name"]);
        Assert.Equal("Hall office", (await management.GetAsync(ManagementClient.AccountPath()))["name"]);
        (await officer.PostAsync(Settings, SettingsFormOf(late))).Expect(HttpStatusCode.SeeOther);
        Assert.Equal("Town office", (await management.GetAsync(ManagementClient.AccountPath()))["name"]);
    }

    [Fact]
    public async Task Should_invite_and_remove_members_but_not_the_last_administrator()
    {
        await using var app = await PaySgApp.StartAsync();
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "administrator");
        var form = new Dictionary<string, string>(FormOf(await officer.OpenAsync(Members), "invite")) { ["email"] = "farid@agency.example.sg", ["may_view"] = "1", ["may_billing"] = "1" };

        Assert.Contains("id=\"email-error\"", (await officer.PostAsync(Members, new Dictionary<string, string>(form) { ["email"] = "farid" })).Expect(HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);
        Assert.Contains("id=\"permissions-error\"", (await officer.PostAsync(Members, new Dictionary<string, string>(form) { ["may_view"] = "", ["may_billing"] = "" })).Expect(HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);
        foreach (var _ in (int[])[1, 2])
            (await officer.PostAsync(Members, form)).Expect(HttpStatusCode.SeeOther);
        foreach (var behind in (string[])[$"{Members}?after=member_ffffffff-ffff-7fff-bfff-ffffffffffff", $"{Settings}?after=zzz"])
            Assert.Contains("on this page.", await officer.OpenAsync(behind), StringComparison.Ordinal);

        using var farid = await OfficerClient.SignedInAsync(app.BaseAddress, "stranger");
        await farid.OpenAsync($"{Account}/new-link");
        (await farid.GetAsync(Members)).Expect(HttpStatusCode.Forbidden);
        Assert.Contains("farid@agency.example.sg view, billing Farid Hassan", PageText.Of(await officer.OpenAsync(Members)), StringComparison.Ordinal);

        // Two administrators: one goes, and the other has to stay.
        (await RemoveAsync(officer, "aisyah@agency.example.sg")).Expect(HttpStatusCode.SeeOther);
        var last = (await RemoveAsync(officer, "evelyn@agency.example.sg")).Expect(HttpStatusCode.Conflict).Body;
        Assert.Contains("This is the last administrator", PageText.Of(last), StringComparison.Ordinal);
        (await RemoveAsync(officer, "farid@agency.example.sg")).Expect(HttpStatusCode.SeeOther);
        Assert.DoesNotContain("farid@agency.example.sg", await officer.OpenAsync(Members), StringComparison.Ordinal);
        (await officer.PostAsync(Members, new Dictionary<string, string>(form) { ["token"] = "1.x" })).Expect(HttpStatusCode.Forbidden);
    }

    private static async Task<Answer> RemoveAsync(OfficerClient officer, string email)
    {
        var list = await officer.OpenAsync(Members);
        var step = WebUtility.HtmlDecode(list.Split($"aria-label=\"Remove {email}\"")[0].Split("href=\"")[^1].Split('"')[0]);
        var question = await officer.OpenAsync(step);
        Assert.Contains($"Remove {email}?", PageText.Heading(question), StringComparison.Ordinal);
        return await officer.PostAsync(Members, new Dictionary<string, string>(FormOf(question, "remove")) { ["member"] = PageText.Hidden(question, "member") });
    }

    /// <summary>The hidden fields of the form that does this.</summary>
    private static Dictionary<string, string> FormOf(string page, string action)
    {
        var form = page.Split($"name=\"action\" value=\"{action}\"")[1];
        return new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = action, ["token"] = PageText.Hidden(form, "token"), ["form"] = PageText.Hidden(form, "form") };
    }

    private static Dictionary<string, string> SettingsFormOf(string page)
    {
        var form = FormOf(page, "save");
        foreach (var name in (string[])["name", "email", "phone", "logo_url"])
        {
            form[$"seen_{name}"] = PageText.Hidden(page, $"seen_{name}");
            form[name] = WebUtility.HtmlDecode(page.Split($" name=\"{name}\"")[1].Split("value=\"")[1].Split('"')[0]);
        }

        return form;
    }

    private static string Code(string page, string label) => page.Split($"<dt>{label}</dt><dd><code>")[1].Split("</code>")[0];
}
