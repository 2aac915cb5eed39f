using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the names of facts, in lists and tables.</summary>
internal sealed class FactsTexts(TextFile file) : TextGroup(file, "Facts")
{
    public string To => Say();

    public string For => Say();

    public string Details => Say();

    public string Reference => Say();

    public string Payer => Say();

    public string DueDate => Say();

    public string PayBefore => Say();

    public string ValidUntil => Say();

    public string PaymentNumber => Say();

    public string PaymentMethod => Say();

    public string PaymentCode => Say();

    public string PaidTo => Say();

    public string PaidBy => Say();

    public string PaidOn => Say();

    public string PaidWith => Say();

    public string RefundedBy => Say();

    public string RefundedTo => Say();

    public string Date => Say();

    public string Address => Say();

    public string PayerAddress => Say();

    public string GstRegistrationNumber => Say();

    public string Reason => Say();

    public string FullRefund => Say();

    public string PartialRefund => Say();

    public string Amount => Say();

    public string Item => Say();

    public string BeforeGst => Say();

    public Sentence Gst(SentenceValue rate) => Say(rate);

    public string Total => Say();

    public string TotalPaid => Say();

    public string TotalRefunded => Say();

    public Sentence DateAndTime(SentenceValue date, SentenceValue time) => Say(date, time);

    public Sentence SingaporeTime(SentenceValue time) => Say(time);

    public Sentence JakartaTime(SentenceValue time) => Say(time);
}
