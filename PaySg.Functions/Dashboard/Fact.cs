using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>What is known of something, as a line of a list of such lines.</summary>
internal static class Fact
{
    /// <summary>The line; nothing where nothing is known.</summary>
    public static Html Of(string label, string? value) => Html.When(!string.IsNullOrEmpty(value), $"<div><dt>{label}</dt><dd>{value}</dd></div>");

    public static Html Of(string label, Html value) => Html.Of($"<div><dt>{label}</dt><dd>{value}</dd></div>");
}
