using System.Net;
using System.Text;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>
/// Who is let in at which route, and what everybody else is told: no key, a wrong key, a key without the permission, another owner's key, and another
/// owner's ids by a caller who may do the same at home. A route of the document that has no row here fails.
/// </summary>
public sealed class EachRouteAccessTests(SampleCalls samples) : IClassFixture<SampleCalls>
{
    private const string View = "view";
    private const string Billing = "billing";
    private const string Refund = "refund";
    private const string Administrator = "administrator";
    private const string Management = "management";
    private const string Account = "account";
    private const string Client = "client";
    private const string Open = "open";

    /// <summary>Each route, and what opens it.</summary>
    private static readonly Dictionary<string, string> Doors = new(StringComparer.Ordinal)
    {
        ["CreatePayment"] = Billing,
        ["ListPayments"] = View,
        ["GetPayment"] = View,
        ["CancelPayment"] = Billing,
        ["RefundPayment"] = Refund,
        ["ListRefunds"] = View,
        ["GetReceipt"] = View,
        ["SendPaymentEmail"] = Billing,
        ["CreateWebhookEndpoint"] = Administrator,
        ["ListWebhookEndpoints"] = Administrator,
        ["GetWebhookEndpoint"] = Administrator,
        ["UpdateWebhookEndpoint"] = Administrator,
        ["DeleteWebhookEndpoint"] = Administrator,
        ["RotateWebhookSecret"] = Administrator,
        ["TestWebhookEndpoint"] = Administrator,
        ["ListDeliveries"] = Administrator,
        ["GetDelivery"] = Administrator,
        ["ResendDelivery"] = Administrator,
        ["StartRecovery"] = Administrator,
        ["GetRecovery"] = Administrator,
        ["ListEvents"] = Administrator,
        ["GetEvent"] = Administrator,
        ["TriggerEvent"] = Administrator,
        ["IssueAccessTokenV10"] = Client,
        ["IssueAccessTokenV11"] = Client,
        ["CreatePaymentLink"] = Account,
        ["ListPaymentLinks"] = Account,
        ["ListPaymentLinkMethods"] = Account,
        ["GetPaymentLink"] = Account,
        ["UpdatePaymentLink"] = Account,
        ["DeletePaymentLink"] = Account,
        ["ListHistories"] = Account,
        ["GetHistory"] = Account,
        ["CreatePaymentLinkV2"] = Account,
        ["GetPaymentLinkV2"] = Account,
        ["UpdatePaymentLinkV2"] = Account,
        ["CreatePaymentService"] = Management,
        ["ListPaymentServices"] = Management,
        ["GetPaymentService"] = Management,
        ["UpdatePaymentService"] = Management,
        ["GetPaymentMoney"] = Management,
        ["RedactPayment"] = Management,
        ["RedactHistory"] = Management,
        ["CreateApiKey"] = Management,
        ["ListApiKeys"] = Management,
        ["RevokeApiKey"] = Management,
        ["InviteMember"] = Management,
        ["ListMembers"] = Management,
        ["RemoveMember"] = Management,
        ["ListPaymentServiceAuditLog"] = Management,
        ["ListAccountAuditLog"] = Management,
        ["InviteAccountMember"] = Management,
        ["ListAccountMembers"] = Management,
        ["RemoveAccountMember"] = Management,
        ["CreateAccount"] = Management,
        ["ListAccounts"] = Management,
        ["GetAccount"] = Management,
        ["UpdateAccount"] = Management,
        ["CreateCredential"] = Management,
        ["ListCredentials"] = Management,
        ["RevokeCredential"] = Management,
        ["ListAccountDeliveries"] = Management,
        ["GetAccountDelivery"] = Management,
        ["ResendAccountDelivery"] = Management,
        ["StartAccountRecovery"] = Management,
        ["GetAccountRecovery"] = Management,

        // Open to everybody: the id in the path is all that a payer has, and the sandbox moves no money.
        ["GetPaymentQrCode"] = Open,
        ["SimulatePayment"] = Open,
        ["SettleSandboxAttempt"] = Open,
        ["SimulateLinkAttempt"] = Open,
        ["ShowPaymentPage"] = Open,
        ["SubmitPaymentPage"] = Open,
        ["ShowLinkPage"] = Open,
        ["SubmitLinkPage"] = Open,
        // Stripe has no key of ours: the signature of the body tells that it is Stripe.
        ["TakeStripeNotice"] = Open,
        ["GetPageAsset"] = Open,
        ["GetLogo"] = Open,
        ["Health"] = Open,
        ["Ready"] = Open,
        ["GetOpenApi"] = Open,
        ["ShowApiBrowser"] = Open,
        ["ShowHomePage"] = Open,
        ["GetApiBrowserFile"] = Open,
    };

