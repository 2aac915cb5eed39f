using Stripe;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>
/// The one client of Stripe's API in a process. Its defaults (80 s, three tries, 50 redirects) outlast the platform's 230 s, and tell Stripe of this machine:
/// here it is 20 s, two tries, none and nothing. A call waits for 41 s at most.
/// </summary>
internal sealed class StripeApi : IDisposable
{
    private const int Retries = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient http;

    public StripeApi(StripeSettings settings)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = Patience };
        Client = new StripeClient(
            settings.SecretKey, httpClient: new SystemNetHttpClient(http, maxNetworkRetries: Retries, enableTelemetry: false), apiBase: settings.ApiBase);
    }

    public IStripeClient Client { get; }

    /// <summary>What a call says beside its parameters.</summary>
    /// <param name="account">The connected account that it is made for; null: our own.</param>
    /// <param name="key">Its idempotency key; null: it changes nothing.</param>
    public static RequestOptions With(string? account, string? key = null) => new() { StripeAccount = account, IdempotencyKey = key };

    public void Dispose() => http.Dispose();
}
