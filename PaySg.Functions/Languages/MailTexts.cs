using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of mails to payers.</summary>
internal sealed class MailTexts(TextFile file) : TextGroup(file, "Mail")
{
    public Sentence Dear(SentenceValue payer) => Say(payer);

    public Sentence AsksYouToPay(SentenceValue payee, SentenceValue amount) => Say(payee, amount);

    public Sentence LinkSubject(SentenceValue payee, SentenceValue amount, SentenceValue reference) => Say(payee, amount, reference);

    public Sentence NotPaidYet(SentenceValue payee, SentenceValue amount) => Say(payee, amount);

    public Sentence ReminderSubject(SentenceValue payee, SentenceValue amount, SentenceValue reference) => Say(payee, amount, reference);

    public string PayHere => Say();

    public Sentence PayOnThisPage(SentenceValue contact) => Say(contact);

    public string ScanCode => Say();

    public string QrCodeLabel => Say();

    public Sentence SamePage(SentenceValue link) => Say(link);

    public Sentence ReceiptSubject(SentenceValue payee, SentenceValue amount, SentenceValue reference) => Say(payee, amount, reference);

    public Sentence Received(SentenceValue payee, SentenceValue amount) => Say(payee, amount);

    public Sentence KeepReceipt(SentenceValue contact, SentenceValue number) => Say(contact, number);

    public Sentence RefundSubject(SentenceValue payee, SentenceValue amount, SentenceValue reference) => Say(payee, amount, reference);

    public Sentence RefundedInFull(SentenceValue payee) => Say(payee);

    public Sentence RefundedInPart(SentenceValue payee, SentenceValue amount, SentenceValue paid) => Say(payee, amount, paid);
}
