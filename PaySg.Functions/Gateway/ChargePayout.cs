namespace PaySg.Functions.Gateway;

/// <summary>Money that was charged goes on to the agency's bank account.</summary>
/// <param name="Id">The gateway's name of it.</param>
/// <param name="FeeInCents">What the gateway kept of the charge, in cents.</param>
/// <param name="PaidOutAt">When it arrives at the bank.</param>
/// <param name="HasFailed">Whether the bank has sent it back.</param>
internal sealed record ChargePayout(string Id, long FeeInCents, DateTimeOffset PaidOutAt, bool HasFailed);
