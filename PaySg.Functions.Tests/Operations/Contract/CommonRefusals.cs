using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>For each error that operations have in common, how any of them is made to answer it.</summary>
internal sealed class CommonRefusals(SampleCalls samples) : IAsyncDisposable
{
    private const string TooMuch = "{\"unknown\":\"";
    private const string Trigger = "TriggerEvent";
    private const string UnknownUuid = "01234567-89ab-7def-8123-456789abcdef";

    /// <summary>Members of examples, of which each body with an idempotency key has one.</summary>
    private static readonly string[] Changeable =
        ["reference_id", "refund_amount_in_cents", "webhook_url", "description", "expires_in_seconds", "since", "name", "agency_address", "label", "outcome", "payer_email", "email"];

    private PaySgApp? other;
    private int keys;

    /// <summary>The errors.</summary>
    public static IEnumerable<string> Codes =>
    [
        "too_many_wrong_keys", "invalid_api_key", "insufficient_permissions", "payment_service_not_found", "invalid_management_key", "not_found",
        "missing_partner_id", "invalid_partner_id", "unauthorized", "account_not_found",
        "invalid_parameters", "validation_error", "invalid_body", "body_too_large", "unsupported_media_type",
        "idempotency_key_mismatch", "rate_limit_exceeded", "internal_error", "storage_unavailable", "resource_busy",
        "payment_not_found", "webhook_endpoint_not_found", "webhook_delivery_not_found", "webhook_recovery_not_found", "event_not_found", "api_key_not_found", "member_not_found",
        "credential_not_found", "payment_link_not_found", "payment_link_history_not_found", "attempt_not_found", "too_many_unknown_addresses",
    ];

    /// <summary>The product that the calls go to, once it is as it must be for an error; another than that of the samples where it must be unwell.</summary>
    public async Task<PaySgApp> ProductForAsync(string code) => other = code switch
    {
        "not_found" => await StartWithoutStripeAsync(new() { ["PaySg__ManagementKey"] = "" }, services => services.Replace(ServiceDescriptor.Singleton(GatewayThatMovesMoney()))),
        "rate_limit_exceeded" => await StandingStillAsync(new() { ["PaySg__RateLimit__RequestsPerMinute"] = "1" }),
        "too_many_unknown_addresses" or "too_many_wrong_keys" => await StandingStillAsync([]),
        "resource_busy" => await UnwellAsync(static request =>
        {
            // Only rows that change are hot; what is inserted once, as claims and the sandbox's memory, either is there or is not.
            if (request.IsTransaction && !request.Writes("sandbox") && !request.Body.Contains("reff:", StringComparison.Ordinal) && !request.Body.Contains("reff%3A", StringComparison.OrdinalIgnoreCase))
                throw new TableTransactionFailedException(new RequestFailedException(412, "The row was changed by another."));
        }),
        "internal_error" => await StartAsync([], services => services.Replace(ServiceDescriptor.Singleton<IApiBoundary, FaultyBoundary>())),
        "storage_unavailable" => await CutOffAsync(),
        _ => null,
    } ?? samples.App;

