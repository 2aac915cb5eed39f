using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An e-service that receives webhooks on a free loopback port, and answers as the test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<Received> received = new();

    private WebhookReceiver(WebApplication web) => this.web = web;

    /// <summary>What to do with a request, after it was noted. Default: 204.</summary>
    public Func<Received, HttpContext, Task> Responds { get; set; } = static (_, context) =>
    {
        context.Response.StatusCode = (int)HttpStatusCode.NoContent;
        return Task.CompletedTask;
    };

    public Uri Url => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook");

    public IReadOnlyList<Received> All => [.. received];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(application);
        application.Run(receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many requests have come.</summary>
    public async Task<IReadOnlyList<Received>> WaitForAsync(int count, TimeSpan? limit = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (received.Count < count)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < (limit ?? TimeSpan.FromMinutes(2)),
                $"Only {received.Count} of {count} webhooks came.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return All;
    }

    /// <summary>Stops it, and fails the test where a webhook was not as the API's document says.</summary>
    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        foreach (var webhook in received)
            Assert.Empty(await WebhookFaults.OfAsync(webhook));
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new Received(TimeProvider.System.GetUtcNow(), headers, body.ToArray());
        received.Enqueue(request);
        await Responds(request, context);
    }
}
