using System.Net;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The product as an agency runs it: its pages have the masthead, and its payment service has a logo.</summary>
public sealed class AgencyApp : IAsyncDisposable
{
    private readonly string serviceId;
    private readonly string apiKey;

    private AgencyApp(PaySgApp app, string serviceId, string apiKey) => (App, this.serviceId, this.apiKey) = (app, serviceId, apiKey);

    public PaySgApp App { get; }

    public static async Task<AgencyApp> StartAsync()
    {
        var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__GovernmentMasthead"] = "true" });
        var management = new ManagementClient(app.BaseAddress);
        var service = await management.CreatedServiceAsync("Licences");
        await using var pictures = await PictureServer.StartAsync();
        pictures.Send(PictureServer.Logo());
        (await management.PatchAsync(
            $"{ManagementClient.ServicesPath}/{service}",
            $$"""
            {"agency_name":"Harbour Licensing Office","agency_address":"1 Example Quay, Singapore 000000","support_email":"help@harbour.example.gov.sg",
             "support_phone":"+65 6000 0000","gst_rate_percent":9,"gst_registration_number":"M90312345X","logo_url":"{{pictures.Url}}"}
            """)).Expect(HttpStatusCode.OK);
        return new AgencyApp(app, service, (await management.IssuedKeyAsync(service, "\"view\",\"billing\"")).Secret);
    }

    /// <summary>The address of a new payment's page.</summary>
    public async Task<Uri> CreatedPageAsync(bool isPaid = false)
    {
        var id = (await App.Client.PostAsync($"/v1/payment-services/{serviceId}/payments", PageState.Payment().ToString(), apiKey)).Expect(HttpStatusCode.Created)["id"]!;
        if (isPaid)
            (await App.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return new Uri(App.BaseAddress, PageClient.PathOf(id));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
