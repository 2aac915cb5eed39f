using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The steps of a payment, for tests that know no more of an attempt than its id.</summary>
internal static class PaymentSteps
{
    /// <summary>An agency that says no more of itself than its name.</summary>
    public static Supplier Board { get; } = new() { Name = "Demo board", Address = "", Support = [] };

    public static Payment BeginAttempt(this Payment payment, string attemptId, string method, DateTimeOffset now) =>
        payment.BeginAttempt(Attempt(payment, attemptId, method), Board, now);

    public static Payment PendAttempt(this Payment payment, string attemptId) =>
        payment.PendAttempt(Attempt(payment, attemptId, payment.LiveAttempt?.Method ?? ""));

    public static Payment Pay(this Payment payment, string attemptId, DateTimeOffset now) => payment.Pay(Attempt(payment, attemptId, MethodKinds.Card), now);

    public static Payment EndAttempt(this Payment payment, string attemptId, bool counts) =>
        payment.EndAttempt(Attempt(payment, attemptId, payment.LiveAttempt?.Method ?? "") with { FailureReason = "declined" }, counts);

    private static ChargeAttempt Attempt(Payment payment, string attemptId, string method) => new()
    {
        Id = attemptId,
        PaymentId = payment.Id,
        Method = method,
        CreatedAt = payment.CreatedAt,
        UpdatedAt = payment.CreatedAt,
    };
}
