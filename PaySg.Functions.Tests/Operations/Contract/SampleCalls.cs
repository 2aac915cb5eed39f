using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>
/// A product in which there is something of everything, and for each operation a call that it takes: the request that the API's document gives as its
/// example, about something that is as the operation needs it, by a caller who may do just that.
/// </summary>
public sealed class SampleCalls : IAsyncLifetime
{
    private const string StripeSecret = "whsec_sample";

    /// <summary>Settings by which notices of Stripe's are taken.</summary>
    public static readonly IReadOnlyDictionary<string, string> Stripe = new Dictionary<string, string>
    {
        ["PaySg__Stripe__SecretKey"] = "sk_test_sample",
        ["PaySg__Stripe__WebhookSecret"] = StripeSecret,
        ["PaySg__Stripe__ApiBase"] = "http://127.0.0.1:1",
    };

    private static readonly HttpClient Http = new(new ContractHandler()) { Timeout = TimeSpan.FromSeconds(100) };
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private WebhookReceiver receiver = null!;
    private ManagementClient management = null!;
    private SingapayClient merchant = null!;
    private string endpointId = null!;
    private string eventId = null!;
    private string recoveryId = null!;
    private string accountEventId = null!;
    private string accountRecoveryId = null!;
    private string historyId = null!;
    private int urls;

    public PaySgApp App { get; private set; } = null!;

    private ApiClient Api => App.Client;

    public async Task InitializeAsync()
    {
        receiver = await WebhookReceiver.StartAsync();
        // Payers are charged by the sandbox, whose routes there are; and Stripe's notices are taken.
        App = await PaySgApp.StartAsync(
            settings: new Dictionary<string, string>(Stripe) { ["PaySg__RateLimit__RequestsPerMinute"] = "0" },
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<IGateway>(provider => provider.GetRequiredService<SandboxGateway>())));
        management = new ManagementClient(App.BaseAddress);
        foreach (var permission in PermissionNames.All)
            keys[permission] = (await management.IssuedKeyAsync(permissions: $"\"{permission}\"")).Secret;

