using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PaySg.Functions.Platform.Json;

namespace PaySg.LocalHost.Check;

/// <summary>Asks a deployed app by its address what a payer, a caller and a receiver of webhooks depend on. Nothing that belongs to the app is changed.</summary>
/// <param name="url">What its links begin with.</param>
/// <param name="clock">This machine's clock.</param>
/// <param name="patience">How long an answer may take; null: as long as in earnest.</param>
internal sealed class UrlProbe(Uri url, TimeProvider clock, TimeSpan? patience = null) : IDisposable
{
    /// <summary>The variable with an API key that may administrate, for the test of webhooks.</summary>
    public const string ApiKeyVariable = "PAYSG_CHECK_API_KEY";

    /// <summary>How long a certificate must still be valid: Azure renews its own 45 days before their end.</summary>
    private static readonly TimeSpan LeastValidity = TimeSpan.FromDays(14);

    /// <summary>How long an answer may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What every page of a payer's has, which tells a browser not to frame it, and to tell nobody where it was.</summary>
    private static readonly string[] PageHeaders = ["Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"];

    /// <summary>How many bytes an answer may have: ours have far fewer, and another host's may have no end.</summary>
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>How much of an answer is printed, in UTF-16 units.</summary>
    private const int LongestShown = 500;

    private readonly TimeSpan patience = patience ?? Patience;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = patience ?? Patience })
    {
        BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = patience ?? Patience, MaxResponseContentBufferSize = LongestAnswer,
    };

    public void Dispose() => http.Dispose();

    /// <summary>That it is ready; its own words where it is not.</summary>
    /// <exception cref="CheckFailedException">It does not answer, says that it is not ready, or is not PaySG.</exception>
    public async Task<string> ReadyAsync(CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, "health/ready", stop);
        var body = await TextOfAsync(answer, stop);
        if (answer.Headers.Location is { } other)
            throw new CheckFailedException($"/health/ready answered {(int)answer.StatusCode} and sends on to {other}: payers and callers are not sent on. Give the address that links begin with.");
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new CheckFailedException($"/health/ready answered {(int)answer.StatusCode}: {Short(body)}{(answer.StatusCode == HttpStatusCode.NotFound ? $" {answer.RequestMessage!.RequestUri} was asked. Give the address that links begin with." : "")}");
        return Field(body, "status") == "ready" ? "200"
            : throw new CheckFailedException($"/health/ready answered 200, but not as PaySG does: {Short(body)}. This is another app, or something in front of it answers.");
    }

    /// <summary>That the connection is encrypted, with a certificate that stays valid for a while.</summary>
    /// <exception cref="CheckFailedException">It is not, nobody trusts the certificate, or it ends soon.</exception>
    public async Task<string> TlsAsync(CancellationToken stop)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
            return url.IsLoopback ? "none, on this machine" : throw new CheckFailedException($"{url} is not https.");

        DateTime? end = null;
        string? distrust = null;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    end = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
                    distrust = WhyNot(errors, chain);
                    return errors == SslPolicyErrors.None;
                },
            },
        };
        using var client = new HttpClient(handler) { Timeout = patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(http.BaseAddress!, "health"), HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw new CheckFailedException(distrust is null ? NoAnswer(fault) : $"No connection that can be trusted: {distrust}", fault);
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

    /// <summary>That it is PaySG, refuses an unknown key in the API's own shape, and sends the headers that protect callers, and payers on their pages.</summary>
    /// <exception cref="CheckFailedException">Something is missing: most of the time what stands in front of the app takes it away.</exception>
    public async Task<string> HeadersAsync(CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, "v1/payment-services/payment_service_00000000-0000-4000-8000-000000000000/payments", stop, "none");
        var body = await TextOfAsync(answer, stop);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || Field(body, "error", "code") != "invalid_api_key")
            throw new CheckFailedException($"An unknown key was answered {(int)answer.StatusCode}, not 401 invalid_api_key: this is not PaySG, or something in front of it answers.");

        // A payment that there cannot be: the page that says so has the headers of all pages.
        using var page = await SendAsync(HttpMethod.Get, "payments/none", stop);
        var missing = new List<string>();
        if (!HasNosniff(answer) || !HasNosniff(page))
            missing.Add("X-Content-Type-Options: nosniff");
        if (url.Scheme == Uri.UriSchemeHttps && !(answer.Headers.Contains("Strict-Transport-Security") && page.Headers.Contains("Strict-Transport-Security")))
            missing.Add("Strict-Transport-Security");
        if (!answer.Headers.Contains("x-request-id"))
            missing.Add("x-request-id");
        missing.AddRange(PageHeaders.Where(name => !page.Headers.Contains(name)).Select(name => $"{name} (payer pages)"));
        return missing.Count == 0 ? "an unknown key is refused; all are there"
            : throw new CheckFailedException($"Missing: {string.Join(", ", missing)}. Look at what stands in front of the app.");
    }

    /// <summary>That the app reaches a receiver: it sends a test event to one of its webhook endpoints.</summary>
    /// <param name="endpoint">Payment service and endpoint: <c>payment_service_…/we_…</c>.</param>
    /// <param name="apiKey">A key that may administrate.</param>
    /// <exception cref="CheckFailedException">It was not delivered; what the app says of it.</exception>
    public async Task<string> WebhookAsync(string endpoint, string apiKey, CancellationToken stop)
    {
        // Any other character could not be sent, and a line break is easily copied along.
        if (apiKey.Any(letter => letter is <= ' ' or >= '\u007f'))
            throw new CheckFailedException($"{ApiKeyVariable} holds a blank, a line break or a letter that is in no key. Copy the key alone.");

        var parts = endpoint.Split('/');
        using var answer = await SendAsync(HttpMethod.Post, $"v1/payment-services/{Uri.EscapeDataString(parts[0])}/webhook-endpoints/{Uri.EscapeDataString(parts[1])}/test", stop, apiKey);
        var body = await TextOfAsync(answer, stop);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new CheckFailedException($"The test was answered {(int)answer.StatusCode}: {Short(body)}");

        return Field(body, "status") switch
        {
            "delivered" => "a test event was delivered",
            { } status => throw new CheckFailedException($"The test event is {status}: {Short(body)}"),
            null => throw new CheckFailedException($"The test was answered 200, but not as PaySG does: {Short(body)}. Something in front of the app answers."),
        };
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
            throw new CheckFailedException(NoAnswer(fault), fault);
        }
    }

    /// <summary>The body, whatever its sender says that its letters are: ours are UTF-8.</summary>
    private static async Task<string> TextOfAsync(HttpResponseMessage answer, CancellationToken stop) => Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(stop));

    private string NoAnswer(Exception fault) => fault switch
    {
        TaskCanceledException => $"{http.BaseAddress} does not answer within {patience.TotalSeconds:0} seconds.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => $"{http.BaseAddress} answers with more than {LongestAnswer / 1024} KiB: this is not PaySG.",
        _ => $"{http.BaseAddress} does not answer: {(fault.InnerException ?? fault).Message}",
    };

    /// <summary>Why a certificate is not trusted, in words; null: it is.</summary>
    private static string? WhyNot(SslPolicyErrors errors, X509Chain? chain) => errors switch
    {
        SslPolicyErrors.None => null,
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "it shows no certificate.",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "its certificate is for another name. Bind one for this name to the app.",
        _ => $"its certificate is not trusted ({string.Join(", ", chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct(StringComparer.Ordinal) ?? [])}): it is over, or made by nobody whom browsers know.",
    };

    private static bool HasNosniff(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Content-Type-Options", out var options) && options.Contains("nosniff", StringComparer.Ordinal);

    /// <summary>A text in a JSON object; null: it is not there, or this is no JSON.</summary>
    private static string? Field(string body, params string[] path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var value = document.RootElement;
            foreach (var name in path)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                    return null;
            }

            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The beginning of a body, in one line: what another host sends must not write over the lines of ours.</summary>
    private static string Short(string body) => string.Concat((body.Length > LongestShown ? TextStart.Of(body, LongestShown) + "…" : body).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
