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

    public string SaveQrCode => Say();

    public string AppOnThisPhone => Say();

    public string SaveFirst => Say();

    public string ScanSaved => Say();

    public string AppOnAnotherPhone => Say();

    public string Scan => Say();

    public Sentence CheckAmount(SentenceValue amount) => Say(amount);

    public string ComeBack => Say();

    public string CardTimeOver => Say();

    public string CardTimeOverText => Say();

    public string WaitingForCard => Say();

    public string PaidOnCardPage => Say();

    public string GoToCardPage => Say();

    public string WaitingForBank => Say();

    public string ConfirmWithBank => Say();

    public Sentence MinutesLeft(SentenceValue minutes) => Say(minutes);

    public string OneMinuteLeft => Say();

    public string Offline => Say();
}
