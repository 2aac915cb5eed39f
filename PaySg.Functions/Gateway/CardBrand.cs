using System.Text.RegularExpressions;

namespace PaySg.Functions.Gateway;

/// <summary>A brand of cards.</summary>
/// <param name="Code">As gateways write it, in lower case, such as <c>visa</c>.</param>
/// <param name="Name">What payers call it, in every language.</param>
/// <param name="Numbers">Which numbers it has, by their first digits (ISO/IEC 7812-1): a regular expression that browsers read as well.</param>
internal sealed record CardBrand(string Code, string Name, string Numbers)
{
    private const int UsualCodeDigits = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>American Express prints the security code on the front, with a digit more.</summary>
    public static readonly CardBrand Amex = new("amex", "American Express", "^3[47]");

    /// <summary>No number is that of two of them.</summary>
    public static readonly IReadOnlyList<CardBrand> All =
    [
        new("visa", "Visa", "^4"),
        new("mastercard", "Mastercard", "^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)"),
        Amex,
        new("unionpay", "UnionPay", "^62"),
        new("jcb", "JCB", "^35(2[89]|[3-8])"),
        new("diners", "Diners Club", "^3(0[0-5]|[689])"),
        new("discover", "Discover", "^6(011|4[4-9]|5)"),
    ];

    /// <summary>How many digits its security code has.</summary>
    public int CodeDigits => this == Amex ? UsualCodeDigits + 1 : UsualCodeDigits;

    /// <summary>The brand that gateways call so; null: none that we know.</summary>
    public static CardBrand? Find(string code) => All.FirstOrDefault(brand => brand.Code == code);

    /// <summary>The brand of a number, whole or begun; null: none that we know, or too few digits to say.</summary>
    /// <param name="digits">Digits only.</param>
    public static CardBrand? OfNumber(string digits) => All.FirstOrDefault(brand => Regex.IsMatch(digits, brand.Numbers, RegexOptions.None, Patience));
}
