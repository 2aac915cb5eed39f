using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Worker.Rpc;

namespace PaySg.LocalHost.Worker;

/// <summary>Where workers call in: a gRPC service on a free loopback port. A worker is let in by its id, a random number that it was started with.</summary>
internal sealed class WorkerServer : IAsyncDisposable
{
    private readonly WebApplication web;

    private WorkerServer(WebApplication web) => this.web = web;

    /// <summary>The address that workers are given.</summary>
    public Uri Address => new(web.Urls.Single());

    /// <summary>Starts to listen.</summary>
    public static async Task<WorkerServer> StartAsync(ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs).AddLogging().AddRoutingCore().AddSingleton<Calls>();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<Calls.Service>();
        await app.StartAsync(cancellationToken);
        return new WorkerServer(app);
    }

    /// <summary>The channel of a worker, once it calls in.</summary>
    public Task<WorkerChannel> Expect(string workerId) => web.Services.GetRequiredService<Calls>().Expected(workerId).Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero, TimeProvider.System);
        await web.StopAsync(now.Token);
        await web.DisposeAsync();
    }

    private sealed class Calls
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> expected = new(StringComparer.Ordinal);

        public TaskCompletionSource<WorkerChannel> Expected(string workerId) =>
            expected.GetOrAdd(workerId, static _ => new TaskCompletionSource<WorkerChannel>(TaskCreationOptions.RunContinuationsAsynchronously));

        public sealed class Service(Calls calls, ILoggerFactory logs) : FunctionRpc.FunctionRpcBase
        {
            public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
            {
                if (!await requestStream.MoveNext(context.CancellationToken)
                    || requestStream.Current.StartStream is not { } start
                    || !calls.expected.TryRemove(start.WorkerId, out var expected))
                {
                    throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No worker of that id was started here."));
                }

                var channel = new WorkerChannel(logs);
                var talk = channel.RunAsync(requestStream, responseStream, context.CancellationToken);
                expected.SetResult(channel);
                await talk;
            }
        }
    }
}
