using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The fields of a form that a page of ours has sent.</summary>
internal sealed class PageForm
{
    /// <summary>The id of a form that is typed into (<see cref="Page.FormId"/>).</summary>
    public const string Id = "form";

    /// <summary>The field of a form that says what is wrong in it.</summary>
    private const string Again = "again";

    private const string FormType = "application/x-www-form-urlencoded";
    private readonly Dictionary<string, StringValues> fields;

    private PageForm(Dictionary<string, StringValues> fields) => this.fields = fields;

    /// <summary>A field's text, without blanks around it; empty where it is missing or was sent more than once.</summary>
    public string this[string name] => fields.TryGetValue(name, out var values) && values.Count == 1 ? values.ToString().Trim() : "";

    /// <summary>The language that a button of the form asks for, and nothing else: such a form is shown again and pays nothing. Empty: none.</summary>
    public string Language => this[Reader.Choice];

    /// <summary>Whether only the language is changed.</summary>
    public bool IsSwitch => Has(Reader.Choice);

    /// <summary>Whether only the language is changed, before anything in the form was found wrong. What is not yet typed is not wrong then.</summary>
    public bool IsUnchecked => IsSwitch && !Has(Again);

    /// <summary>What a form holds besides its fields, where something in it was found wrong.</summary>
    public static Html MarkOf(IReadOnlyList<FormError> errors) => Html.When(errors.Count > 0, $"""<input type="hidden" name="{Again}" value="1">""");

    /// <summary>Whether a field was sent, empty or not.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <exception cref="ApiException">400, 413, or 415 where it is no form; 403 where it comes from another site.</exception>
    public static async Task<PageForm> ReadAsync(HttpRequest request, string publicBaseUrl, CancellationToken cancellationToken)
    {
        RefuseOtherSites(request, publicBaseUrl);
        if (request.ContentType?.Split(';')[0].Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase) != true)
            throw ApiErrors.UnsupportedMediaType();

        var body = await RequestBody.ReadAsync(request, cancellationToken);
        return new PageForm(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span)));
    }

    /// <summary>
    /// No cookie makes a form of another site dangerous, since whoever knows the address may pay. But a payer must not be led into a charge
    /// by a page that only looks like ours. Browsers say where a form comes from; what says nothing is let in, old browsers too.
    /// </summary>
    internal static void RefuseOtherSites(HttpRequest request, string publicBaseUrl)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();

        // With our Referrer-Policy browsers send the origin "null", from our own pages too.
        if (site is "cross-site" or "same-site"
            || (site.Length == 0 && origin is not ("" or "null") && origin != new Uri(publicBaseUrl).GetLeftPart(UriPartial.Authority)))
        {
            throw ApiErrors.CrossSiteForm();
        }
    }
}
