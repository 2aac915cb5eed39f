using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Takes Stripe's events on a free loopback port.</summary>
internal sealed class StripeEventReceiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<(string Body, string Signature)> received = new();

    private StripeEventReceiver(WebApplication web) => this.web = web;

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    public Uri Url => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/stripe");

    public IReadOnlyList<(string Body, string Signature)> All => [.. received];

    public static async Task<StripeEventReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var receiver = new StripeEventReceiver(application);
        application.Run(receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        received.Enqueue((await reader.ReadToEndAsync(), context.Request.Headers["Stripe-Signature"].ToString()));
        context.Response.StatusCode = Status;
    }
}
