using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_administrator_changes_the_settings(ManagedAgencyApp managed) : IClassFixture<ManagedAgencyApp>, IAsyncLifetime
{
    private const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    private OfficerClient officer = null!;
    private string service = null!;

    private string Settings => $"/dashboard/{service}/settings";

    public async Task InitializeAsync()
    {
        service = await managed.Management.CreatedServiceAsync("Licences");
        foreach (var person in (string[])["aisyah", "evelyn"])
            (await managed.Management.PostAsync($"{ManagementClient.ServicesPath}/{service}/members", $$"""{"email":"{{person}}@agency.example.sg","permissions":["view","administrator"]}""")).Expect(HttpStatusCode.OK);
        officer = await OfficerClient.SignedInAsync(managed.App.BaseAddress, "everything");
    }

    public Task DisposeAsync()
    {
        officer.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Should_save_what_was_typed_once_and_show_who_changed_what()
    {
        await using var agency = await PictureServer.StartAsync();
        agency.Send(PictureServer.Logo());
        var form = await FormAsync();
        (form["agency_name"], form["agency_address"], form["gst_registration_number"], form["gst_rate_percent"]) = ("Harbour Licensing Office", "1 Example Quay\r\nSingapore 000000", "M90312345X", "8.5");
        (form["logo_url"], form["email_greeting"], form["support_email"], form["support_phone"]) = (agency.Url, "Dear payer,\r\n\r\nthank you.", "help@harbour.example.gov.sg", "+65 6000 0000");

        foreach (var _ in (int[])[1, 2])
            Assert.Equal($"{Settings}?done=saved", (await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);

        var stored = await StoredAsync();
        Assert.Equal(
            ("Harbour Licensing Office", "1 Example Quay\nSingapore 000000", "M90312345X", "8.5", agency.Url, "Dear payer,\n\nthank you.", "help@harbour.example.gov.sg", "+65 6000 0000"),
            (stored["agency_name"], stored["agency_address"], stored["gst_registration_number"], stored["gst_rate_percent"], stored["logo_url"], stored["email_greeting"], stored["support_email"], stored["support_phone"]));
        Assert.Equal(1, agency.Fetches);
        var page = await officer.OpenAsync($"{Settings}?done=saved");
        Assert.Contains("The settings are saved.", page, StringComparison.Ordinal);
        Assert.Contains("alt=\"The logo as payers see it\"", page, StringComparison.Ordinal);
        var told = PageText.Of(page);
        Assert.Contains("Settings changed by aisyah@agency.example.sg", told, StringComparison.Ordinal);
        Assert.Contains("GST rate in percent: 8.5", told, StringComparison.Ordinal);
        Assert.Contains("Payment service created by the operator", told, StringComparison.Ordinal);

        // The picture is fetched again only for another address, and what is not changed is not told.
        var next = SettingsForms.Of(page);
        Assert.Equal("Dear payer,\n\nthank you.", next["email_greeting"]);
        next["support_phone"] = "";
        (await officer.PostAsync(Settings, next)).Expect(HttpStatusCode.SeeOther);
        Assert.Equal(1, agency.Fetches);
        Assert.Null((await StoredAsync())["support_phone"]);
        Assert.Contains("Phone number for help: no longer +65 6000 0000", PageText.Of(await officer.OpenAsync(Settings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "", "is required")]
    [InlineData("gst_rate_percent", "nine", "must be a number from 0 to 100")]
    [InlineData("gst_rate_percent", "1e1", "must be a number from 0 to 100")]
    [InlineData("gst_rate_percent", "9.125", "must be a number from 0 to 100")]
    [InlineData("gst_rate_percent", "101", "must be a number from 0 to 100")]
    [InlineData("gst_registration_number", "M9-0312", "must be 8 to 12 letters and digits")]
    [InlineData("support_email", "nobody", "Email address for help")]
    [InlineData("support_phone", Evil + "0123456789", "must be at most 50 characters")]
    [InlineData("logo_url", "http://127.0.0.1:1/<logo>", "Address of the logo")]
    public async Task Should_show_the_form_again_with_what_was_typed_and_the_mistake_beside_it(string field, string typed, string mistake)
    {
        var form = await FormAsync();
        form["agency_name"] = Evil;
        form[field] = typed;
        var before = (await managed.Management.GetAsync($"{ManagementClient.ServicesPath}/{service}")).Body;

        var again = (await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.BadRequest).Body;

        Assert.Contains($"id=\"{field}-error\"", again, StringComparison.Ordinal);
        Assert.Contains(mistake, PageText.Of(again), StringComparison.Ordinal);
        Assert.Equal((typed, Evil), (SettingsForms.Of(again)[field], SettingsForms.Of(again)["agency_name"]));
        Assert.DoesNotContain("<script", again, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", again, StringComparison.Ordinal);
        Assert.Equal(before, (await managed.Management.GetAsync($"{ManagementClient.ServicesPath}/{service}")).Body);

        // Corrected, the form that came back is taken.
        var corrected = SettingsForms.Of(again);
        corrected[field] = form.GetValueOrDefault("shown_" + field, field == "name" ? "Licences" : "");
        (await officer.PostAsync(Settings, corrected)).Expect(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Should_write_nothing_over_what_somebody_else_has_changed_meanwhile_without_a_word()
    {
        using var colleague = await OfficerClient.SignedInAsync(managed.App.BaseAddress, "administrator");
        var (mine, theirs) = (await FormAsync(), SettingsForms.Of(await colleague.OpenAsync(Settings)));
        theirs["support_phone"] = "+65 6111 1111";
        (await colleague.PostAsync(Settings, theirs)).Expect(HttpStatusCode.SeeOther);
        mine["agency_name"] = "Harbour Licensing Office";

        var again = (await officer.PostAsync(Settings, mine)).Expect(HttpStatusCode.Conflict).Body;

        Assert.Contains("Somebody has changed the settings since you opened this page", PageText.Of(again), StringComparison.Ordinal);
        Assert.Contains("Settings changed by evelyn@agency.example.sg Phone number for help: +65 6111 1111", PageText.Of(again), StringComparison.Ordinal);
        Assert.Equal(("+65 6111 1111", null), ((await StoredAsync())["support_phone"], (await StoredAsync())["agency_name"]));
        var form = SettingsForms.Of(again);
        Assert.Equal(("Harbour Licensing Office", ""), (form["agency_name"], form["support_phone"]));

        // Once it was said, the form may be sent as it is.
        (await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.SeeOther);
        Assert.Equal((null, "Harbour Licensing Office"), ((await StoredAsync())["support_phone"], (await StoredAsync())["agency_name"]));

        // The form that was saved cannot be sent with other values.
        form["agency_name"] = "Another";
        Assert.Contains("This form was sent before with other values", PageText.Of((await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.Conflict).Body), StringComparison.Ordinal);
        form["token"] = "";
        (await officer.PostAsync(Settings, form)).Expect(HttpStatusCode.Forbidden);
        Assert.Equal("Harbour Licensing Office", (await StoredAsync())["agency_name"]);
    }

    private async Task<Dictionary<string, string>> FormAsync() => SettingsForms.Of(await officer.OpenAsync(Settings));

    private async Task<Answer> StoredAsync() => (await managed.Management.GetAsync($"{ManagementClient.ServicesPath}/{service}")).Expect(HttpStatusCode.OK);
}
