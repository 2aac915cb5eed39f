using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>
/// The page at the root: for payers who shortened their link, and for developers. It names neither versions nor settings, which are nobody's business who
/// only has the address.
/// </summary>
internal sealed class HomePage(PageAnswers pages)
{
    private static readonly Payee Nobody = new("PaySG for Azure", "", []);

    /// <summary>200 and the page.</summary>
    public ApiAnswer Answer() => pages.Page(200, new Page("Payments", Nobody, Html.Of($"""
        <h1>Payments are made here</h1>
        <p>To pay, open the whole link that you were sent. Each payment has an address of its own.</p>
        <h2>For developers</h2>
        <p><a href="{pages.Root}/external/api">The API</a>: what each call takes and answers, to read and to try.
        The same as an <a href="{pages.Root}/external/api/openapi.json">OpenAPI document</a>.</p>
        """))
    {
        State = "home",
        Warning = "Pay on the page that your link leads to, and only there. Nobody from an agency asks for your card or bank details by phone or message.",
    });
}
