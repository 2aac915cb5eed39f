using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An answer.</summary>
/// <param name="RequestId">Of the request that was executed, which is an earlier one where the answer is replayed.</param>
/// <param name="IsKept">Whether it is kept under the request's idempotency key.</param>
internal sealed record StripeAnswer(int Status, JsonObject Body, string RequestId, bool IsKept)
{
    public bool Replayed { get; init; }

    /// <summary>The header <c>Stripe-Should-Retry</c>; null where it is absent.</summary>
    public bool? ShouldRetry { get; init; }

    public static StripeAnswer Of(StripeRefusalException refusal, string requestId)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new StripeAnswer(refusal.Status, refusal.ToJson(requestId), requestId, refusal.WasBegun);
    }

    /// <summary>A 500: Stripe keeps it like any other result of work that was begun.</summary>
    public static StripeAnswer Fault(string requestId) => Of(StripeRefusalException.Of(500, "api_error", code: null, "An unknown error occurred"), requestId) with { IsKept = true };
}
