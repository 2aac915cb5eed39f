using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>Where the script says that there is no connection, on pages that wait. Empty until then.</summary>
internal static class Connection
{
    public static Html Of(WaitingTexts say) => Html.Of($"""<p class="connection" role="status" data-offline="{say.Offline}"></p>""");
}
