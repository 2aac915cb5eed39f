using Microsoft.Playwright;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

[Collection(OfficersBrowser.Name)]
public sealed class When_an_officer_uses_a_browser(Browser browser)
{
    [BrowserTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Should_sign_in_find_and_refund_with_and_without_script_on_a_desk_and_a_phone(bool script, bool isPhone)
    {
        var reference = $"HLO-2026-{(script ? 1 : 2)}";
        var id = await OfficerPages.PaidAsync(browser, reference);
        await using var window = await browser.OpenAsync(script, isPhone);

        await window.Page.GotoAsync("/dashboard");
        await window.SeesAsync("Who do you want to be?");
        await window.FollowAsync("Ben Lim");
        await window.SeesAsync("What you work with");
        await window.FollowAsync("Demo agency");
        await window.SeesAsync("Payments");
        await window.Page.GetByText("Search", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await window.Page.GetByLabel("Reference").FillAsync(reference);
        await window.ClickAsync("Search");
        await window.FollowAsync(reference);
        await window.SeesAsync(reference);
        await window.FollowAsync("Refund");
        await window.Page.GetByLabel("Amount in S$").FillAsync("1.234");
        await window.ClickAsync("Continue");
        await window.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        window.Forgive();
        Assert.Equal("1.234", await window.Page.GetByLabel("Amount in S$").InputValueAsync());
        await window.Page.GetByLabel("Amount in S$").FillAsync("10.90");
        await window.ClickAsync("Continue");
        await window.SeesAsync("Refund S$10.90?");
        await window.ClickAsync("Refund S$10.90");
        await window.Page.GetByText("The refund is made.").WaitForAsync();

        Assert.Equal("partially_refunded", (await browser.App.Client.GetPaymentAsync(id))["refund_status"]);
        Assert.Equal(0, await window.OverflowAsync());
        await window.FollowAsync("Sign out");
        await window.SeesAsync("Who do you want to be?");
        Assert.All(window.Requests, request => Assert.Equal(browser.App.BaseAddress.Authority, request.Authority));
    }

    [BrowserFact]
    public async Task Should_create_one_payment_and_three_by_a_file_without_script_on_a_phone()
    {
        await using var window = await browser.OpenAsync(script: false, isPhone: true);
        await window.Page.GotoAsync("/.auth/login/aad?person=billing");
        await window.Page.GotoAsync(OfficerClient.ListPath);
        await window.FollowAsync("New payment");
        await OfficerPages.FillAsync(window, "11.30");
        await OfficerPages.FillRowsAsync(window);
        await window.ClickAsync("More metadata");
        await window.Page.GetByLabel("Name 4", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        Assert.Equal(0, await window.OverflowAsync());
        await window.Page.GetByLabel("Amount in S$").PressAsync("Enter");
        await window.Page.GetByText("The payment is created.").WaitForAsync();
        await window.Page.GetByText("Hall A, an hour × 2: S$10.40").WaitForAsync();
        await window.ClickAsync("Send the link");
        await window.Page.GetByText("The email with the link is on its way.").WaitForAsync();

        await window.FollowAsync("Batches");
        await OfficerPages.All.Single(page => page.Name == "dashboard-batch-done").ReachAsync(browser, window);
        Assert.Equal(0, await window.OverflowAsync());
        await window.ClickAsync("Send all unsent links");
        await window.Page.GetByText("The links are sent: 3").WaitForAsync();
    }

    [BrowserFact]
    public async Task Should_issue_and_revoke_a_key_and_test_an_endpoint_without_script_on_a_phone()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var window = await browser.OpenAsync(script: false, isPhone: true);
        await window.Page.GotoAsync("/.auth/login/aad?person=everything");
        await window.Page.GotoAsync(OfficerClient.ListPath);
        await window.FollowAsync("Developers");
        await window.FollowAsync("Issue a key");
        await window.Page.GetByLabel("Name").FillAsync("Tour");
        await window.Page.GetByText("create and cancel payments").ClickAsync();
        await window.ClickAsync("Issue the key");
        var secret = await window.Page.GetByLabel("API key", new PageGetByLabelOptions { Exact = true }).InputValueAsync();
        (await browser.App.Client.PostAsync(ApiClient.PaymentsPath, A.Payment().ToString(), secret)).Expect(System.Net.HttpStatusCode.Created);
        await window.FollowAsync("To the key");
        await window.FollowAsync("Revoke the key");
        await window.SeesAsync("Revoke Tour?");
        await window.ClickAsync("Revoke the key");
        await window.SeesAsync("Tour");

        await window.FollowAsync("Webhooks");
        await window.FollowAsync("Add an endpoint");
        await window.Page.GetByLabel("URL").FillAsync(receiver.Url.AbsoluteUri);
        await window.ClickAsync("Add the endpoint");
        await window.FollowAsync("To the endpoint");
        await window.ClickAsync("Send a test event");
        await window.Page.GetByText("The test event was taken.").WaitForAsync();
        Assert.Equal("webhook.test", Assert.Single(receiver.All, webhook => webhook.Type == "webhook.test").Type);
        Assert.Equal(0, await window.OverflowAsync());
        Assert.All(window.Requests, request => Assert.Equal(browser.App.BaseAddress.Authority, request.Authority));
        await window.FollowAsync(receiver.Url.AbsoluteUri);
        await window.FollowAsync("Delete");
        await window.ClickAsync("Delete the endpoint");
        await window.Page.GetByText("The endpoint is deleted.").WaitForAsync();
    }

    [BrowserFact]
    public async Task Should_create_change_and_close_a_payment_link_without_script_on_a_phone()
    {
        await using var window = await browser.OpenAsync(script: false, isPhone: true);
        await window.Page.GotoAsync("/.auth/login/aad?person=billing");
        await window.Page.GotoAsync("/dashboard");
        await window.FollowAsync("Demo merchant");
        await window.FollowAsync("New link");
        await window.Page.GetByLabel("Reference").FillAsync(PaymentLinkCalls.NewReffNo());
        await window.Page.GetByLabel("Amount in rupiah").FillAsync("150000");
        await window.Page.GetByText("Ways to pay").First.ClickAsync();
        await window.Page.GetByLabel("QRIS").CheckAsync();
        await window.ClickAsync("Create the link");
        await window.Page.GetByText("The link is created.").WaitForAsync();
        Assert.Equal(0, await window.OverflowAsync());

        await window.FollowAsync("Change");
        Assert.True(await window.Page.GetByLabel("QRIS").IsCheckedAsync());
        await window.Page.GetByLabel("How often it can be paid").FillAsync("5");
        await window.ClickAsync("Save");
        await window.Page.GetByText("The change is saved.").WaitForAsync();
        await window.Page.GetByText("0 of 5").WaitForAsync();
        await window.FollowAsync("Close the link");
        await window.SeesAsync("Close this link?");
        await window.ClickAsync("Close the link");
        await window.Page.GetByText("The link is closed.").WaitForAsync();
        Assert.Equal(0, await window.OverflowAsync());
    }

    [BrowserFact]
    public async Task Should_invite_and_remove_somebody_change_the_settings_and_read_who_did_so_without_script_on_a_phone()
    {
        var management = new ManagementClient(browser.App.BaseAddress);
        var service = await management.CreatedServiceAsync("Licences of the tour");
        await management.InvitedMemberAsync("evelyn@agency.example.sg", $"{ManagementClient.ServicesPath}/{service}/members", "\"administrator\"");
        await using var window = await browser.OpenAsync(script: false, isPhone: true);
        await window.Page.GotoAsync("/.auth/login/aad?person=administrator");
        await window.Page.GotoAsync("/dashboard");
        await window.FollowAsync("Licences of the tour");

        await window.FollowAsync("Members");
        await window.Page.GetByLabel("Email address").FillAsync("nurul@agency.example.sg");
        await window.Page.Locator("input[name=view]").CheckAsync();
        await window.ClickAsync("Invite");
        await window.Page.GetByText("They are invited.").WaitForAsync();
        Assert.Equal(0, await window.OverflowAsync());
        await window.FollowAsync("Remove nurul@agency.example.sg");
        await window.ClickAsync("Remove");
        await window.Page.GetByText("They are removed.").WaitForAsync();

        await window.FollowAsync("Settings");
        await window.Page.GetByLabel("Phone number for help").FillAsync("+65 6000 0001");
        await window.ClickAsync("Save");
        await window.Page.GetByText("The settings are saved.").WaitForAsync();
        Assert.Equal(0, await window.OverflowAsync());

        await window.FollowAsync("Audit log");
        await window.SeesAsync("Audit log");
        var told = await window.Page.Locator("ol.timeline > li").AllInnerTextsAsync();
        Assert.Equal(3, told.Count(entry => entry.Contains("by evelyn@agency.example.sg", StringComparison.Ordinal)));
        Assert.Equal(0, await window.OverflowAsync());
    }

    [BrowserFact]
    public async Task Should_save_a_report_for_whoever_may_only_look()
    {
        await OfficerPages.PaidAsync(browser, "HLO-2026-4");
        await using var window = await OfficerPages.OpenAsync(browser, "view", isPhone: false);
        await window.Page.GotoAsync(OfficerClient.ListPath);

        await window.FollowAsync("Reports");
        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.Locator("a[download]").First.ClickAsync());

        var file = await File.ReadAllBytesAsync(await saved.PathAsync());
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Contains("HLO-2026-4", System.Text.Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Should_show_whoever_may_only_look_no_button_that_changes_anything()
    {
        var id = await OfficerPages.PaidAsync(browser, "HLO-2026-3");
        await using var window = await OfficerPages.OpenAsync(browser, "view", isPhone: false);

        await window.Page.GotoAsync(OfficerClient.PathOf(id));

        Assert.Equal(0, await window.Page.GetByRole(AriaRole.Button).CountAsync());
        Assert.Equal(0, await window.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Refund" }).CountAsync());
    }

    [BrowserTheory]
    [Trait("Category", "Long")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_be_accessible_on_every_page_on_a_phone_in_light_and_on_a_desk_in_dark(int part)
    {
        const int Parts = 3;
        await using var window = await OfficerPages.OpenAsync(browser, "everything", isPhone: part % 2 == 0);
        foreach (var (name, reach) in OfficerPages.All.Where((_, index) => index % Parts == part))
        {
            await reach(browser, window);
            window.Forgive();
            await Accessibility.CheckOnPhoneAndDeskAsync(window, name);
        }
    }
}