    private static int callers;

    public static TheoryData<string> Routes => [.. OpenApiFile.Operations.Select(operation => operation.Id)];

    [Fact]
    public void Each_route_has_a_row_and_each_row_a_route() =>
        Assert.Equal(OpenApiFile.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal), Doors.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nobody_else_is_let_in(string route)
    {
        var operation = OpenApiFile.Operations.Single(each => each.Id == route);
        var call = await samples.CallAsync(operation);
        var wrong = new List<string>();
        foreach (var (who, attempt, status, code) in await AttemptsAsync(call, Doors.GetValueOrDefault(route) ?? throw new InvalidOperationException($"Say in {nameof(Doors)} who may call {operation}.")))
        {
            // Each attempt comes from an address of its own, so that none is answered for the others.
            var answer = await samples.SendAsync(attempt.With("CLIENT-IP", $"198.51.100.{Interlocked.Increment(ref callers) % 250}:4711"));
            if (answer.Status != status || (code is not null && !answer.Body.Contains(code, StringComparison.Ordinal)))
                wrong.Add($"{who}: {(int)answer.Status} {answer.Body}, not {(int)status} {code}");
            if (answer.Headers.GetValueOrDefault("X-Content-Type-Options") != "nosniff")
                wrong.Add($"{who}: the answer may be taken for what it is not");
        }

        Assert.True(wrong.Count == 0, $"{operation}\n{string.Join('\n', wrong)}");
    }

    private async Task<IReadOnlyList<(string Who, SampleCall Call, HttpStatusCode Status, string? Code)>> AttemptsAsync(SampleCall call, string door) => door switch
    {
        Open => [("without any key", call, (HttpStatusCode)call.Operation.SuccessStatus, null)],
        Management => await ManagementAsync(call),
        Client => Clients(call),
        Account => await AccountAsync(call),
        _ => await ApiKeyAsync(call, door),
    };

    private async Task<IReadOnlyList<(string, SampleCall, HttpStatusCode, string?)>> ApiKeyAsync(SampleCall call, string permission)
    {
        var management = new ManagementClient(samples.App.BaseAddress);
        var other = await management.CreatedServiceAsync();
        var all = string.Join(',', PermissionNames.All.Select(name => $"\"{name}\""));
        var (_, otherKey) = await management.IssuedKeyAsync(other, all);
        var lacking = await samples.KeyAsync(PermissionNames.All.Except([permission]));
        (string, SampleCall, HttpStatusCode, string?)[] byKey =
        [
            ("no key", call.Without("x-api-key"), HttpStatusCode.Unauthorized, "invalid_api_key"),
            ("a wrong key", call.With("x-api-key", "paysg_stag_nobody"), HttpStatusCode.Unauthorized, "invalid_api_key"),
            ("the management key", call.With("x-api-key", ManagementClient.Key), HttpStatusCode.Unauthorized, "invalid_api_key"),
            ($"a key without {permission}", call.With("x-api-key", lacking), HttpStatusCode.Forbidden, "insufficient_permissions"),
        ];
        if (!call.Operation.PathParameters.Contains("paymentServiceId"))
            return byKey; // The owner is the key's: there is no other to ask for.
        var ownWithForeignIds = call.Operation.PathParameters.Count() > 1
            ? call.Of("paymentServiceId", other).With("x-api-key", otherKey)
            : call.Of("paymentServiceId", other);
        return
        [
            .. byKey,
            ("another owner's key", call.With("x-api-key", otherKey), HttpStatusCode.NotFound, "payment_service_not_found"),
            ("another owner's ids", ownWithForeignIds, HttpStatusCode.NotFound, "_not_found"),
        ];
    }

