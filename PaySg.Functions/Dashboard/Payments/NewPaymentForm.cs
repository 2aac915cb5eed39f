using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// The form of a new payment: its fields, and rows for line items and for metadata. Without script a row is added by sending the form: nothing is checked or created
/// then. A row into which nothing is typed does not count.
/// </summary>
internal sealed class NewPaymentForm
{
    /// <summary>The button that adds rows for items.</summary>
    public const string MoreItems = "more_items";

    /// <summary>The button that adds rows for metadata.</summary>
    public const string MoreMetadata = "more_metadata";

    /// <summary>How many items a form takes; the API takes as many as fit into a request.</summary>
    public const int MostItems = 30;

    /// <summary>How many entries of metadata a payment has.</summary>
    public const int MostMetadata = 10;

    /// <summary>How many characters the name of an entry of metadata has at most.</summary>
    public const int LongestName = 40;

    private const int ItemsAtOnce = 3;
    private const int MetadataAtOnce = 2;

    private readonly IReadOnlyList<TypedItem> items;
    private readonly IReadOnlyList<(int Row, string Name, string Value)> metadata;

    private NewPaymentForm(Func<string, string> textOf, int itemRows, int metadataRows)
    {
        (TextOf, ItemRows, MetadataRows) = (textOf, Math.Min(itemRows, MostItems), Math.Min(metadataRows, MostMetadata));
        items = [.. Enumerable.Range(1, ItemRows).Select(row => TypedItem.Of(row, textOf)).OfType<TypedItem>()];
        metadata = [.. Enumerable.Range(1, MetadataRows).Select(row => (row, textOf(NameField(row)).Trim(), textOf(ValueField(row)).Trim())).Where(static entry => entry.Item2.Length + entry.Item3.Length > 0)];

        // What is given to the API must be an object: the first of two with one name is.
        Payment = new TypedPayment(textOf, [.. metadata.Where(static entry => entry.Name.Length > 0).DistinctBy(static entry => entry.Name, StringComparer.Ordinal).Select(static entry => KeyValuePair.Create(entry.Name, entry.Value))], items);
    }

    /// <summary>The form that nobody has filled in.</summary>
    public static NewPaymentForm Blank { get; } = new(static _ => "", ItemsAtOnce, MetadataAtOnce);

    /// <summary>What was typed into a field, by its name.</summary>
    public Func<string, string> TextOf { get; }

    /// <summary>How many rows for items are shown.</summary>
    public int ItemRows { get; }

    /// <summary>How many rows for metadata are shown.</summary>
    public int MetadataRows { get; }

    /// <summary>Whether items are typed, or were asked for.</summary>
    public bool HasItems => items.Count > 0 || ItemRows > ItemsAtOnce;

    /// <summary>Whether metadata is typed, or was asked for.</summary>
    public bool HasMetadata => metadata.Count > 0 || MetadataRows > MetadataAtOnce;

    /// <summary>The payment that is typed.</summary>
    public TypedPayment Payment { get; }

    public static string NameField(int row) => $"metadata_{row}_name";

    public static string ValueField(int row) => $"metadata_{row}_value";

    /// <summary>The form that was sent, with the rows that were sent.</summary>
    public static NewPaymentForm Of(PageForm form) => new(
        name => form[name],
        Math.Max(ItemsAtOnce, LastOf(MostItems, row => form.Has(TypedItem.FieldOf(row, TypedItem.DescriptionPart)))),
        Math.Max(MetadataAtOnce, LastOf(MostMetadata, row => form.Has(NameField(row)))));

    /// <summary>The form with more rows, where a button asks for them; null: the form is to be done.</summary>
    public NewPaymentForm? WithMoreRows(PageForm form) =>
        form.Has(MoreItems) ? new NewPaymentForm(TextOf, ItemRows + ItemsAtOnce, MetadataRows)
        : form.Has(MoreMetadata) ? new NewPaymentForm(TextOf, ItemRows, MetadataRows + MetadataAtOnce)
        : null;

    /// <summary>What is wrong, by the fields of the form; empty: nothing.</summary>
    public IReadOnlyList<FieldError> Check(long maxAmountInCents, PaySgMode mode)
    {
        var names = metadata.Select(NameErrorOf).OfType<FieldError>().ToList();
        return [.. Payment.Check(maxAmountInCents, mode).Where(error => error.Field != TypedPayment.Metadata || names.Count == 0).Select(InItsRow), .. names];
    }

    private static int LastOf(int most, Func<int, bool> isThere) => Enumerable.Range(1, most).LastOrDefault(isThere);

    private FieldError? NameErrorOf((int Row, string Name, string Value) entry) => entry.Name.Length switch
    {
        0 => new FieldError(NameField(entry.Row), $"Entry {entry.Row} of the metadata needs a name."),
        > LongestName => new FieldError(NameField(entry.Row), $"Entry {entry.Row} of the metadata: the name must be at most {LongestName} characters."),
        _ when metadata.Any(other => other.Row < entry.Row && other.Name == entry.Name) => new FieldError(NameField(entry.Row), $"Entry {entry.Row} of the metadata has the name of another."),
        _ => null,
    };

    private FieldError InItsRow(FieldError error)
    {
        var entry = metadata.FirstOrDefault(entry => error.Field == TypedPayment.MetadataPrefix + entry.Name);
        return entry.Row == 0 ? error : new FieldError(ValueField(entry.Row), $"Entry {entry.Row} of the metadata {error.Message}");
    }
}
