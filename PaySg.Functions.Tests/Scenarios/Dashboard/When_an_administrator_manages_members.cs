using System.Net;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.SignIn;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Evelyn is the administrator of a payment service of her own, and manages its members on the dashboard.</summary>
public sealed class When_an_administrator_manages_members(SharedApp shared) : IClassFixture<SharedApp>, IAsyncLifetime
{
    private static readonly string[] Hidden = ["action", "token", "form", "member", "before"];
    private ManagementClient management = null!;
    private OfficerClient evelyn = null!;
    private string service = null!;

    private string Members => $"/dashboard/{service}/members";

    public async Task InitializeAsync()
    {
        management = new ManagementClient(shared.App.BaseAddress);
        service = await management.CreatedServiceAsync();
        (await management.PostAsync($"{ManagementClient.ServicesPath}/{service}/members", $$"""{"email":"{{Email("administrator")}}","permissions":["administrator"]}""")).Expect(HttpStatusCode.OK);
        evelyn = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "administrator");
    }

    public Task DisposeAsync()
    {
        evelyn.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Should_let_her_invite_change_and_remove_somebody()
    {
        Assert.Contains($"href=\"{Members}\"", await evelyn.OpenAsync("/dashboard"), StringComparison.Ordinal);
        using var farid = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "stranger");

        await SaveAsync(await InvitationAsync(" FARID@agency.example.sg ", "view", "billing"), "They are invited");
        await farid.OpenAsync($"/dashboard/{service}/new-payment");
        Assert.Contains("Farid Hassan farid@agency.example.sg view, billing", PageText.Of(await evelyn.OpenAsync(Members)), StringComparison.Ordinal);

        var id = await IdOfAsync("farid@agency.example.sg");
        var form = await FormAsync($"?change={id}");
        form["billing"] = "yes";
        await SaveAsync(form, "The change is saved");
        (await farid.GetAsync($"/dashboard/{service}/payments")).Expect(HttpStatusCode.Forbidden);

        Assert.Contains("Remove Farid Hassan?", PageText.Of(await evelyn.OpenAsync($"{Members}?remove={id}")), StringComparison.Ordinal);
        var removal = await FormAsync($"?remove={id}");
        await SaveAsync(removal, "They are removed");
        await SaveAsync(removal, "They are removed");
        (await farid.GetAsync($"/dashboard/{service}/new-payment")).Expect(HttpStatusCode.NotFound);
        Assert.DoesNotContain("farid", await evelyn.OpenAsync(Members), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_do_once_what_is_sent_twice()
    {
        var form = await InvitationAsync("once@agency.example.sg", "view");

        await SaveAsync(form, "They are invited");
        await SaveAsync(form, "They are invited");

        Assert.Equal(2, (await management.GetAsync($"{ManagementClient.ServicesPath}/{service}/members")).Json.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("nobody", "view", "The email address must be an email address.", HttpStatusCode.BadRequest)]
    [InlineData("", "view", "The email address must not be empty.", HttpStatusCode.BadRequest)]
    [InlineData("new@agency.example.sg", "", "Choose one thing at least that they may do.", HttpStatusCode.BadRequest)]
    [InlineData("evelyn@agency.example.sg", "view", "The email address is that of a member.", HttpStatusCode.Conflict)]
    [InlineData("<b>\"x@agency.example.sg", "view", "The email address must be an email address.", HttpStatusCode.BadRequest)]
    public async Task Should_show_an_invitation_that_is_wrong_again_with_what_was_typed(string email, string permission, string expected, HttpStatusCode status)
    {
        var answer = (await evelyn.PostAsync(Members, await InvitationAsync(email, permission))).Expect(status);

        Assert.Contains(expected, PageText.Of(answer.Body), StringComparison.Ordinal);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(email)}\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(permission == "view", answer.Body.Contains("name=\"view\" value=\"yes\" checked", StringComparison.Ordinal));
        Assert.Equal("evelyn@agency.example.sg", Assert.Single((await management.GetAsync($"{ManagementClient.ServicesPath}/{service}/members")).Json.GetProperty("data").EnumerateArray()).GetProperty("email").GetString());
    }

    [Fact]
    public async Task Should_keep_an_administrator_and_say_why()
    {
        var id = await IdOfAsync(Email("administrator"));
        var change = await FormAsync($"?change={id}");
        change.Remove("administrator");
        change["view"] = "yes";

        foreach (var form in (IDictionary<string, string>[])[change, await FormAsync($"?remove={id}")])
            Assert.Contains("They are the only administrator. Make somebody else one first.", PageText.Of((await evelyn.PostAsync(Members, form)).Expect(HttpStatusCode.Conflict).Body), StringComparison.Ordinal);

        await evelyn.OpenAsync(Members);
    }

    [Fact]
    public async Task Should_let_her_go_once_somebody_else_is_there()
    {
        await SaveAsync(await InvitationAsync("other@agency.example.sg", "administrator"), "They are invited");

        var page = await evelyn.OpenAsync($"{Members}?remove={await IdOfAsync(Email("administrator"))}");
        Assert.Contains("This is you", PageText.Of(page), StringComparison.Ordinal);
        var answer = await evelyn.PostAsync(Members, await FormAsync($"?remove={await IdOfAsync(Email("administrator"))}"));

        Assert.Equal("/dashboard", answer.Expect(HttpStatusCode.SeeOther).Headers["Location"]);
        (await evelyn.GetAsync(Members)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_tell_the_second_of_two_administrators_what_the_first_has_changed()
    {
        await SaveAsync(await InvitationAsync("both@agency.example.sg", "view"), "They are invited");
        var id = await IdOfAsync("both@agency.example.sg");
        var (first, second) = (await FormAsync($"?change={id}"), await FormAsync($"?change={id}"));
        first["view"] = first["refund"] = "yes";
        second["billing"] = "yes";

        await SaveAsync(first, "The change is saved");
        var late = (await evelyn.PostAsync(Members, second)).Expect(HttpStatusCode.Conflict);

        Assert.Contains("Somebody has changed this member meanwhile. They now may: view, refund.", PageText.Of(late.Body), StringComparison.Ordinal);
        await SaveAsync(first, "The change is saved");
    }

    [Theory]
    [InlineData("?change=member_00000000-0000-7000-8000-000000000000")]
    [InlineData("?remove=nonsense")]
    public async Task Should_not_find_a_member_that_there_is_not(string query) => (await evelyn.GetAsync(Members + query)).Expect(HttpStatusCode.NotFound);

    [Fact]
    public async Task Should_refuse_a_form_without_its_token_and_one_that_asks_for_nothing()
    {
        var form = await InvitationAsync("new@agency.example.sg", "view");
        form["action"] = "promote";
        (await evelyn.PostAsync(Members, form)).Expect(HttpStatusCode.BadRequest);
        (form["action"], form["token"]) = ("invite", "1.x");
        (await evelyn.PostAsync(Members, form)).Expect(HttpStatusCode.Forbidden);
    }

    private static string Email(string person) => DemoPerson.Find(person)!.Email;

    private async Task SaveAsync(IDictionary<string, string> form, string notice)
    {
        var location = (await evelyn.PostAsync(Members, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        Assert.Contains(notice, PageText.Of(await evelyn.OpenAsync(location)), StringComparison.Ordinal);
    }

    /// <summary>The form that invites somebody, as it is sent.</summary>
    private async Task<IDictionary<string, string>> InvitationAsync(string email, params string[] permissions)
    {
        var form = await FormAsync("");
        form["email"] = email;
        foreach (var permission in permissions.Where(static permission => permission.Length > 0))
            form[permission] = "yes";
        return form;
    }

    /// <summary>The hidden fields of a form.</summary>
    private async Task<IDictionary<string, string>> FormAsync(string query)
    {
        var page = await evelyn.OpenAsync(Members + query);
        return Hidden
            .Where(name => page.Contains($"name=\"{name}\"", StringComparison.Ordinal))
            .ToDictionary(name => name, name => PageText.Hidden(page, name), StringComparer.Ordinal);
    }

    private async Task<string> IdOfAsync(string email) => (await management.GetAsync($"{ManagementClient.ServicesPath}/{service}/members")).Json.GetProperty("data")
        .EnumerateArray().Single(member => member.GetProperty("email").GetString() == email).GetProperty("id").GetString()!;
}
