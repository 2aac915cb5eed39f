using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>Lists of what is known, each with its name.</summary>
internal static class Facts
{
    /// <summary>A line of such a list; nothing where there is nothing to say.</summary>
    public static Html Line(string label, string? value) =>
        Html.When(!string.IsNullOrEmpty(value), $"""<div><dt>{label}</dt><dd>{value}</dd></div>""");
}
