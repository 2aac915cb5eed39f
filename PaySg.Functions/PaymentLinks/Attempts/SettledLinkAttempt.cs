namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>An attempt after an outcome was to be written.</summary>
/// <param name="Attempt">The attempt as it is then.</param>
/// <param name="IsWritten">Whether this call has written it; false: there was nothing to change.</param>
public sealed record SettledLinkAttempt(LinkAttempt Attempt, bool IsWritten);
