namespace PaySg.Functions.Payments.Emails;

/// <summary>All legal changes of a mail's state, each with its reason. What is not listed is not possible.</summary>
internal static class MailTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(MailState From, MailState To, string Reason)> Edges =
    [
        (MailState.Pending, MailState.Pending, "an attempt failed and another is due"),
        (MailState.Pending, MailState.Sent, "the relay took the mail"),
        (MailState.Pending, MailState.Failed, "the last attempt failed, or the relay refused the mail permanently"),
        (MailState.Pending, MailState.Pending, "its recipient has received as many mails today as are allowed"),
        (MailState.Pending, MailState.Failed, "it has waited for three days for its receiver to have fewer"),
        (MailState.Pending, MailState.Superseded, "the payment whose link it holds is no longer unpaid"),
        (MailState.Pending, MailState.Superseded, "the refund that it tells of failed after all"),
    ];

    public static bool Allows(MailState from, MailState to) => Edges.Select(edge => (edge.From, edge.To)).Contains((from, to));
}
