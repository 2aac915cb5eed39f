namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>Who pays on a link. Texts are empty where the payer was not asked.</summary>
/// <param name="Name">At most <see cref="MaxNameLength"/> characters.</param>
/// <param name="Email">An e-mail address of at most <see cref="MaxEmailLength"/> characters.</param>
/// <param name="Phone">A phone number as it was given, of at most <see cref="MaxPhoneLength"/> characters.</param>
internal sealed record LinkCustomer(string Name, string Email, string Phone)
{
    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest address.</summary>
    public const int MaxEmailLength = 254;

    /// <summary>The longest phone number: fifteen digits (E.164), and room for how people write them.</summary>
    public const int MaxPhoneLength = 25;

    /// <summary>Nobody who was asked.</summary>
    public static readonly LinkCustomer Unknown = new("", "", "");

    /// <summary>Which details are missing, by the names of the API's fields.</summary>
    public IEnumerable<string> MissingFields()
    {
        if (Name.Length == 0)
            yield return "name";

        if (Email.Length == 0)
            yield return "email";

        if (Phone.Length == 0)
            yield return "phone";
    }

    /// <summary>Whether the text is a phone number: 5 to 15 digits, with a plus sign, spaces, dashes, dots and brackets where people write them.</summary>
    public static bool IsPhone(string text)
    {
        return text.Length <= MaxPhoneLength
            && text.Count(char.IsAsciiDigit) is >= 5 and <= 15
            && text.LastIndexOf('+') <= 0
            && text.All(character => char.IsAsciiDigit(character) || "+ -.()".Contains(character, StringComparison.Ordinal));
    }
}
