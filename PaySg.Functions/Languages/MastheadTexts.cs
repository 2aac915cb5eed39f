namespace PaySg.Functions.Languages;

/// <summary>The words of the line that the design system of the Singapore Government puts above each page of an agency.</summary>
internal sealed class MastheadTexts(TextFile file) : TextGroup(file, "Masthead")
{
    public string Line => Say();

    public string HowToIdentify => Say();

    public string OfficialLinks => Say();

    public string OfficialLinksText => Say();

    public string SecureWebsites => Say();

    public string SecureWebsitesText => Say();
}
