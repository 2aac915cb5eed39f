using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The product with a receiver and a clock that a test moves on; it sweeps only when it is told to.</summary>
public sealed class WebhookApp : IAsyncDisposable
{
    private WebhookApp(PaySgApp app, WebhookReceiver receiver, ShiftedClock clock)
    {
        App = app;
        Receiver = receiver;
        Clock = clock;
    }

    public PaySgApp App { get; }

    public WebhookReceiver Receiver { get; }

    public ShiftedClock Clock { get; }

    public ApiClient Client => App.Client;

    internal PaySgTables Tables => App.Services.GetRequiredService<PaySgTables>();

    public static async Task<WebhookApp> StartAsync()
    {
        var clock = new ShiftedClock();
        var app = await PaySgApp.StartAsync(
            settings: new Dictionary<string, string>(PaySgApp.FailedMessagesAtOnce) { ["AzureWebJobs.Sweep.Disabled"] = "true" },
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        return new WebhookApp(app, await WebhookReceiver.StartAsync(), clock);
    }

    /// <summary>Registers an endpoint at the receiver; its id.</summary>
    public async Task<string> EndpointAsync(params string[] types) => (await Client.RegisteredEndpointAsync(A.WebhookEndpoint(Receiver.Url).For(types))).Id;

    /// <summary>Makes an event of type <c>payment.created</c>; the payment's id.</summary>
    public Task<string> EventAsync() => Client.CreatedPaymentAsync();

    /// <summary>The receiver answers this from now on.</summary>
    public void Answer(int status) => Receiver.Responds = (_, context) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Lets time pass, and the sweeper do what it does then.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Shift += time;
        await App.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
    }

    /// <summary>An endpoint as the API shows it.</summary>
    public async Task<Answer> ReadAsync(string endpointId) => await Client.GetAsync(ApiClient.EndpointPath(endpointId));

    /// <summary>The due rows of all endpoints.</summary>
    public Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> DueRowsAsync() => StoredRows.OfAsync(App.Connection, "paysgdeliveries", "d:");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
