using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stripe;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// Stripe's API of version 2026-10-28.endive on a free loopback port, as far as the product calls it, with the payers, banks and payouts behind it.
/// It keeps what it was asked, and what it must answer is written down by nobody here: <c>StripeContract</c> compares both with Stripe's own types.
/// </summary>
internal sealed class StripeServer : IAsyncDisposable
{
    public const string TestKey = "sk_test_51PaySg";
    public const string LiveKey = "sk_live_51PaySg";
    private readonly WebApplication web;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly List<StripeExchange> requests = [];
    private readonly HashSet<string> refused = [];
    private readonly Queue<string> declines = new();
    private readonly StripeIdempotency idempotency = new();
    private readonly StripeStore store;
    private readonly StripeIntents intents;
    private readonly StripeSessions sessions;
    private readonly StripeRefunds refunds;
    private readonly StripeDisputes disputes;
    private readonly StripePayouts payouts;
    private int calls;

    private StripeServer(WebApplication web, TimeProvider time)
    {
        this.web = web;
        this.time = time;
        Address = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Events = new StripeEvents(time);
        store = new StripeStore(time, Address.Authority, Events);
        intents = new StripeIntents(store);
        sessions = new StripeSessions(store, intents, Address);
        refunds = new StripeRefunds(store);
        disputes = new StripeDisputes(store);
        payouts = new StripePayouts(store);
    }

    /// <summary>What a client takes as the API's base.</summary>
    public Uri Address { get; }

    public StripeEvents Events { get; }

    public StripeFaults Faults { get; } = new();

    /// <summary>All requests to the API, in the order in which they came.</summary>
    public IReadOnlyList<StripeExchange> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    public StripeBooks Books => Do(() => StripeBooks.Of(store));

    /// <summary>How many idempotency keys are known.</summary>
    public int KnownKeys => Do(() => idempotency.Count);

    /// <summary>How long an attempt by PayNow waits for its payer. Default: an hour.</summary>
    public TimeSpan PayNowLifetime
    {
        get => intents.PayNowLifetime;
        set => intents.PayNowLifetime = value;
    }

