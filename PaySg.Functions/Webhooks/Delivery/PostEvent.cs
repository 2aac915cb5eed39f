using System.Net;
using System.Net.Http.Headers;
using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Posts an event to an endpoint once. Whatever the receiver does is a result, never an exception.</summary>
internal sealed class PostEvent(WebhookHttpClient http, SignEvent signEvent, TimeProvider clock, ILogger<PostEvent> log)
{
    /// <summary>How long a receiver may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>How many bytes of an answer are kept.</summary>
    public const int ExcerptLength = 1024;

    private const string Unreached = "The host could not be reached.";

    private const string NoCredential = "Nothing was sent: the account has no credential to sign with. Issue one.";

    /// <summary>Posts the event's bytes, signed for now.</summary>
    public async Task<PostResult> RunAsync(WebhookEvent webhookEvent, WebhookEndpoint endpoint)
    {
        var attemptedAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        if (await signEvent.RunAsync(webhookEvent, endpoint, attemptedAt) is not { } headers)
            return new PostResult(attemptedAt, clock.GetElapsedTime(started), null, null, NoCredential, null) { WasSent = false };

        using var deadline = new CancellationTokenSource(Timeout, clock);
        try
        {
            using var request = Request(webhookEvent, endpoint, headers);
            using var response = await http.SendAsync(request, deadline.Token);
            var excerpt = await ReadExcerptAsync(response, deadline.Token);
            return new PostResult(
                attemptedAt, clock.GetElapsedTime(started), (int)response.StatusCode, excerpt, null, RetryAfterOf(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or EgressRefusedException)
        {
            var error = Explain(fault, endpoint, isOver: deadline.IsCancellationRequested);

            // Where no connection stood, how long that took would tell a port that is closed from one that is silent.
            return new PostResult(attemptedAt, error == Unreached ? TimeSpan.Zero : clock.GetElapsedTime(started), null, null, error, null);
        }
    }

    private static HttpRequestMessage Request(WebhookEvent webhookEvent, WebhookEndpoint endpoint, IReadOnlyDictionary<string, string> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(webhookEvent.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return request;
    }

    private static async Task<string> ReadExcerptAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[ExcerptLength];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            do
            {
                read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
            }
            while (read > 0 && length < ExcerptLength);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status is what counts; a body that breaks off or drips does not take it back.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? RetryAfter.Read(response.Headers, clock.GetUtcNow())
            : null;

    /// <summary>What the endpoint's owner may know. A port that is closed, one that is silent and an address that is forbidden are all the same to it: we are no scanner of ports.</summary>
    private string Explain(Exception fault, WebhookEndpoint endpoint, bool isOver)
    {
        if ((fault as EgressRefusedException ?? fault.InnerException as EgressRefusedException) is { } refused)
        {
            Log.EgressRefused(log, endpoint.Id, new Uri(endpoint.Url).Host, refused.Message);
            return Unreached;
        }

        return fault switch
        {
            OperationCanceledException when !isOver => Unreached,
            OperationCanceledException => $"No answer within {Timeout.TotalSeconds} seconds.",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The host name could not be resolved.",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "The TLS handshake failed.",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Unreached,
            _ => "The answer was not valid HTTP, or the connection broke off.",
        };
    }
}
