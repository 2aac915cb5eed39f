using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the heading of a payment that is paid.</summary>
internal sealed class PaidTexts(TextFile file) : TextGroup(file, "Paid")
{
    public Sentence Title(SentenceValue amount) => Say(amount);

    public Sentence Received(SentenceValue payee, SentenceValue time) => Say(payee, time);

    public Sentence YouPaid(SentenceValue amount, SentenceValue time) => Say(amount, time);

    public Sentence RefundedTitle(SentenceValue amount) => Say(amount);

    public Sentence RefundedInFull(SentenceValue payee, SentenceValue time) => Say(payee, time);

    public Sentence RefundingTitle(SentenceValue amount) => Say(amount);

    public Sentence RefundBegan(SentenceValue payee, SentenceValue time) => Say(payee, time);

    public Sentence RefundedBefore(SentenceValue refunded, SentenceValue amount) => Say(refunded, amount);

    public Sentence PartlyRefundedTitle(SentenceValue refunded, SentenceValue amount) => Say(refunded, amount);

    public Sentence LastRefund(SentenceValue time) => Say(time);

    public string BanksTakeDays => Say();

    public Sentence Disputed(SentenceValue time) => Say(time);

    public Sentence ReturnedTitle(SentenceValue amount) => Say(amount);

    public Sentence Returned(SentenceValue amount, SentenceValue time) => Say(amount, time);
}
