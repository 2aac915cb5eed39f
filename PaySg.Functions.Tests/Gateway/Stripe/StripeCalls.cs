using PaySg.Functions.Tests.Fixtures;
using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>Good calls with the real client.</summary>
internal static class StripeCalls
{
    public static PaymentIntentCreateOptions PayNow(long amount = 1130) => new()
    {
        Amount = amount,
        Currency = "sgd",
        Confirm = true,
        AllowedPaymentMethodTypes = ["paynow"],
        PaymentMethodData = new PaymentIntentPaymentMethodDataOptions { Type = "paynow" },
        Description = "Dog licence",
        Metadata = new Dictionary<string, string> { ["attempt_id"] = "att_1", ["0"] = "a name of digits" },
    };

    /// <param name="now">By the server's clock.</param>
    public static SessionCreateOptions Card(DateTimeOffset now, long amount = 1130) => new()
    {
        Mode = "payment",
        AllowedPaymentMethodTypes = ["card"],
        ClientReferenceId = "att_2",
        ExpiresAt = now.AddHours(1).UtcDateTime,
        LineItems =
        [
            new SessionLineItemOptions
            {
                Quantity = 1,
                PriceData = new SessionLineItemPriceDataOptions
                {
                    Currency = "sgd",
                    UnitAmount = amount,
                    ProductData = new SessionLineItemPriceDataProductDataOptions { Name = "Dog licence & tag" },
                },
            },
        ],
        Metadata = new Dictionary<string, string> { ["attempt_id"] = "att_2" },
        PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = new Dictionary<string, string> { ["attempt_id"] = "att_2" } },
        SuccessUrl = "https://pay.example.com/done?session={CHECKOUT_SESSION_ID}",
        CancelUrl = "https://pay.example.com/back",
    };

    /// <summary>A PayNow payment that was paid.</summary>
    public static async Task<PaymentIntent> PaidPayNowAsync(StripeServer server, StripeClient client, long amount = 1130)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(client);
        var intent = await client.V1.PaymentIntents.CreateAsync(PayNow(amount));
        Assert.True(server.SettlePayNow(intent.Id, succeeds: true));
        return intent;
    }

    /// <summary>A session that was paid by card.</summary>
    public static async Task<Session> PaidCardAsync(StripeServer server, StripeClient client, DateTimeOffset now, long amount = 1130)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(client);
        var session = await client.V1.Checkout.Sessions.CreateAsync(Card(now, amount));
        Assert.True(server.PayCard(session.Id));
        return await client.V1.Checkout.Sessions.GetAsync(session.Id);
    }

    public static RefundCreateOptions Refund(string intent, long amount, string id = "re_1") => new()
    {
        PaymentIntent = intent,
        Amount = amount,
        Metadata = new Dictionary<string, string> { ["refund_id"] = id },
    };

    public static RequestOptions Key(string key) => new() { IdempotencyKey = key };

    /// <summary>The error that a call must end with.</summary>
    public static async Task<StripeException> RefusedAsync(int status, string? code, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<StripeException>(call);
        Assert.Equal((status, code), ((int)refusal.HttpStatusCode, refusal.StripeError.Code));
        return refusal;
    }
}
