using PaySg.Functions.Payments.Emails;

namespace PaySg.Functions.Payments;

/// <summary>What is set for payments and the mails about them.</summary>
internal sealed record PaymentSettings
{
    /// <summary>
    /// <c>PaySg__MaxAmountInCents</c>: the largest payment, in cents. Default 20,000,000 (S$200,000), the cap of PaySG's newest guide page.
    /// </summary>
    public long MaxAmountInCents { get; init; } = 20_000_000;

    /// <summary><c>PaySg__RateLimit__MailsPerRecipientAndDay</c>: how many mails one address may get from one payment service on a day of Singapore. Default 50; 0: any number.</summary>
    public int MailsPerRecipientAndDay { get; init; } = 50;

    /// <summary>The relay that takes mails to payers; null: no mails are sent.</summary>
    public EmailSettings? Email { get; init; }

    internal static PaymentSettings Read(SettingsReader settings) => new()
    {
        MaxAmountInCents = settings.Number("PaySg__MaxAmountInCents", 1, 99_999_999, 20_000_000, "cents"),
        MailsPerRecipientAndDay = settings.Number("PaySg__RateLimit__MailsPerRecipientAndDay", 0, 100_000, 50, "mails"),
        Email = EmailSettingsReader.Read(settings),
    };
}