        var account = await management.CreatedAccountAsync(receiver.Url.AbsoluteUri);
        merchant = await management.IssuedCredentialAsync(account);
        (endpointId, _) = await Api.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        await Api.CreatedPaymentAsync();
        var link = await merchant.CreatedLinkAsync();
        (await Api.PostAsync($"/sandbox/payment-links/{link.ReffNo()}/attempts", """{"payment_method":"QRIS","outcome":"succeeded"}""", apiKey: null)).Expect(HttpStatusCode.OK);
        await receiver.WaitForAsync(2);
        eventId = (await Api.DeliveryAsync(endpointId, "delivered")).GetProperty("event_id").GetString()!;
        historyId = (await merchant.GetAsync($"/api/v1.0/payment-link-histories/{account}")).Data()[0].GetProperty("id").ToString();
        var deliveries = ManagementClient.AccountPath(account) + "/deliveries";
        await LocalHost.Eventually.TrueAsync(async () =>
        {
            var delivery = (await management.GetAsync(deliveries)).Expect(HttpStatusCode.OK).Json.GetProperty("data")[0];
            accountEventId = delivery.GetProperty("event_id").GetString()!;
            return delivery.GetProperty("status").GetString() == "delivered";
        });
        const string since = """{"since":"2026-01-15T00:00:00.000+08:00"}""";
        recoveryId = (await Api.PostAsync($"{ApiClient.EndpointPath(endpointId)}/recover", since)).Expect(HttpStatusCode.Accepted)["id"]!;
        accountRecoveryId = (await management.PostAsync($"{deliveries}/recover", since)).Expect(HttpStatusCode.Accepted)["id"]!;
    }

    public async Task DisposeAsync()
    {
        merchant.Dispose();
        await App.DisposeAsync();
        await receiver.DisposeAsync();
    }

    /// <summary>A key of the payment service with these permissions.</summary>
    internal async Task<string> KeyAsync(IEnumerable<string> permissions) =>
        (await management.IssuedKeyAsync(permissions: string.Join(',', permissions.Select(permission => $"\"{permission}\"")))).Secret;

    /// <summary>A credential of the merchant's account that nobody has used.</summary>
    internal Task<SingapayClient> CredentialAsync() => management.IssuedCredentialAsync(merchant.Account);

    /// <summary>The same of an account that nobody else knows.</summary>
    internal async Task<SingapayClient> CredentialOfNewAccountAsync() => await management.IssuedCredentialAsync(await management.CreatedAccountAsync());

    /// <summary>A call that the operation takes.</summary>
    internal async Task<SampleCall> CallAsync(OpenApiOperation operation)
    {
        var path = operation.Path;
        foreach (var parameter in operation.PathParameters)
            path = path.Replace($"{{{parameter}}}", await ValueOfAsync(operation.Id, parameter), StringComparison.Ordinal);

        var call = new SampleCall(operation, path, await HeadersAsync(operation), null, SampleCall.Json);
        if (operation.RequestContent is not { } content)
            return call;
        if (operation.Id == "TakeStripeNotice")
            return WithNotice(call, content.GetProperty(SampleCall.Json).GetProperty("example").GetRawText());
        return content.TryGetProperty(SampleCall.Json, out var json)
            ? call with { Body = BodyOf(operation.Id, json.GetProperty("example")) }
            : call with { Body = await FormOfAsync(operation.Id, path), MediaType = "application/x-www-form-urlencoded" };
    }

    /// <summary>The call with a body that Stripe has signed.</summary>
    internal static SampleCall WithNotice(SampleCall call, string body) => call with
    {
        Body = body,
        Headers = new Dictionary<string, string>(call.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["Stripe-Signature"] = global::Stripe.EventUtility.GenerateSignatureHeader(body, StripeSecret, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()),
        },
    };

    /// <summary>Sends a call to the product, or to another one on the same storage.</summary>
    internal async Task<Answer> SendAsync(SampleCall call, PaySgApp? app = null)
    {
        using var request = call.ToRequest((app ?? App).BaseAddress);
        return await Answer.ReadAsync(await Http.SendAsync(request));
    }

    private async Task<string> ValueOfAsync(string operation, string parameter) => (parameter, operation) switch
    {
        ("paymentServiceId" or "ownerId", _) => ApiClient.ServiceId,
        ("paymentId", "RefundPayment" or "ListRefunds" or "GetPaymentMoney" or "GetReceipt" or "RedactPayment") => await PaidPaymentAsync(),
        ("paymentId", _) => await MailedPaymentAsync(),
        ("endpointId", "DeleteWebhookEndpoint" or "RotateWebhookSecret" or "UpdateWebhookEndpoint") =>
            (await Api.RegisteredEndpointAsync(A.WebhookEndpoint(OwnUrl()).For("webhook_endpoint.disabled"))).Id,

        // One recovery of an endpoint at a time.
        ("endpointId", "StartRecovery") => (await Api.RegisteredEndpointAsync(A.WebhookEndpoint(OwnUrl()).For("webhook_endpoint.disabled"))).Id,
        ("accountId", "StartAccountRecovery") => await management.CreatedAccountAsync(OwnUrl().AbsoluteUri),
        ("endpointId", _) => endpointId,
        ("eventId", "GetAccountDelivery" or "ResendAccountDelivery") => accountEventId,
        ("eventId", _) => eventId,
        ("recoveryId", "GetAccountRecovery") => accountRecoveryId,
        ("recoveryId", _) => recoveryId,
        ("keyId", _) => (await management.IssuedKeyAsync()).Id,
        ("memberId", "RemoveAccountMember") => await management.InvitedMemberAsync($"officer{Interlocked.Increment(ref urls)}@agency.example.sg", ManagementClient.AccountMembersPath(merchant.Account)),
        ("memberId", _) => await management.InvitedMemberAsync($"officer{Interlocked.Increment(ref urls)}@agency.example.sg"),
        ("accountId", _) or ("id", "CreatePaymentLinkV2") => merchant.Account,
        ("clientId", _) => (await CredentialAsync()).Id,
        ("paymentLinkId", _) or ("id", "GetPaymentLinkV2") => (await merchant.CreatedLinkIdAsync()).ToString(CultureInfo.InvariantCulture),
        ("reffNo", _) => (await merchant.CreatedLinkAsync()).ReffNo(),
        ("historyId", _) => historyId,
        ("attemptId", _) => await Api.PendingAttemptAsync(await Api.CreatedPaymentAsync()),
        ("file", "GetPaymentQrCode") => await Api.CreatedPaymentAsync() + "-qr.png",
        ("version", _) => App.Services.GetRequiredService<PageAssets>().Version,
        ("file", "GetPageAsset") => "pages.css",
        ("file", "GetLogo") => await LogoAsync(),
        ("file", "GetApiBrowserFile") => "swagger-ui.css",
        ("type", "TriggerEvent") => "payment.refunded",
        _ => throw new InvalidOperationException($"Say here what {operation} takes for {parameter}."),
    };

    /// <summary>A URL of the receiver that no endpoint has: not many may share one.</summary>
    private Uri OwnUrl() => new(receiver.Url, $"?{Interlocked.Increment(ref urls)}");

    private async Task<string> LogoAsync()
    {
        var logo = Logo.Of(PictureServer.Png(2, 1), PictureKind.Png);
        await App.Services.GetRequiredService<LogoStore>().SaveAsync(ApiClient.ServiceId, logo, CancellationToken.None);
        return logo.Name;
    }

    private Task<string> MailedPaymentAsync() => Api.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));

    private async Task<string> PaidPaymentAsync()
    {
        var id = await Api.CreatedPaymentAsync();
        (await Api.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private async Task<IReadOnlyDictionary<string, string>> HeadersAsync(OpenApiOperation operation)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scheme in operation.SecuritySchemes)
        {
            var (name, value) = scheme switch
            {
                "apiKey" => ("x-api-key", keys[operation["x-permission"]]),
                "managementKey" => ("x-management-key", ManagementClient.Key),
                "bearer" => ("Authorization", $"Bearer {await merchant.TokenAsync()}"),
                "basic" => ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{merchant.Id}:{merchant.Secret}"))}"),
                "partnerId" => ("X-PARTNER-ID", merchant.Partner),
                _ => throw new InvalidOperationException($"Say here how {operation} is called by {scheme}."),
            };
            headers[name] = value;
        }

        if (operation.Id == "IssueAccessTokenV11")
        {
            headers["X-CLIENT-ID"] = merchant.Id;
            headers["X-Signature"] = Convert.ToHexStringLower(TokenRequestSignature.Of(merchant.Id, merchant.Secret, JakartaTime.Date(TimeProvider.System.GetUtcNow())));
        }

        return headers;
    }

    /// <summary>The documented example, with what must be this run's own.</summary>
    private string BodyOf(string operation, JsonElement example)
    {
        var body = JsonNode.Parse(example.GetRawText())!;
        if (operation is "CreatePaymentLink" or "CreatePaymentLinkV2")
            body["reff_no"] = PaymentLinkCalls.NewReffNo();
        if (operation is "CreateWebhookEndpoint")
            body["webhook_url"] = OwnUrl().AbsoluteUri;
        if (operation is "CreateAccount")
            body["transaction_notif_url"] = receiver.Url.AbsoluteUri;
        return body.ToJsonString();
    }

    /// <summary>The fields of a page's form, as a browser sends them.</summary>
    private async Task<string> FormOfAsync(string operation, string path)
    {
        var fields = PageClient.PayNow();
        if (operation == "SubmitLinkPage")
        {
            using var pages = new PageClient(App.BaseAddress);
            fields["method"] = "QRIS";
            fields["form"] = PageText.Hidden((await pages.GetAsync($"{path}?step=details&method=QRIS")).Expect(HttpStatusCode.OK).Body, "form");
        }

        using var content = new FormUrlEncodedContent(fields);
        return await content.ReadAsStringAsync();
    }
}
