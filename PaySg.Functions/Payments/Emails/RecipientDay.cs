namespace PaySg.Functions.Payments.Emails;

/// <summary>How many mails one address gets from one payment service on one day, which is that of Singapore.</summary>
/// <param name="RowKey">The row that counts them.</param>
/// <param name="EndsAt">When the day is over.</param>
public sealed record RecipientDay(string RowKey, DateTimeOffset EndsAt);
