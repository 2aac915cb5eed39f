using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Changes stored payments behind the product's back.</summary>
internal static class StoredPayments
{
    /// <summary>The payment as it is now.</summary>
    public static async Task<Payment> FindAsync(PaySgApp app, string paymentId, string serviceId = ApiClient.ServiceId) =>
        PaymentRows.Read((await app.Services.GetRequiredService<PaySgTables>().Payments.FindAsync(serviceId, PaymentRows.Key(paymentId)))!);

    /// <summary>Changes a payment's own row.</summary>
    public static async Task ChangeAsync(PaySgApp app, string paymentId, Func<Payment, Payment> change, string serviceId = ApiClient.ServiceId)
    {
        var payments = app.Services.GetRequiredService<PaySgTables>().Payments;
        var row = (await payments.FindAsync(serviceId, PaymentRows.Key(paymentId)))!;
        await payments.PutAsync(PaymentRows.Write(change(PaymentRows.Read(row))), CancellationToken.None);
    }

    /// <summary>Changes the live attempt of a payment, in both of its rows.</summary>
    public static async Task ChangeAttemptAsync(PaySgApp app, string paymentId, Func<ChargeAttempt, ChargeAttempt> change)
    {
        var payments = app.Services.GetRequiredService<PaySgTables>().Payments;
        var row = (await payments.FindAsync(ApiClient.ServiceId, PaymentRows.Key(paymentId)))!;
        var payment = PaymentRows.Read(row);
        var attemptRow = (await payments.FindAsync(ApiClient.ServiceId, ChargeAttemptRows.Key(paymentId, payment.LiveAttemptId!)))!;
        var attempt = change(ChargeAttemptRows.Read(attemptRow));
        await payments.PutAsync(ChargeAttemptRows.Write(attempt, ApiClient.ServiceId), CancellationToken.None);
        await payments.PutAsync(PaymentRows.Write(payment with { LiveAttempt = payment.LiveAttempt! with { Handle = attempt.Handle } }), CancellationToken.None);
    }
}