    /// <summary>A call that is to be refused with the error.</summary>
    public async Task<SampleCall> CallAsync(OpenApiOperation operation, string code)
    {
        var call = await samples.CallAsync(operation);
        return code switch
        {
            "invalid_api_key" => call.With("x-api-key", "paysg_stag_nobody"),
            "insufficient_permissions" => call.With("x-api-key", await samples.KeyAsync(PermissionNames.All.Except([operation["x-permission"]]))),
            "payment_service_not_found" => call.Of("paymentServiceId", "payment_service_" + UnknownUuid),
            "invalid_management_key" => call.Without("x-management-key"),
            "too_many_wrong_keys" => await AfterManyWrongKeysAsync(call),
            "not_found" when call.Path.Contains("/assets/", StringComparison.Ordinal) => call.Of("file", "nothing.css"),
            "not_found" when operation.Id == "GetLogo" => call.Of("file", "nothing.png"),
            "missing_partner_id" => call.Without("X-PARTNER-ID"),
            "invalid_partner_id" => call.With("X-PARTNER-ID", SingapayClient.PartnerId),
            "unauthorized" => call.With("Authorization", "Bearer nothing"),
            "account_not_found" when operation.SecuritySchemes.Contains("bearer") => await OfVanishedAccountAsync(call),
            "account_not_found" => call.Of("accountId", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
            "invalid_parameters" or "validation_error" => Wrong(call),
            "invalid_body" when operation.Id == "TakeStripeNotice" => SampleCalls.WithNotice(call, "{"),
            "body_too_large" when operation.Id == "TakeStripeNotice" => call with { Body = TooMuch + new string('x', 256 * 1024) + "\"}" },
            "invalid_body" => call with { Body = "{" },
            "body_too_large" => call with { Body = TooMuch + new string('x', 65536) + "\"}" },
            "unsupported_media_type" => call with { MediaType = "text/plain" },
            "idempotency_key_mismatch" => await WithUsedKeyAsync(call),
            "rate_limit_exceeded" => await AfterOneAsync(call),
            "too_many_unknown_addresses" => await AfterManyAsync(
                (await CallAsync(operation, operation.ErrorCodes.FirstOrDefault(each => each is "payment_not_found" or "payment_link_not_found" or "attempt_not_found") ?? "not_found"))
                .With("CLIENT-IP", "203.0.113.7")),
            "payment_not_found" when operation.Id == "GetPaymentQrCode" => call.Of("file", "P00000000000000000000-qr.png"),
            "payment_not_found" => call.Of("paymentId", "P00000000000000000000"),
            "webhook_endpoint_not_found" when operation.Id == Trigger => call.Of("type", "webhook.test") with { Body = $$"""{"webhook_endpoint_id":"we_{{UnknownUuid}}"}""" },
            "payment_link_not_found" when operation.Id == Trigger => call.Of("type", "payment-link-transaction") with { Body = """{"reff_no":"NOBODYS"}""" },
            // A payment that is made is new, so no row of its first part is hot.
            "resource_busy" when operation.Id == Trigger => call.Of("type", "webhook.test"),
            "webhook_endpoint_not_found" => call.Of("endpointId", "we_" + UnknownUuid),
            "webhook_delivery_not_found" or "event_not_found" => call.Of("eventId", "evt_" + UnknownUuid),
            "webhook_recovery_not_found" => call.Of("recoveryId", "rec_" + UnknownUuid),
            "api_key_not_found" => call.Of("keyId", "key_" + UnknownUuid),
            "member_not_found" => call.Of("memberId", "member_" + UnknownUuid),
            "credential_not_found" => call.Of("clientId", UnknownUuid),
            "payment_link_not_found" => call.Of(operation.PathParameters.Last(), "1234567"),
            "payment_link_history_not_found" => call.Of("historyId", "1234567"),
            "attempt_not_found" when operation.Id == "SettleSandboxAttempt" => call.Of("attemptId", "att_" + UnknownUuid),
            "attempt_not_found" when operation.Method == "GET" => call with { Path = call.Path + "?attempt=20260101000000000000000000000000" },
            "attempt_not_found" => call with { Body = "action=settle&outcome=succeeded&attempt=att_" + UnknownUuid },
            _ => call,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (other is not null && other != samples.App)
            await other.DisposeAsync();
    }

    private Task<PaySgApp> StartAsync(Dictionary<string, string> settings, Action<IServiceCollection>? services = null) => StartWithoutStripeAsync(
        settings.Concat(SampleCalls.Stripe).ToDictionary(),
        collection =>
        {
            collection.Replace(ServiceDescriptor.Singleton<IGateway>(provider => provider.GetRequiredService<SandboxGateway>()));
            services?.Invoke(collection);
        });

    private async Task<PaySgApp> StartWithoutStripeAsync(Dictionary<string, string> settings, Action<IServiceCollection>? services = null) =>
        await PaySgApp.StartAsync(samples.App.Connection, settings, (group, collection) =>
        {
            if (group == "http")
                services?.Invoke(collection);
        });

    /// <summary>A product on whose clock no limit gives way again, however slow the machine is between two calls.</summary>
    private Task<PaySgApp> StandingStillAsync(Dictionary<string, string> settings) =>
        StartAsync(settings, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new StillClock())));