    private async Task<IReadOnlyList<(string, SampleCall, HttpStatusCode, string?)>> ManagementAsync(SampleCall call)
    {
        var attempts = new List<(string, SampleCall, HttpStatusCode, string?)>
        {
            ("no key", call.Without("x-management-key"), HttpStatusCode.Unauthorized, "invalid_management_key"),
            ("a wrong key", call.With("x-management-key", "paysg_management_dem0"), HttpStatusCode.Unauthorized, "invalid_management_key"),
            ("an API key", call.Without("x-management-key").With("x-api-key", ApiClient.ApiKey), HttpStatusCode.Unauthorized, "invalid_management_key"),
            ("an API key as the management key", call.With("x-management-key", ApiClient.ApiKey), HttpStatusCode.Unauthorized, "invalid_management_key"),
        };

        // The operator may do everything, but what is one owner's is not found at another's.
        var management = new ManagementClient(samples.App.BaseAddress);
        var names = call.Operation.PathParameters.ToList();
        if (names.Count > 1)
        {
            var other = names[0] == "accountId" ? await management.CreatedAccountAsync() : await management.CreatedServiceAsync();
            attempts.Add(("another owner's ids", call.Of(names[0], other), HttpStatusCode.NotFound, "_not_found"));
        }

        return attempts;
    }

    private async Task<IReadOnlyList<(string, SampleCall, HttpStatusCode, string?)>> AccountAsync(SampleCall call)
    {
        using var other = await samples.CredentialOfNewAccountAsync();
        var asOther = call.With("Authorization", $"Bearer {await other.TokenAsync()}").With("X-PARTNER-ID", other.Partner);
        var attempts = new List<(string, SampleCall, HttpStatusCode, string?)>
        {
            ("no token", call.Without("Authorization"), HttpStatusCode.Unauthorized, "Unauthorized partner"),
            ("a wrong token", call.With("Authorization", "Bearer a.b.c"), HttpStatusCode.Unauthorized, "Unauthorized partner"),
            ("an API key as a token", call.With("Authorization", $"Bearer {ApiClient.ApiKey}"), HttpStatusCode.Unauthorized, "Unauthorized partner"),
            ("no partner id", call.Without("X-PARTNER-ID"), HttpStatusCode.Unauthorized, "X-PARTNER-ID"),
            ("another credential's partner id", call.With("X-PARTNER-ID", other.Partner), HttpStatusCode.Forbidden, "Invalid X-PARTNER-ID"),
        };
        var names = call.Operation.PathParameters.ToList();
        if (names.Count == 0)
        {
            // The list of methods is nobody's own.
            return attempts;
        }

        attempts.Add(("another owner's token", asOther, HttpStatusCode.NotFound, "not found"));
        if (names.Count > 1)
            attempts.Add(("another owner's ids", asOther.Of(names[0], other.Account), HttpStatusCode.NotFound, "not found"));
        return attempts;
    }

    private static IReadOnlyList<(string, SampleCall, HttpStatusCode, string?)> Clients(SampleCall call)
    {
        var proof = call.Operation.Id == "IssueAccessTokenV10" ? "Authorization" : "X-Signature";
        var forged = proof == "Authorization" ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SingapayClient.ClientId}:wrong")) : new string('0', 128);
        return
        [
            ("no credentials", call.Without(proof), HttpStatusCode.Unauthorized, "Invalid credentials"),
            ("a wrong secret", call.With(proof, forged), HttpStatusCode.Unauthorized, "Invalid credentials"),
            ("no partner id", call.Without("X-PARTNER-ID"), HttpStatusCode.Unauthorized, "X-PARTNER-ID"),
            ("another credential's partner id", call.With("X-PARTNER-ID", SingapayClient.PartnerId), HttpStatusCode.Forbidden, "Invalid X-PARTNER-ID"),
        ];
    }
}
