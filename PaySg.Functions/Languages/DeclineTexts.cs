namespace PaySg.Functions.Languages;

/// <summary>The words of why nothing was charged.</summary>
internal sealed class DeclineTexts(TextFile file) : TextGroup(file, "Decline")
{
    public string Declined => Say();

    public string InsufficientFunds => Say();

    public string Expired => Say();

    public string WrongCode => Say();

    public string Other => Say();
}
