using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>One page, without the frame that all pages have.</summary>
/// <param name="Reader">Who reads it.</param>
/// <param name="Title">What the browser's tab says.</param>
/// <param name="Payee">Who is paid.</param>
/// <param name="Body">What stands in the page.</param>
internal sealed record Page(Reader Reader, string Title, Payee Payee, Html Body)
{
    /// <summary>Names what the page shows, for the script that waits for a change.</summary>
    public string State { get; init; } = "";

    /// <summary>What payers are warned of below each page.</summary>
    public string Warning { get; init; } = Reader.Say.Page.PaymentWarning;

    /// <summary>The form of it that is typed into: a change of the language sends it and keeps what was typed. Null: there is none.</summary>
    public string? FormId { get; init; }

    /// <summary>Further elements of the head.</summary>
    public Html Head { get; init; } = Html.Empty;
}
