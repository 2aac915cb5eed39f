using PaySg.Functions.Languages;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>A line of what is paid for, as an officer types it into a row of a form. Blanks around a text do not count.</summary>
/// <param name="Row">The number of the row, from 1 on.</param>
internal sealed record TypedItem(int Row, string Description, string Quantity, string Amount)
{
    /// <summary>All items, in the API; the place in the form where it is said what is wrong with all of them.</summary>
    public const string All = "line_items";

    public const string DescriptionPart = "description";
    public const string QuantityPart = "quantity";
    public const string AmountPart = "amount";

    private const string Cents = "amount_in_cents";

    /// <summary>The amount in cents; null where it is none.</summary>
    public long? AmountInCents => Dollars.Parse(Amount);

    /// <summary>The field of a row.</summary>
    /// <param name="part"><see cref="DescriptionPart"/>, <see cref="QuantityPart"/> or <see cref="AmountPart"/>.</param>
    public static string FieldOf(int row, string part) => $"item_{row}_{part}";

    /// <summary>The row of a form; null: nothing is typed into it.</summary>
    public static TypedItem? Of(int row, Func<string, string> textOf)
    {
        var item = new TypedItem(row, Text(DescriptionPart), Text(QuantityPart), Text(AmountPart));
        return item is { Description: "", Quantity: "", Amount: "" } ? null : item;

        string Text(string part) => textOf(FieldOf(row, part)).Trim();
    }

    /// <summary>What an e-service would send to the API.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Description.Length > 0)
            json.WriteString(DescriptionPart, Description);

        if (AmountInCents is { } cents)
            json.WriteNumber(Cents, cents);

        if (long.TryParse(Quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity))
        {
            json.WriteNumber(QuantityPart, quantity);
        }
        else if (Quantity.Length > 0)
        {
            json.WriteString(QuantityPart, Quantity);
        }

        json.WriteEndObject();
    }

    /// <summary>What the API says of a field of it, as a sentence beside the field of the form.</summary>
    public FieldError InWordsOfOfficers(FieldError error, long maxAmountInCents)
    {
        var name = $"Item {Row}";
        return error.Field.Split('.')[^1] switch
        {
            Cents when Amount.Length == 0 => new FieldError(FieldOf(Row, AmountPart), $"{name} needs an amount, such as 11.30."),
            Cents when AmountInCents is null => new FieldError(FieldOf(Row, AmountPart), $"{name}: {Dollars.Expected}"),
            Cents => new FieldError(FieldOf(Row, AmountPart), $"{name}: the amount must be from {Texts.English.Dollars(0)} to {Texts.English.Dollars(maxAmountInCents)}."),
            QuantityPart => new FieldError(FieldOf(Row, QuantityPart), $"{name}: the quantity must be a whole number from 1 to 1000000."),
            _ when Description.Length == 0 => new FieldError(FieldOf(Row, DescriptionPart), $"{name} needs a description."),
            _ => new FieldError(FieldOf(Row, DescriptionPart), $"{name}: the description {error.Message}"),
        };
    }
}
