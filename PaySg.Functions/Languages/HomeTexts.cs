using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of the page at the root.</summary>
internal sealed class HomeTexts(TextFile file) : TextGroup(file, "Home")
{
    public string Name => Say();

    public string Title => Say();

    public string Heading => Say();

    public string HowToPay => Say();

    public string ForDevelopers => Say();

    public string Api => Say();

    public string OpenApiDocument => Say();

    public Sentence AboutApi(SentenceValue api, SentenceValue document) => Say(api, document);
}
