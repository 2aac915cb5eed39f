namespace PaySg.Functions.Dashboard;

/// <summary>What can be chosen in a field.</summary>
/// <param name="Value">As the form sends it.</param>
/// <param name="Text">As officers read it.</param>
/// <param name="Lang">The language of the text, as HTML names it; null: English.</param>
internal sealed record FieldChoice(string Value, string Text, string? Lang = null);
