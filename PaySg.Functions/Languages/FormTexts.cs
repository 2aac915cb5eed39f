using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the fields of forms, and what is wrong in them.</summary>
internal sealed class FormTexts(TextFile file) : TextGroup(file, "Form")
{
    public string PleaseCheck => Say();

    public string CardNumber => Say();

    public string Expiry => Say();

    public string ExpiryHint => Say();

    public string SecurityCode => Say();

    public string SecurityCodeHint => Say();

    public string NameOnCard => Say();

    public string EnterCardNumber => Say();

    public string NotACardNumber => Say();

    public string OnlyTestCards => Say();

    public string CardNotAccepted => Say();

    public string EnterExpiry => Say();

    public string CardExpired => Say();

    public string ExpiryTooFar => Say();

    public string EnterCodeOnFront => Say();

    public string EnterCodeOnBack => Say();

    public string EnterNameOnCard => Say();

    public Sentence NameTooLong(SentenceValue most) => Say(most);

    public string NameIsNumber => Say();

    public string EnterName => Say();

    public string EnterNameNotNumber => Say();

    public string EnterEmail => Say();

    public string EnterEmailLike => Say();

    public string EnterPhone => Say();

    public string EnterPhoneLike => Say();
}
