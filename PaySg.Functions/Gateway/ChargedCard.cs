using System.Text.Json.Serialization;

namespace PaySg.Functions.Gateway;

/// <summary>The card that was charged, as far as a receipt may name it.</summary>
/// <param name="Brand">Its brand as gateways write it, in lower case: <c>visa</c>, <c>mastercard</c>, <c>amex</c>, …</param>
/// <param name="LastFour">The last four digits of its number. More of it is stored nowhere.</param>
internal sealed record ChargedCard(string Brand, string LastFour)
{
    private const int Digits = 4;
    private const int MaxBrand = 20;

    /// <summary>What payers call the brand.</summary>
    [JsonIgnore]
    public string Name => CardBrand.Find(Brand)?.Name ?? "Card";

    /// <summary>What a gateway says of a card; null where that is not a brand and four digits.</summary>
    public static ChargedCard? Of(string? brand, string? lastFour) =>
        brand is { Length: > 0 and <= MaxBrand } && brand.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
        && lastFour is { Length: Digits } && lastFour.All(char.IsAsciiDigit)
            ? new ChargedCard(brand, lastFour)
            : null;
}
