using System.Diagnostics;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>Pays on a payment link as the payer's page would, with an outcome that the caller chooses.</summary>
internal sealed class SimulateLinkAttempt(PayLink payLink, PaymentLinkStore links, KeyedCalls keyedCalls, PaySgTables tables)
{
    private const int MaxCodeLength = 50;

    // The words of this call, and the gateway's.
    private static readonly Dictionary<string, string> Outcomes = new(StringComparer.Ordinal)
    {
        ["succeeded"] = "succeeded",
        ["pending"] = "pending",
        ["failed"] = "declined",
    };

    /// <summary>200 and the history.</summary>
    /// <exception cref="ApiException">400, 402, 404, 409, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string reffNo)
    {
        var fields = await call.ReadFieldsAsync();
        var code = fields.RequiredText("payment_method", MaxCodeLength);
        var method = code is null ? null : PaymentLinkMethods.Find(code);
        if (code is not null && method is null)
            fields.Wrong("payment_method", "must be a code of the list at /api/v1.0/payment-link-manage/payment-methods, such as QRIS.");

        var outcome = fields.RequiredText("outcome", 20);
        if (outcome is not null && !Outcomes.ContainsKey(outcome))
            fields.Wrong("outcome", $"must be one of {string.Join(", ", Outcomes.Keys)}.");

        var customer = ReadCustomer(fields);
        fields.ThrowIfInvalid();
        var claim = await FindClaimAsync(reffNo, call.ClientLeft) ?? throw ApiErrors.PaymentLinkNotFound();
        var parameters = new RequestParameters()
            .With("payment_method", code)
            .With("outcome", outcome)
            .With("customer", new RequestParameters().With("name", customer.Name).With("email", customer.Email).With("phone", customer.Phone))
            .OnceWrittenAs(string.Join('\n', code, outcome, customer.Name, customer.Email, customer.Phone));
        var keyed = keyedCalls.Of(call, new KeySpace(SandboxMethods.Payer, tables.PaymentLinks, claim.AccountId), parameters);
        var order = new LinkOrder(claim, method!, customer, new PaymentMethod(SandboxMethods.Simulated, Outcomes[outcome!]));
        return await keyed.RunAsync(async () => await payLink.RunAsync(order, keyed, call.ClientLeft) switch
        {
            LinkPayment.Made made => made.Answer,
            LinkPayment.Refused refused => throw LinkRefusals.ErrorOf(refused.Why, order),
            _ => throw new UnreachableException(),
        });
    }

    private Task<PaymentLinkClaim?> FindClaimAsync(string reffNo, CancellationToken cancellationToken) =>
        PaymentLinkReffNo.IsValid(reffNo) ? links.FindClaimAsync(reffNo, cancellationToken) : Task.FromResult<PaymentLinkClaim?>(null);

    private static LinkCustomer ReadCustomer(RequestFields body)
    {
        if (body.OptionalObject("customer") is not { } fields)
            return LinkCustomer.Unknown;

        var phone = fields.OptionalText("phone", LinkCustomer.MaxPhoneLength);
        if (phone is { Length: > 0 } && !LinkCustomer.IsPhone(phone))
            fields.Wrong("phone", "must be a phone number, such as 081234567890.");

        return new LinkCustomer(
            (fields.OptionalSignedText("name", LinkCustomer.MaxNameLength) ?? "").Trim(),
            fields.OptionalEmail("email", LinkCustomer.MaxEmailLength) ?? "",
            phone ?? "");
    }
}
