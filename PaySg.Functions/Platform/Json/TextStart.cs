namespace PaySg.Functions.Platform.Json;

/// <summary>The beginning of a text that somebody else wrote. A letter of two UTF-16 units is not cut in two: half of one can be stored as JSON and never be read again.</summary>
internal static class TextStart
{
    /// <param name="text">The text.</param>
    /// <param name="most">How many UTF-16 units are kept at most.</param>
    public static string Of(string text, int most) =>
        text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