    /// <summary>A product that remembers nothing, and whose every request to storage goes wrong. Waits for a row that stays hot take no time.</summary>
    private async Task<PaySgApp> UnwellAsync(Action<StorageRequest> beforeSend)
    {
        var clock = new SkippingClock(TimeProvider.System.GetUtcNow());
        var app = await StartAsync([], services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        app.HttpTraffic.BeforeSend = beforeSend;
        return app;
    }

    private async Task<PaySgApp> CutOffAsync()
    {
        var app = await UnwellAsync(static _ => { });
        app.HttpTraffic.IsCutOff = true;
        return app;
    }

    private static IGateway GatewayThatMovesMoney()
    {
        var gateway = new Mock<IGateway>();
        gateway.SetupGet(each => each.IsSandbox).Returns(false);
        gateway.SetupGet(each => each.Methods).Returns([]);
        return gateway.Object;
    }

    /// <summary>A call with something in it that cannot be: in the idempotency key, the query or the body, whichever there is.</summary>
    private static SampleCall Wrong(SampleCall call)
    {
        if (call.Operation.Takes("IdempotencyKey"))
            return call.With("Idempotency-Key", new string('k', 300));
        if (call.Operation.Takes("Limit"))
            return call with { Path = call.Path + "?limit=0" };
        if (call.Operation.Takes("PerPage"))
            return call with { Path = call.Path + "?per_page=0" };
        if (call.Operation.Method == "GET")
            return call with { Path = call.Path + "?unknown=1" };
        return call with { Body = call.MediaType == SampleCall.Json ? "{\"expired_at\":[]}" : "action=nothing" };
    }

    /// <summary>The call with a key that its caller has used for the same with another value in it.</summary>
    private async Task<SampleCall> WithUsedKeyAsync(SampleCall call)
    {
        call = call.With("Idempotency-Key", $"key-{Interlocked.Increment(ref keys)}");
        Assert.InRange((int)(await samples.SendAsync(call)).Status, 200, 299);
        var body = JsonNode.Parse(call.Body!)!.AsObject();
        var name = Changeable.First(body.ContainsKey);
        body[name] = name switch
        {
            "outcome" => call.Operation.Id == "SimulatePayment" ? "declined" : "failed",
            "since" => "2026-02-01T00:00:00.000+08:00",
            _ when body[name]!.GetValueKind() == JsonValueKind.Number => body[name]!.GetValue<int>() + 1,
            _ => body[name]!.GetValue<string>() + "x",
        };
        return call with { Body = body.ToJsonString() };
    }

    /// <summary>The call, after its caller has sent the one request that the minute allows.</summary>
    private async Task<SampleCall> AfterOneAsync(SampleCall call)
    {
        if (call.Operation.SecuritySchemes.Contains("apiKey"))
            call = call.With("x-api-key", await samples.KeyAsync([call.Operation["x-permission"]]));
        await samples.SendAsync(call, other);
        return call;
    }

    /// <summary>The call about something that does not exist, after its client has asked for as much of that as it may.</summary>
    private async Task<SampleCall> AfterManyAsync(SampleCall call)
    {
        for (var i = 0; i < GuessLimits.UnknownPerClient; i++)
            await samples.SendAsync(call, other);
        return call;
    }

    /// <summary>The call with a wrong key, from an address that has sent as many as it may.</summary>
    private async Task<SampleCall> AfterManyWrongKeysAsync(SampleCall call)
    {
        call = call.With("x-management-key", "nobody").With("CLIENT-IP", $"192.0.2.{Interlocked.Increment(ref keys) % 250}");
        for (var i = 0; i < ManagementGate.WrongAtOnce; i++)
            await samples.SendAsync(call, other);
        return call;
    }

    /// <summary>The call by a credential whose account is no longer there.</summary>
    private async Task<SampleCall> OfVanishedAccountAsync(SampleCall call)
    {
        if (call.Operation.PathParameters.Contains("accountId"))
            return call.Of("accountId", SingapayClient.AccountId);
        if (call.Operation.Id == "CreatePaymentLinkV2")
            return call.Of("id", SingapayClient.AccountId);

        using var credential = await samples.CredentialOfNewAccountAsync();
        await samples.App.Services.GetRequiredService<PaySgTables>().Access.DeleteEntityAsync(AccessRows.Owners, AccountRows.Key(credential.Account));
        return call.With("Authorization", $"Bearer {await credential.TokenAsync()}").With("X-PARTNER-ID", credential.Partner);
    }
}
