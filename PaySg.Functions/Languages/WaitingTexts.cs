using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the pages that wait for a bank.</summary>
internal sealed class WaitingTexts(TextFile file) : TextGroup(file, "Waiting")
{
    public string CheckingPayment => Say();

    public string NotHeardYet => Say();

    public string QrExpired => Say();

    public string QrExpiredText => Say();

    public string NewQrCode => Say();

    public Sentence ScanToPay(SentenceValue amount) => Say(amount);

    public Sentence PayNowQrLabel(SentenceValue amount, SentenceValue reference) => Say(amount, reference);

    public Sentence ScanWithBank(SentenceValue save) => Say(save);

    public string SaveQrCode => Say();

    public Sentence CheckAmount(SentenceValue amount) => Say(amount);

    public string ComeBack => Say();

    public string CardTimeOver => Say();

    public string CardTimeOverText => Say();

    public string NotPaidYet => Say();

    public string LeftCardPage => Say();

    public string PaidOnCardPage => Say();

    public string GoToCardPage => Say();

    public string WaitingForBank => Say();

    public string ConfirmWithBank => Say();
}
