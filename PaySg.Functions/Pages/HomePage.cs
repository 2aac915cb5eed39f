using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>
/// The page at the root: for payers who shortened their link, and for developers. It names neither versions nor settings, which are nobody's business who
/// only has the address.
/// </summary>
internal sealed class HomePage(PageAnswers pages)
{
    /// <summary>200 and the page.</summary>
    public ApiAnswer Answer(Reader reader)
    {
        var say = reader.Say.Home;
        var api = Html.Of($"""<a href="{pages.Root}/external/api">{say.Api}</a>""");
        var document = Html.Of($"""<a href="{pages.Root}/external/api/openapi.json">{say.OpenApiDocument}</a>""");
        return pages.Page(200, new Page(reader, say.Title, new Payee(say.Name, "", []), Html.Of($"""
            <h1>{say.Heading}</h1>
            <p>{say.HowToPay}</p>
            <h2>{say.ForDevelopers}</h2>
            <p>{say.AboutApi(api, document)}</p>
            """))
        {
            State = "home",
            Warning = reader.Say.Page.HomeWarning,
        });
    }
}
