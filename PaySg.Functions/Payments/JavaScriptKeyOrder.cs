namespace PaySg.Functions.Payments;

/// <summary>
/// The order in which JavaScript prints an object's keys (ECMA-262, OrdinaryOwnPropertyKeys): array indexes first, ascending,
/// then the others as they came. Metadata is kept in it, so that a receiver who prints an event again gets the signed bytes.
/// </summary>
internal static class JavaScriptKeyOrder
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(IReadOnlyList<KeyValuePair<string, string>> entries) =>
        [.. entries.Where(IsIndexed).OrderBy(entry => Index(entry.Key)), .. entries.Where(entry => !IsIndexed(entry))];

    private static bool IsIndexed(KeyValuePair<string, string> entry) => Index(entry.Key) is not null;

    private static uint? Index(string key) =>
        uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < uint.MaxValue
        && key == index.ToString(CultureInfo.InvariantCulture)
            ? index
            : null;
}
