namespace PaySg.Functions.Payments.Emails;

/// <summary>What a mail tells the payer.</summary>
internal enum MailKind
{
    /// <summary>Where to pay. Worth nothing once the payment is no longer unpaid.</summary>
    Link,

    /// <summary>The same once more, some days later. Worth nothing once the payment is no longer unpaid.</summary>
    Reminder,

    /// <summary>That the payment has arrived.</summary>
    Receipt,

    /// <summary>That money has gone back: the credit note of one refund. Worth nothing if the refund fails after all.</summary>
    Refund,
}
