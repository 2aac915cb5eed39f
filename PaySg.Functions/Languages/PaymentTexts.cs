using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the pages of a payment before it is paid.</summary>
internal sealed class PaymentTexts(TextFile file) : TextGroup(file, "Payment")
{
    public Sentence Pay(SentenceValue amount) => Say(amount);

    public string ChooseHowToPay => Say();

    public string ChooseOneBelow => Say();

    public string NotPayableOnline => Say();

    public Sentence AmountsTaken(SentenceValue least, SentenceValue most, SentenceValue contact) => Say(least, most, contact);

    public string EnterCard => Say();

    public string CheckCard => Say();

    public string PayWithPayNow => Say();

    public Sentence PayNowBefore(SentenceValue amount) => Say(amount);

    public string PayByCard => Say();

    public string CardElsewhere => Say();

    public string ContinueToStripe => Say();

    public string TakingYouToStripe => Say();

    public string NotMade => Say();

    public Sentence LockedUntil(SentenceValue time) => Say(time);

    public string Cancelled => Say();

    public string CancelledHeading => Say();

    public Sentence CancelledBy(SentenceValue payee, SentenceValue time) => Say(payee, time);

    public string ReturnToService => Say();
}
