namespace PaySg.Functions.PaymentLinks;

/// <summary>The <c>reff_no</c> of a payment link: it stands in the URL of the payer's page, so it holds nothing that a URL would escape, and is no step up or down a path.</summary>
internal static class PaymentLinkReffNo
{
    /// <summary>The longest.</summary>
    public const int MaxLength = 40;

    /// <summary>Whether the text can be one: 1 to 40 of <c>A-Z a-z 0-9 . _ ~ : -</c>, and not <c>.</c> or <c>..</c>.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength } and not ("." or "..")
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "._~:-".Contains(character, StringComparison.Ordinal));
}
