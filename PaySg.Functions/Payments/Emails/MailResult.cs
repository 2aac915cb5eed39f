namespace PaySg.Functions.Payments.Emails;

/// <summary>What became of a mail that was handed over.</summary>
public abstract record MailResult
{
    private MailResult()
    {
    }

    /// <summary>The relay has taken it.</summary>
    public sealed record Taken : MailResult;

    /// <summary>It is not known to be taken.</summary>
    /// <param name="Error">A code and no more, such as <c>MailboxUnavailable</c>, <c>ConnectionRefused</c> or <c>Timeout</c>: messages of relays repeat the payer's address.</param>
    /// <param name="IsPermanent">Whether the same mail would be refused again: then it is not sent again.</param>
    public sealed record Failed(string Error, bool IsPermanent) : MailResult;
}
