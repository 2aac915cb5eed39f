namespace PaySg.Functions.Payments.Emails;

/// <summary>What a mail tells the payer.</summary>
public enum MailKind
{
    /// <summary>Where to pay. Worth nothing once the payment is no longer unpaid.</summary>
    Link,

    /// <summary>That the payment has arrived.</summary>
    Receipt,
}
