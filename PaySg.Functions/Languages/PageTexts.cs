using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the frame that every page has, and what buttons say.</summary>
internal sealed class PageTexts(TextFile file) : TextGroup(file, "Page")
{
    public string SkipToContent => Say();

    public string Language => Say();

    public string TestMode => Say();

    public string NoMoneyMoves => Say();

    public Sentence Questions(SentenceValue payee, SentenceValue ways) => Say(payee, ways);

    public string PaymentWarning => Say();

    public string LinkWarning => Say();

    public string HomeWarning => Say();

    public string Proceed => Say();

    public string Continue => Say();

    public string Back => Say();

    public string BackToPayment => Say();

    public string CheckNow => Say();

    public string TryAgain => Say();

    public string StartAgain => Say();

    public string PayAnotherWay => Say();

    public string PrintOrSave => Say();

    public string OneMoment => Say();

    public string Checking => Say();

    public string Paying => Say();
}
