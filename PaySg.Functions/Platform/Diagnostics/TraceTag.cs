namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>
/// The names under which steps of a trace, and the lines that are logged during a step, say what they are about. Queries of docs/operate/operations.md ask for
/// them. Ids of things only: no secret, no card data, no payer data.
/// </summary>
internal static class TraceTag
{
    /// <summary>The call, as its caller knows it by <c>x-request-id</c>.</summary>
    public const string RequestId = "request_id";

    public const string PaymentServiceId = "payment_service_id";

    /// <summary>The account of the Singapay API.</summary>
    public const string AccountId = "account_id";

    public const string PaymentId = "payment_id";

    public const string RefundId = "refund_id";

    /// <summary>The payment link, by its number.</summary>
    public const string PaymentLinkId = "payment_link_id";

    /// <summary>The attempt to pay: of a payment, or the number of one on a link.</summary>
    public const string AttemptId = "attempt_id";

    public const string EventId = "event_id";

    public const string EndpointId = "endpoint_id";

    /// <summary>Of a call: its method and the form of its path, such as <c>GET /payments/{paymentId}</c>. On the step alone.</summary>
    public const string Call = "call";

    /// <summary>Of a call: the status of its answer. On the step alone.</summary>
    public const string Status = "status";

    /// <summary>Those that stand on each line of the log, too.</summary>
    public static readonly IReadOnlyList<string> OnLines =
        [RequestId, PaymentServiceId, AccountId, PaymentId, RefundId, PaymentLinkId, AttemptId, EventId, EndpointId];
}
