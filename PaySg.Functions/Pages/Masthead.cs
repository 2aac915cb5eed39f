using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>Says that the page is an agency's, and how to recognise one (Singapore Government Design System, component "Masthead"). It opens without script.</summary>
internal static class Masthead
{
    public static Html Of(MastheadTexts say) => Html.Of($"""
        <details class="masthead">
        <summary>{say.Line} <span>{say.HowToIdentify}</span></summary>
        <div>
        <p><strong>{say.OfficialLinks}</strong> {say.OfficialLinksText}</p>
        <p><strong>{say.SecureWebsites}</strong> {say.SecureWebsitesText}</p>
        </div>
        </details>
        """);
}
