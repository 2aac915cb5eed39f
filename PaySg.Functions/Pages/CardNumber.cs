using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The number of a card, as a payer typed it. It prints its brand and never itself.</summary>
internal sealed class CardNumber
{
    private const int FewestDigits = 12;
    private const int MostDigits = 19;

    private CardNumber(string digits) => Digits = digits;

    /// <summary>12 to 19 digits with a right check digit (ISO/IEC 7812-1).</summary>
    public string Digits { get; }

    /// <summary>Null: none that we know.</summary>
    public CardBrand? Brand => CardBrand.OfNumber(Digits);

    /// <summary>Reads the number as it is printed, typed or filled in: with blanks or hyphens of any kind between its digits, or none, in any width. Null: it is none.</summary>
    public static CardNumber? Parse(string text)
    {
        var digits = Bare(text);
        return digits.Length is >= FewestDigits and <= MostDigits && digits.All(char.IsAsciiDigit) && HasCheckDigit(digits) ? new CardNumber(digits) : null;
    }

    /// <summary>Whether something stands in the field at all.</summary>
    public static bool IsMissing(string text) => Bare(text).Length == 0;

    public override string ToString() => Brand?.Name ?? "";

    private static string Bare(string text) =>
        new([.. HalfWidth.Of(text).Where(character => !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.DashPunctuation)]);

    /// <summary>From the right every second digit counts twice, as the sum of its digits.</summary>
    private static bool HasCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }

        return sum % 10 == 0;
    }
}
