using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PaySg.LocalHost.Check;

/// <summary>Asks a deployed app by its address what a payer, a caller and a receiver of webhooks depend on. Nothing that belongs to the app is changed.</summary>
/// <param name="url">What its links begin with.</param>
/// <param name="clock">This machine's clock.</param>
internal sealed class UrlProbe(Uri url, TimeProvider clock) : IDisposable
{
    /// <summary>The variable with an API key that may administrate, for the test of webhooks.</summary>
    public const string ApiKeyVariable = "PAYSG_CHECK_API_KEY";

    /// <summary>How long a certificate must still be valid: Azure renews its own 45 days before their end.</summary>
    private static readonly TimeSpan LeastValidity = TimeSpan.FromDays(14);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Patience };

    public void Dispose() => http.Dispose();

    /// <summary>That it is ready; its own words where it is not.</summary>
    /// <exception cref="CheckFailedException">It does not answer, or says that it is not ready.</exception>
    public async Task<string> ReadyAsync(CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, "health/ready", stop);
        var body = await answer.Content.ReadAsStringAsync(stop);
        return answer.StatusCode == HttpStatusCode.OK ? "200"
            : throw new CheckFailedException($"/health/ready answered {(int)answer.StatusCode}: {(body.Length > 500 ? body[..500] : body)}");
    }

    /// <summary>That the connection is encrypted, with a certificate that stays valid for a while.</summary>
    /// <exception cref="CheckFailedException">It is not, or the certificate ends soon.</exception>
    public async Task<string> TlsAsync(CancellationToken stop)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
            return url.IsLoopback ? "none, on this machine" : throw new CheckFailedException($"{url} is not https.");

        DateTime? end = null;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    end = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
                    return errors == SslPolicyErrors.None;
                },
            },
        };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(http.BaseAddress!, "health"), stop);
        }
        catch (HttpRequestException fault)
        {
            throw new CheckFailedException($"No connection that can be trusted: {(fault.InnerException ?? fault).Message}", fault);
        }

        var left = end - clock.GetUtcNow().UtcDateTime;
        return left >= LeastValidity ? $"the certificate is valid for {left.Value.TotalDays:0} days"
            : throw new CheckFailedException($"The certificate ends in {left?.TotalDays:0} days. Look at the app's custom domains: Azure renews its own, others you renew.");
    }

    /// <summary>That its clock and this machine's agree.</summary>
    /// <exception cref="CheckFailedException">They do not, or it tells no time.</exception>
    public async Task<string> ClockAsync(CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, "health", stop);
        var apart = clock.GetUtcNow() - (answer.Headers.Date ?? throw new CheckFailedException("It told no time."));
        return apart.Duration() <= ClockProbe.Tolerance ? $"within {ClockProbe.Tolerance.TotalSeconds:0} s of this machine's"
            : throw new CheckFailedException($"This machine is {apart.Duration().TotalMinutes:0} minutes {(apart > TimeSpan.Zero ? "ahead of" : "behind")} it. One of the two clocks is wrong.");
    }

    /// <summary>That it is PaySG, refuses an unknown key in the API's own shape, and sends the headers that protect payers.</summary>
    /// <exception cref="CheckFailedException">Something is missing: most of the time what stands in front of the app takes it away.</exception>
    public async Task<string> HeadersAsync(CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, "v1/payment-services/payment_service_00000000-0000-4000-8000-000000000000/payments", stop, "none");
        var body = await answer.Content.ReadAsStringAsync(stop);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !body.Contains("\"invalid_api_key\"", StringComparison.Ordinal))
            throw new CheckFailedException($"An unknown key was answered {(int)answer.StatusCode}, not 401 invalid_api_key: this is not PaySG, or something in front of it answers.");

        var missing = new List<string>();
        if (!answer.Headers.TryGetValues("X-Content-Type-Options", out var options) || !options.Contains("nosniff", StringComparer.Ordinal))
            missing.Add("X-Content-Type-Options: nosniff");
        if (url.Scheme == Uri.UriSchemeHttps && !answer.Headers.Contains("Strict-Transport-Security"))
            missing.Add("Strict-Transport-Security");
        if (!answer.Headers.Contains("x-request-id"))
            missing.Add("x-request-id");
        return missing.Count == 0 ? "an unknown key is refused; all are there"
            : throw new CheckFailedException($"Missing: {string.Join(", ", missing)}. Look at what stands in front of the app.");
    }

    /// <summary>That the app reaches a receiver: it sends a test event to one of its webhook endpoints.</summary>
    /// <param name="endpoint">Payment service and endpoint: <c>payment_service_…/we_…</c>.</param>
    /// <param name="apiKey">A key that may administrate.</param>
    /// <exception cref="CheckFailedException">It was not delivered; what the app says of it.</exception>
    public async Task<string> WebhookAsync(string endpoint, string apiKey, CancellationToken stop)
    {
        var parts = endpoint.Split('/');
        using var answer = await SendAsync(HttpMethod.Post, $"v1/payment-services/{Uri.EscapeDataString(parts[0])}/webhook-endpoints/{Uri.EscapeDataString(parts[1])}/test", stop, apiKey);
        var body = await answer.Content.ReadAsStringAsync(stop);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new CheckFailedException($"The test was answered {(int)answer.StatusCode}: {body}");

        using var delivery = JsonDocument.Parse(body);
        var status = delivery.RootElement.GetProperty("status").GetString();
        return status == "delivered" ? "a test event was delivered" : throw new CheckFailedException($"The test event is {status}: {body}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken stop, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("paysg-check", productVersion: null));
        if (apiKey is not null)
            request.Headers.Add("x-api-key", apiKey);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("");
        try
        {
            return await http.SendAsync(request, stop);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw new CheckFailedException($"{http.BaseAddress} does not answer: {(fault.InnerException ?? fault).Message}", fault);
        }
    }
}
