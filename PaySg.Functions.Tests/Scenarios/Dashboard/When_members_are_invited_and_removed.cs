using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.SignIn;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_members_are_invited_and_removed : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;
    private ManagementClient management = null!;
    private string service = null!;

    private string Members => $"{ManagementClient.ServicesPath}/{service}/members";

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        management = new ManagementClient(app.BaseAddress);
        service = await management.CreatedServiceAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_let_in_whoever_signs_in_by_the_address_first_and_list_them()
    {
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "stranger");
        (await officer.GetAsync($"/dashboard/{service}/payments")).Expect(HttpStatusCode.NotFound);
        Assert.Contains("You are not a member of any payment service or account yet", PageText.Of(await officer.OpenAsync("/dashboard")), StringComparison.Ordinal);

        var invited = await InviteAsync("FARID@agency.example.sg", "view");
        Assert.Equal(("farid@agency.example.sg", null, null), (invited["email"], invited["name"], invited["joined_at"]));
        await officer.OpenAsync($"/dashboard/{service}/payments");

        Assert.Contains("Ministry of Tests", await officer.OpenAsync("/dashboard"), StringComparison.Ordinal);
        var listed = Assert.Single((await management.GetAsync(Members)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        Assert.Equal((invited["id"], "Farid Hassan"), (listed.GetProperty("id").GetString(), listed.GetProperty("name").GetString()));

        // The address alone opens nothing any more: somebody else of the same name is somebody else.
        var store = app.Services.GetRequiredService<MemberStore>();
        var other = new Person("00000000-0000-4000-8000-0000000000ff", "another", "Farid Hassan", "farid@agency.example.sg");
        Assert.Null(await store.FindAsync(other, service, CancellationToken.None));
    }

    [Fact]
    public async Task Should_let_nobody_in_ten_seconds_after_they_were_removed()
    {
        var invited = await InviteAsync(Email("stranger"), "view");
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "stranger");
        await officer.OpenAsync($"/dashboard/{service}/payments");

        (await management.DeleteAsync($"{Members}/{invited["id"]}")).Expect(HttpStatusCode.NoContent);
        clock.Shift = TimeSpan.FromSeconds(10.1);

        (await officer.GetAsync($"/dashboard/{service}/payments")).Expect(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Ministry of Tests", await officer.OpenAsync("/dashboard"), StringComparison.Ordinal);
        Assert.Equal("member_not_found", (await management.DeleteAsync($"{Members}/{invited["id"]}")).Expect(HttpStatusCode.NotFound).ErrorCode);

        var again = await InviteAsync(Email("stranger"), "view");
        Assert.NotEqual(invited["id"], again["id"]);
        await officer.OpenAsync($"/dashboard/{service}/payments");
    }

    [Fact]
    public async Task Should_change_permissions_by_inviting_again()
    {
        var invited = await InviteAsync(Email("stranger"), "view");
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "stranger");
        await officer.OpenAsync($"/dashboard/{service}/payments");

        var changed = await InviteAsync(Email("stranger"), "billing");

        Assert.Equal((invited["id"], "Farid Hassan"), (changed["id"], changed["name"]));
        clock.Shift = TimeSpan.FromSeconds(10.1);
        (await officer.GetAsync($"/dashboard/{service}/payments")).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_keep_the_last_administrator_whoever_goes_at_the_same_moment()
    {
        var first = await InviteAsync("one@agency.example.sg", "administrator");
        Assert.Equal("last_administrator", (await management.DeleteAsync($"{Members}/{first["id"]}")).Expect(HttpStatusCode.Conflict).ErrorCode);
        Assert.Equal("last_administrator", (await PostAsync("one@agency.example.sg", "view")).Expect(HttpStatusCode.Conflict).ErrorCode);

        var second = await InviteAsync("two@agency.example.sg", "administrator");
        var removals = await Task.WhenAll(management.DeleteAsync($"{Members}/{first["id"]}"), management.DeleteAsync($"{Members}/{second["id"]}"));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], removals.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task Should_invite_once_however_many_ask_at_once_and_answer_a_repetition_the_same()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync("one@agency.example.sg", "view")));

        Assert.Single(answers.Select(answer => answer.Expect(HttpStatusCode.OK)["id"]).Distinct());
        var keyed = await management.PostAsync(Members, """{"email":"two@agency.example.sg","permissions":["view"]}""", "key");
        Assert.Equal(keyed.Body, (await management.PostAsync(Members, """{"email":"two@agency.example.sg","permissions":["view"]}""", "key")).Expect(HttpStatusCode.OK).Body);
    }

    [Theory]
    [InlineData("""{"permissions":["view"]}""", "email")]
    [InlineData("""{"email":"nobody","permissions":["view"]}""", "email")]
    [InlineData("""{"email":"one@agency.example.sg"}""", "permissions")]
    [InlineData("""{"email":"one@agency.example.sg","permissions":["everything"]}""", "permissions")]
    public async Task Should_refuse_an_invitation_that_is_none(string body, string field) =>
        Assert.Equal([field], (await management.PostAsync(Members, body)).Expect(HttpStatusCode.BadRequest).ErrorFields);

    private static string Email(string person) => DemoPerson.Find(person)!.Email;

    private async Task<Answer> InviteAsync(string email, string permission) => (await PostAsync(email, permission)).Expect(HttpStatusCode.OK);

    private Task<Answer> PostAsync(string email, string permission) => management.PostAsync(Members, $$"""{"email":"{{email}}","permissions":["{{permission}}"]}""");
}
