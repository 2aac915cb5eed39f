namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>An attempt after an outcome was to be written.</summary>
/// <param name="Attempt">The attempt as it is then.</param>
/// <param name="EndsDoubt">Whether this write has ended the doubt, and so decided the answer to who asked for the attempt; false: another did, or nothing was to be written.</param>
internal sealed record SettledLinkAttempt(LinkAttempt Attempt, bool EndsDoubt);
