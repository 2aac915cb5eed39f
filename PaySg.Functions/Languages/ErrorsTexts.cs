using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of error pages.</summary>
internal sealed class ErrorsTexts(TextFile file) : TextGroup(file, "Errors")
{
    public Sentence QuoteId(SentenceValue id) => Say(id);

    public string TooManyAttempts => Say();

    public Sentence WaitHours(SentenceValue hours) => Say(hours);

    public string WaitAnHour => Say();

    public string TryLater => Say();

    public string ManyArePaying => Say();

    public string TooManyUnknown => Say();

    public string MoneyGoesBack => Say();

    public string MoneyGoesBackText => Say();

    public string OutOfDate => Say();

    public string OutOfDateText => Say();

    public string OtherSite => Say();

    public string OtherSiteText => Say();

    public string NotFound => Say();

    public string NotFoundText => Say();

    public string NotAllowed => Say();

    public string NotAllowedText => Say();

    public string TooMuch => Say();

    public string Unread => Say();

    public string UnreadText => Say();

    public string OurFault => Say();

    public string OurFaultText => Say();
}