    /// <param name="time">The server's clock; null for the real one.</param>
    public static async Task<StripeServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        StripeServer? server = null;
        application.Run(context => server!.TakeAsync(context));
        await application.StartAsync();
        server = new StripeServer(application, time ?? TimeProvider.System);
        return server;
    }

    /// <summary>The real client. It sends nothing twice unless it is told to.</summary>
    public StripeClient Client(string? account = null, string key = TestKey, int retries = 0, TimeSpan? timeout = null) => new(new StripeClientOptions
    {
        ApiKey = key,
        ApiBase = Address.GetLeftPart(UriPartial.Authority),
        StripeAccount = account,
        HttpClient = new SystemNetHttpClient(new HttpClient { Timeout = timeout ?? TimeSpan.FromSeconds(30) }, maxNetworkRetries: retries, enableTelemetry: false),
    });

    /// <summary>An object as the API would answer it now.</summary>
    public JsonObject Object(string id) => Do(() => store.Get<StripeObject>(id).ToJson());

    /// <summary>All objects of a kind, such as <c>payment_intent</c>, in the order in which they were made.</summary>
    public IReadOnlyList<JsonObject> Objects(string kind) => Do(() => store.All<StripeObject>().Where(found => found.Kind == kind).Select(found => found.ToJson()).ToList());

    /// <summary>What the clock makes happen happens now; each request does that first. Sessions and attempts by PayNow end.</summary>
    public void PassTime() => Do(static () => true);

    /// <summary>A payer pays on the hosted page.</summary>
    /// <returns>False if the session is not open any more.</returns>
    public bool PayCard(string sessionId) => Do(() => sessions.Pay(sessionId));

    /// <summary>A payer's card is declined on the hosted page, with an issuer's code such as <c>insufficient_funds</c>, or with <c>expired_card</c>.</summary>
    /// <returns>False if the session is not open any more.</returns>
    public bool DeclineCard(string sessionId, string code = "generic_decline") => Do(() => sessions.Decline(sessionId, code));

    /// <summary>The next payer who presses "Pay" on a hosted page is declined.</summary>
    public void DeclineNextCard(string code = "generic_decline") => Do(() =>
    {
        declines.Enqueue(code);
        return true;
    });

    /// <summary>A payer completes a session by a method whose money comes later: see <see cref="SettleSession"/>.</summary>
    /// <returns>False if the session is not open any more.</returns>
    public bool PayLater(string sessionId) => Do(() => sessions.PayLater(sessionId));

    /// <summary>The money of <see cref="PayLater"/> has come, or will not.</summary>
    /// <returns>False if nothing was waited for.</returns>
    public bool SettleSession(string sessionId, bool succeeds) => Do(() => sessions.Settle(sessionId, succeeds));

    /// <summary>A payer has scanned the QR code and paid, or the bank refused.</summary>
    /// <returns>False if the intent does not wait for a payer any more.</returns>
    public bool SettlePayNow(string intentId, bool succeeds) => Do(() => intents.SettlePayNow(intentId, succeeds));

    /// <summary>The payer's bank has taken a refund or not; one that succeeded may still fail.</summary>
    public void RefundBecomes(string refundId, string status, string? failureReason = null) => Do(() =>
    {
        refunds.Becomes(refundId, status, failureReason);
        return true;
    });

    /// <summary>How the next refund begins: by default those of PayNow as <c>pending</c>, those of cards as <c>succeeded</c>.</summary>
    public void NextRefundIs(string status, string? failureReason = null) => Do(() =>
    {
        refunds.NextIs(status, failureReason);
        return true;
    });

    /// <summary>A payer disputes a card payment.</summary>
    /// <returns>The dispute's id.</returns>
    public string OpenDispute(string intentId, string reason = "fraudulent") => Do(() => disputes.Open(intentId, reason));

    /// <summary>Evidence was sent: it is under review.</summary>
    public void ReviewDispute(string disputeId) => Do(() =>
    {
        disputes.Review(disputeId);
        return true;
    });

    public void CloseDispute(string disputeId, bool won) => Do(() =>
    {
        disputes.Close(disputeId, won);
        return true;
    });

    /// <summary>Pays out what an account got since its last payout.</summary>
    /// <returns>The payout's id; null where the balance is not positive.</returns>
    public string? PayOut(string? account = null, bool live = false, bool automatic = true, string currency = "sgd") =>
        Do(() => payouts.PayOut(new StripeOwner(account, live), automatic, currency));

    public void FailPayout(string payoutId, string code = "account_closed") => Do(() =>
    {
        payouts.Fail(payoutId, code);
        return true;
    });

    /// <summary>A key or a connected account is not taken any more.</summary>
    public void Revoke(string keyOrAccount) => Do(() => refused.Add(keyOrAccount));

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        Events.Dispose();
    }

    private T Do<T>(Func<T> what)
    {
        lock (gate)
        {
            sessions.PassTime();
            intents.PassTime();
            return what();
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/c/pay", StringComparison.Ordinal, out var rest))
        {
            await ShowAsync(context, rest.Value!.Trim('/').Split('/'));
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var form = context.Request.Method == HttpMethods.Post ? body : context.Request.QueryString.Value!.TrimStart('?');
        var exchange = new StripeExchange(context.Request.Method, context.Request.Path, headers, StripeForm.Read(form), time.GetUtcNow());
        Do(() =>
        {
            requests.Add(exchange);
            return true;
        });
        await AnswerAsync(context, exchange);
    }

    private async Task AnswerAsync(HttpContext context, StripeExchange exchange)
    {
        var requestId = $"req_{Interlocked.Increment(ref calls):00000000000000}";
        var fault = Faults.Take(exchange.Method, exchange.Path);
        if (fault?.Step == StripeFaultStep.CutBefore)
        {
            context.Abort();
            return;
        }

        var answer = fault?.Refusal is { } refusal
            ? StripeAnswer.Of(refusal, requestId) with { ShouldRetry = fault.ShouldRetry }
            : await WorkAsync(exchange, requestId, fault);
        exchange.AnsweredBy(answer);
        if (fault?.Step == StripeFaultStep.CutAfter)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers["Request-Id"] = requestId;
        context.Response.Headers["Stripe-Version"] = StripeEvents.ApiVersion;
        if (exchange.IdempotencyKey is { } key)
            context.Response.Headers["Idempotency-Key"] = key;
        if (exchange.Account is { } account)
            context.Response.Headers["Stripe-Account"] = account;
        if (answer.ShouldRetry is { } shouldRetry)
            context.Response.Headers["Stripe-Should-Retry"] = shouldRetry ? "true" : "false";
        if (answer.Replayed)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
            context.Response.Headers["Original-Request"] = answer.RequestId;
        }

        await context.Response.WriteAsync(fault?.Step == StripeFaultStep.Empty ? "{}" : answer.Body.ToJsonString());
    }

    private async Task<StripeAnswer> WorkAsync(StripeExchange exchange, string requestId, StripeFault? fault)
    {
        StripeCall call;
        try
        {
            call = Do(() => LetIn(exchange, requestId));
            if (Do(() => idempotency.Begin(call)) is { } kept)
                return kept;
        }
        catch (StripeRefusalException refusal)
        {
            return StripeAnswer.Of(refusal, requestId);
        }

        if (fault?.Waits is { } waits)
            await waits();
        return Do(() =>
        {
            var answer = Execute(call with { Now = time.GetUtcNow() });
            if (fault?.Step == StripeFaultStep.FailAfter)
                answer = StripeAnswer.Fault(requestId);
            idempotency.End(call, answer);
            return answer;
        });
    }

    private StripeCall LetIn(StripeExchange exchange, string requestId)
    {
        var key = exchange.Headers.GetValueOrDefault("Authorization", string.Empty).Replace("Bearer ", string.Empty, StringComparison.Ordinal);
        if (key.Length == 0)
            throw StripeRefusalException.Of(401, "invalid_request_error", code: null, "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        if (key.Split('_') is not ["sk" or "rk", "test" or "live", .., { Length: > 0 }] || refused.Contains(key))
            throw StripeRefusalException.Of(401, "invalid_request_error", code: null, $"Invalid API Key provided: {key[..Math.Min(8, key.Length)]}****");
        if (exchange.Version is not (null or StripeEvents.ApiVersion))
            throw StripeRefusalException.Of(400, "invalid_request_error", code: null, $"Invalid Stripe API version: {exchange.Version}");
        if (exchange.Account is { } account && (refused.Contains(account) || !account.StartsWith("acct_", StringComparison.Ordinal)))
            throw StripeRefusalException.Of(403, "invalid_request_error", "account_invalid", $"The provided key '{key[..8]}****' does not have access to account '{account}' (or that account does not exist). Application access may have been revoked.");
        return new StripeCall(
            exchange.Method,
            exchange.Path.StartsWith("/v1/", StringComparison.Ordinal) ? exchange.Path[4..].TrimEnd('/').Split('/') : [],
            exchange.Parameters,
            new StripeOwner(exchange.Account, key.Split('_')[1] == "live"),
            exchange.Method == HttpMethods.Post ? exchange.IdempotencyKey : null,
            requestId,
            exchange.Time);
    }

    private StripeAnswer Execute(StripeCall call)
    {
        store.Call = call;
        try
        {
            var answer = Route(call);
            store.Expand(call, answer);
            return new StripeAnswer(200, answer, call.RequestId, IsKept: true);
        }
        catch (StripeRefusalException refusal)
        {
            return StripeAnswer.Of(refusal, call.RequestId);
        }
        finally
        {
            store.Call = null;
        }
    }

    private JsonObject Route(StripeCall call) => (call.Method, call.Path) switch
    {
        ("POST", ["payment_intents"]) => intents.Create(call),
        ("GET", ["payment_intents"]) => intents.List(call),
        ("GET", ["payment_intents", var id]) => intents.Retrieve(call, id),
        ("POST", ["payment_intents", var id, "confirm"]) => intents.Confirm(call, id),
        ("POST", ["payment_intents", var id, "cancel"]) => intents.Cancel(call, id),
        ("POST", ["checkout", "sessions"]) => sessions.Create(call),
        ("GET", ["checkout", "sessions", var id]) => sessions.Retrieve(call, id),
        ("POST", ["checkout", "sessions", var id, "expire"]) => sessions.Expire(call, id),
        ("POST", ["refunds"]) => refunds.Create(call),
        ("GET", ["refunds"]) => refunds.List(call),
        ("GET", ["refunds", var id]) => refunds.Retrieve(call, id),
        ("GET", ["charges", var id]) => intents.RetrieveCharge(call, id),
        ("GET", ["disputes", var id]) => disputes.Retrieve(call, id),
        ("GET", ["payouts", var id]) => payouts.Retrieve(call, id),
        ("GET", ["balance_transactions"]) => payouts.ListTransactions(call),
        ("GET", ["events", var id]) => Events.All.FirstOrDefault(known => known.Id == id && known.Owner == call.Owner)?.ToJson() ?? throw StripeRefusalException.NotFound("event", id),
        _ => throw StripeRefusalException.Of(404, "invalid_request_error", code: null, $"Unrecognized request URL ({call.Method}: /v1/{string.Join('/', call.Path)})."),
    };

    private async Task ShowAsync(HttpContext context, string[] path)
    {
        var session = Do(() => sessions.Of(path[0]));
        if (session is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var declined = false;
        switch (context.Request.Method, path)
        {
            case ("POST", [_, "pay"]):
                declined = Do(() => declines.TryDequeue(out var code) && sessions.Decline(session.Id, code));
                if (!declined && Do(() => sessions.Pay(session.Id)))
                {
                    SendTo(context, StripeCheckoutPage.Success(session));
                    return;
                }

                break;
            case ("POST", [_, "back"]) when session.CancelUrl is { } back:
                SendTo(context, back);
                return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(StripeCheckoutPage.Of(session, declined));
    }

    private static void SendTo(HttpContext context, string url)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = url;
    }
}
