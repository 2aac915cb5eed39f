namespace PaySg.Functions.Platform.Markup;

/// <summary>
/// Digits and signs in the width of Latin letters. Input methods for Chinese and Japanese write them as wide as their own characters, where nobody who types sees
/// much of a difference: <c>１２／３０</c> becomes <c>12/30</c>.
/// </summary>
internal static class HalfWidth
{
    private const char WideBlank = '\u3000';
    private const char FirstWide = '\uFF01';
    private const char LastWide = '\uFF5E';

    /// <summary>How far the wide form of a printable character of ASCII is from it (Unicode, block "Halfwidth and Fullwidth Forms").</summary>
    private const int Distance = FirstWide - '!';

    public static string Of(string text) => new([.. text.Select(NarrowOf)]);

    private static char NarrowOf(char character) => character switch
    {
        WideBlank => ' ',
        >= FirstWide and <= LastWide => (char)(character - Distance),
        _ => character,
    };
}
