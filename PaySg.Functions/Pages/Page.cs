using PaySg.Functions.Access;
using PaySg.Functions.Markup;

namespace PaySg.Functions.Pages;

/// <summary>One page, without the frame that all pages have.</summary>
/// <param name="Title">What the browser's tab says.</param>
/// <param name="Payee">Who is paid.</param>
/// <param name="Body">What stands in the page.</param>
internal sealed record Page(string Title, Payee Payee, Html Body)
{
    /// <summary>Names what the page shows, for the script that waits for a change.</summary>
    public string State { get; init; } = "";

    /// <summary>Further elements of the head.</summary>
    public Html Head { get; init; } = Html.Empty;
}
