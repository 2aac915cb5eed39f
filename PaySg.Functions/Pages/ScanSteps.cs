using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>A QR code to pay by, and what to do with it: on the phone that shows it, where it is saved first, and on another one.</summary>
/// <param name="Code">The code.</param>
/// <param name="SaveAt">The query of the code as a picture.</param>
/// <param name="ScanSaved">What to do in the app on the same phone.</param>
/// <param name="Scan">What to do in the app on another phone.</param>
internal sealed record ScanSteps(Html Code, string SaveAt, string ScanSaved, string Scan)
{
    /// <param name="say">The words.</param>
    /// <param name="amount">How much the app must show.</param>
    public Html Print(WaitingTexts say, Html amount) => Html.Of($"""
        <div class="scan">
        <div>
        {Code}
        <p class="save"><a class="button second" href="{SaveAt}" download>{say.SaveQrCode}</a></p>
        </div>
        <div>
        <h2>{say.AppOnThisPhone}</h2>
        <ol>
        <li>{say.SaveFirst}</li>
        <li>{ScanSaved}</li>
        <li>{say.CheckAmount(amount)}</li>
        </ol>
        <h2>{say.AppOnAnotherPhone}</h2>
        <ol>
        <li>{Scan}</li>
        <li>{say.CheckAmount(amount)}</li>
        </ol>
        <p>{say.ComeBack}</p>
        </div>
        </div>
        """);
}
