namespace PaySg.Functions.Platform.Errors;

/// <summary>An error as the PaySG API shows it: <c>{"error":{"type","code","message","data"}}</c> (guide, page "Errors").</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The broad category, in snake_case.</param>
/// <param name="Code">The exact error, in snake_case; integrators switch on this.</param>
/// <param name="Message">For humans: what was wrong, where, and what to do.</param>
public sealed record ApiError(int Status, string Type, string Code, string Message)
{
    /// <summary>Which fields of the request are wrong, and why. Empty where the error is not about fields.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>What the answer's <c>Retry-After</c> says; null: no such header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the answer's <c>Allow</c> says, for 405; null: no such header.</summary>
    public string? Allow { get; init; }

    /// <summary>What the answer's <c>Accept-Encoding</c> says, for a 415 that is about the body's coding (RFC 9110, section 15.5.16); null: no such header.</summary>
    public string? AcceptEncoding { get; init; }
}
