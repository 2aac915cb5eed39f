namespace PaySg.Functions.Platform.Http;

/// <summary>A call that was refused, as its caller may be told later: no body, no query, and the form of the path in place of what was typed into it.</summary>
/// <param name="RequestId">What its answer's <c>x-request-id</c> said.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Such as <c>/v1/payment-services/{paymentServiceId}/payments</c>.</param>
/// <param name="Status">From 400 to 498.</param>
/// <param name="Code">The error's code.</param>
internal sealed record RefusedCall(string RequestId, DateTimeOffset At, string Method, string Path, int Status, string Code);
