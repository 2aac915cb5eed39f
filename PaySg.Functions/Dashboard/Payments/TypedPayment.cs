using PaySg.Functions.Languages;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// A payment as an officer types it, into a form or a line of a file. It becomes what an e-service would send to the API, and is checked by the API's own rules.
/// Blanks around a text do not count, and an empty text is one that is not given.
/// </summary>
internal sealed class TypedPayment
{
    /// <summary>The amount in dollars, where the API has cents.</summary>
    public const string Amount = "amount";

    /// <summary>The day until which it is to be paid.</summary>
    public const string DueDate = "due_date";

    /// <summary>What else is typed, each under its name.</summary>
    public const string Metadata = "metadata";

    /// <summary>Stands before the name of an entry of metadata that something is wrong with.</summary>
    public const string MetadataPrefix = Metadata + ".";

    private const string Cents = "amount_in_cents";

    private readonly long? cents;
    private readonly bool hasAmount;
    private readonly IReadOnlyList<TypedItem> items;

    /// <param name="textOf">What was typed into a field, by its name; empty where nothing was.</param>
    /// <param name="metadata">What else was typed, each name once.</param>
    /// <param name="items">What is paid for, line by line; empty: nothing is said of that.</param>
    public TypedPayment(Func<string, string> textOf, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TypedItem> items)
    {
        this.items = items;
        var amount = textOf(Amount).Trim();
        hasAmount = amount.Length > 0;
        cents = Dollars.Parse(amount);
        Json = JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (var field in Fields.Where(static field => field.Name != Amount))
                WriteText(json, field.Name, field.Name == DueDate ? AsTheApiWrites(textOf(field.Name).Trim()) : textOf(field.Name).Trim());

            if (cents is { } number)
                json.WriteNumber(Cents, number);

            if (items.Count > 0)
            {
                json.WriteStartArray(TypedItem.All);
                foreach (var item in items)
                    item.Write(json);

                json.WriteEndArray();
            }

            json.WriteStartObject(Metadata);
            foreach (var (name, value) in metadata)
                WriteText(json, name, value.Trim());

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>The fields, in the order of the form.</summary>
    public static IReadOnlyList<TypedField> Fields { get; } =
    [
        new("reference_id", "Reference", 255, IsRequired: true),
        new("payer_name", "Payer’s name", 255, IsRequired: true),
        new("payer_email", "Payer’s email", 255),
        new("description", "Description", 500, IsRequired: true),
        new(Amount, "Amount in S$", 20, IsRequired: true),
        new(DueDate, "Due date", 11),
        new("payer_address", "Payer’s address", 255),
        new("payer_identifier", "Payer’s identifier", 20),
        new("locale", "Language", 2),
        new("return_url", "Where the payer goes after paying", 2048),
    ];

    /// <summary>What an e-service would send to the API.</summary>
    public byte[] Json { get; }

    /// <summary>The amount in cents; 0 where it is none.</summary>
    public long AmountInCents => cents ?? 0;

    /// <summary>
    /// What is wrong, by the names that officers know; empty: nothing. Items have to add up to the amount: the API leaves that to its callers, and who types it may mistype it.
    /// </summary>
    public IReadOnlyList<FieldError> Check(long maxAmountInCents, PaySgMode mode)
    {
        var fields = new RequestFields(JsonElement.Parse(Json));
        PaymentDetailsReader.Note(fields, maxAmountInCents, mode);
        FieldError[] errors = [.. fields.Errors.Select(error => InWordsOfOfficers(error, maxAmountInCents))];
        return errors.Length == 0 && items.Count > 0 && items.Sum(static item => item.AmountInCents) is var sum && sum != cents
            ? [new FieldError(TypedItem.All, $"The items add up to {Texts.English.Dollars(sum ?? 0)}, and the amount is {Texts.English.Dollars(AmountInCents)}.")]
            : errors;
    }

    private FieldError InWordsOfOfficers(FieldError error, long maxAmountInCents) => error.Field switch
    {
        Cents when hasAmount && cents is null => new FieldError(Amount, Dollars.Expected),
        Cents when hasAmount => new FieldError(Amount, $"must be from {Texts.English.Dollars(1)} to {Texts.English.Dollars(maxAmountInCents)}."),
        Cents => new FieldError(Amount, "is required."),
        DueDate => error with { Message = "must be a day that there is, such as 31-DEC-2026." },
        TypedItem.All => error with { Message = $"The items must not add up to more than {Texts.English.Dollars(maxAmountInCents)}." },
        _ when ItemOf(error.Field) is { } item => item.InWordsOfOfficers(error, maxAmountInCents),
        _ when error.Message.StartsWith("is required", StringComparison.Ordinal) => error with { Message = "is required." },
        _ => error,
    };

    /// <summary>The item that a field of the API, such as <c>line_items[2].description</c>, is of; null: it is of none.</summary>
    private TypedItem? ItemOf(string field) =>
        field.StartsWith(TypedItem.All + "[", StringComparison.Ordinal) ? items[int.Parse(field[(TypedItem.All.Length + 1)..field.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture)] : null;

    /// <summary>Browsers send a day as 2026-12-31, and spreadsheets may.</summary>
    private static string AsTheApiWrites(string day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? Functions.Payments.DueDate.Print(date)
        : day;

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
            json.WriteString(name, text);
    }
}
