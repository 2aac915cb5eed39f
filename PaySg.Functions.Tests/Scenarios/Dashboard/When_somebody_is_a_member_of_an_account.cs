using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.SignIn;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_somebody_is_a_member_of_an_account : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;
    private ManagementClient management = null!;
    private string account = null!;

    private string Members => ManagementClient.AccountMembersPath(account);

    private string Links => $"/dashboard/accounts/{account}/links";

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        management = new ManagementClient(app.BaseAddress);
        account = await management.CreatedAccountAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_come_in_by_an_invitation_and_be_out_ten_seconds_after_they_were_removed()
    {
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "stranger");
        (await officer.GetAsync(Links)).Expect(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Merchant", await officer.OpenAsync("/dashboard"), StringComparison.Ordinal);

        var id = await management.InvitedMemberAsync(DemoPerson.Find("stranger")!.Email, Members);
        await officer.OpenAsync(Links);
        Assert.Contains("Accounts with payment links Merchant You may: view", PageText.Of(await officer.OpenAsync("/dashboard")), StringComparison.Ordinal);
        var listed = Assert.Single((await management.GetAsync(Members)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        Assert.Equal((id, "Farid Hassan"), (listed.GetProperty("id").GetString(), listed.GetProperty("name").GetString()));

        // The same address, invited again, may do something else.
        Assert.Equal(id, await management.InvitedMemberAsync(DemoPerson.Find("stranger")!.Email, Members, "\"billing\""));
        clock.Shift = TimeSpan.FromSeconds(10.1);
        (await officer.GetAsync(Links)).Expect(HttpStatusCode.Forbidden);

        Assert.Contains($"href=\"/dashboard/accounts/{account}/new-link\"", await officer.OpenAsync("/dashboard"), StringComparison.Ordinal);
        await management.InvitedMemberAsync(DemoPerson.Find("stranger")!.Email, Members, "\"refund\"");
        await management.InvitedMemberAsync(DemoPerson.Find("stranger")!.Email, $"{ManagementClient.ServicesPath}/{await management.CreatedServiceAsync()}/members", "\"refund\"");
        clock.Shift = TimeSpan.FromSeconds(20.2);
        Assert.Contains("Merchant You may: refund", PageText.Of(await officer.OpenAsync("/dashboard")), StringComparison.Ordinal);

        (await management.DeleteAsync($"{Members}/{id}")).Expect(HttpStatusCode.NoContent);
        clock.Shift = TimeSpan.FromSeconds(30.3);
        (await officer.GetAsync(Links)).Expect(HttpStatusCode.NotFound);
        Assert.Equal("member_not_found", (await management.DeleteAsync($"{Members}/{id}")).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Fact]
    public async Task Should_be_managed_by_the_rules_for_payment_services_and_by_paths_of_accounts_alone()
    {
        var first = await management.InvitedMemberAsync("one@agency.example.sg", Members, "\"administrator\"");
        Assert.Equal("last_administrator", (await management.DeleteAsync($"{Members}/{first}")).Expect(HttpStatusCode.Conflict).ErrorCode);
        Assert.Equal("last_administrator", (await management.PostAsync(Members, """{"email":"one@agency.example.sg","permissions":["view"]}""")).Expect(HttpStatusCode.Conflict).ErrorCode);
        var second = await management.InvitedMemberAsync("two@agency.example.sg", Members, "\"administrator\"");
        var removals = await Task.WhenAll(management.DeleteAsync($"{Members}/{first}"), management.DeleteAsync($"{Members}/{second}"));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], removals.Select(answer => answer.Status).Order());

        const string Invitation = """{"email":"three@agency.example.sg","permissions":["view"]}""";
        foreach (var (owner, code) in new[] { ($"{ManagementClient.ServicesPath}/{account}", "payment_service_not_found"), (ManagementClient.AccountPath(ApiClient.ServiceId), "account_not_found"), (ManagementClient.AccountPath("01ARZ3NDEKTSV4RRFFQ69G5FAV"), "account_not_found") })
        {
            Assert.Equal(code, (await management.PostAsync($"{owner}/members", Invitation)).Expect(HttpStatusCode.NotFound).ErrorCode);
            Assert.Equal(code, (await management.GetAsync($"{owner}/members")).Expect(HttpStatusCode.NotFound).ErrorCode);
            Assert.Equal(code, (await management.DeleteAsync($"{owner}/members/{second}")).Expect(HttpStatusCode.NotFound).ErrorCode);
        }
    }
}
