using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the pages of payment links.</summary>
internal sealed class LinkTexts(TextFile file) : TextGroup(file, "Link")
{
    public string NothingCharged => Say();

    public string CheckDetails => Say();

    public string SendAgain => Say();

    public string OpenTooLong => Say();

    public string YourName => Say();

    public string Email => Say();

    public string Phone => Say();

    public string Closed => Say();

    public Sentence ClosedText(SentenceValue payee) => Say(payee);

    public string Expired => Say();

    public Sentence ExpiredAt(SentenceValue time, SentenceValue payee) => Say(time, payee);

    public Sentence EndedByMerchant(SentenceValue payee) => Say(payee);

    public string UsedUp => Say();

    public Sentence UsedUpText(SentenceValue payee) => Say(payee);

    public string NoMethods => Say();

    public Sentence NoMethodsText(SentenceValue payee) => Say(payee);

    public string NotPayable => Say();

    public Sentence NotPayableText(SentenceValue payee) => Say(payee);

    public Sentence ContinueTo(SentenceValue site) => Say(site);

    public string NotHeardYet => Say();

    public string Refunding => Say();

    public string RefundingText => Say();

    public Sentence RefundedText(SentenceValue time) => Say(time);

    public string NameOfToday => Say();

    public string TimeOver => Say();

    public Sentence TimeOverText(SentenceValue time) => Say(time);

    public string WaitingForPayment => Say();

    public Sentence QrisLabel(SentenceValue amount, SentenceValue number) => Say(amount, number);

    public string ScanSaved => Say();

    public string Scan => Say();

    public Sentence Transfer(SentenceValue amount) => Say(amount);

    public Sentence TransferText(SentenceValue amount) => Say(amount);

    public Sentence PayAtStore(SentenceValue amount, SentenceValue store) => Say(amount, store);

    public Sentence PayAtStoreText(SentenceValue amount) => Say(amount);

    public Sentence ConfirmIn(SentenceValue wallet) => Say(wallet);

    public Sentence ConfirmInText(SentenceValue wallet, SentenceValue amount) => Say(wallet, amount);

    public string PayOnce => Say();
}
