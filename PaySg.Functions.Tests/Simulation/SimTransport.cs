using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>What the real clients send through instead of the network.</summary>
internal sealed class SimTransport(Func<SimRequest, CancellationToken, Task<SimReply>> send) : HttpPipelineTransport
{
    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new SimulationFailure("A request that blocks a thread.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var request = message.Request;
        var body = new MemoryStream();
        request.Content?.WriteTo(body, CancellationToken.None);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in request.Headers)
            headers[header.Name] = header.Value;
        var reply = await send(
            new SimRequest(request.Method.Method, request.Uri.ToUri(), headers, body.ToArray()),
            message.CancellationToken).ConfigureAwait(false);
        message.Response = new Reply(reply, request.ClientRequestId);
    }

    private sealed class Reply : Response
    {
        private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

        public Reply(SimReply reply, string clientRequestId)
        {
            Status = reply.Status;
            ClientRequestId = clientRequestId;
            ContentStream = new MemoryStream(reply.Body, 0, reply.Body.Length, writable: false, publiclyVisible: true);
            foreach (var (name, value) in reply.Headers)
                headers[name] = value;
            if (reply.ContentType is not null)
                headers["Content-Type"] = reply.ContentType;
            headers["Content-Length"] = reply.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        public override int Status { get; }

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; }

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Key, header.Value));

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            var isThere = headers.TryGetValue(name, out var value);
            values = isThere ? [value!] : null;
            return isThere;
        }
    }
}

/// <summary>
/// Puts a retry that waits in virtual time in the place of Azure.Core's, which waits by the wall clock. It decides by the same classifier, as often, and
/// throws the same.
/// </summary>
internal sealed class RetryInVirtualTime(World world) : HttpPipelinePolicy
{
    private const int MaxRetries = 3;
    private HttpPipelinePolicy[]? known;
    private HttpPipelinePolicy[]? replaced;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new SimulationFailure("A request that blocks a thread.");

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        MemoryMarshal.TryGetArray(pipeline, out var rest);
        if (!ReferenceEquals(known, rest.Array))
        {
            known = rest.Array!;
            replaced = [.. known.Select(policy => policy is RetryPolicy ? new Retry(world) : policy)];
            if (!replaced.OfType<Retry>().Any())
                throw new SimulationFailure("The pipeline has no retry that could be replaced.");
        }

        return ProcessNextAsync(message, replaced.AsMemory(rest.Offset, rest.Count));
    }

    private sealed class Retry(World world) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new SimulationFailure("A request that blocks a thread.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            // Patience is the transport's, in virtual time.
            message.NetworkTimeout = Timeout.InfiniteTimeSpan;
            List<Exception>? faults = null;
            for (var tried = 0; ; tried++)
            {
                Exception? fault = null;
                try
                {
                    await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                }
                catch (Exception thrown)
                {
                    (faults ??= []).Add(fault = thrown);
                }

                var isRetriable = fault is null
                    ? message.ResponseClassifier.IsRetriableResponse(message)
                    : message.ResponseClassifier.IsRetriable(message, fault) && !message.CancellationToken.IsCancellationRequested;
                if (fault is null && !isRetriable)
                    return;
                if (!isRetriable || tried >= MaxRetries)
                {
                    if (fault is null)
                        return;
                    if (faults!.Count > 1 && isRetriable)
                        throw new AggregateException($"Retry failed after {tried + 1} tries.", faults);
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
                }

                var wait = Math.Min(1000, 100 * Math.Pow(2, tried)) * (0.8 + (0.4 * world.Chance.NextDouble()));
                await world.DelayAsync(TimeSpan.FromMilliseconds(wait)).ConfigureAwait(false);
                message.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
