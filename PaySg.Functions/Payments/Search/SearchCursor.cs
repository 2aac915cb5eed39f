using System.Buffers.Text;

namespace PaySg.Functions.Payments.Search;

/// <summary>A place in a list with a filter, opaque to callers. It belongs to that filter: in another list the place means nothing.</summary>
internal static class SearchCursor
{
    private const string Prefix = "found:";
    private const int LongestPlace = 64;

    public static string Of(PaymentFilter filter, string place) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Prefix}{filter.Fingerprint}:{place}"));

    /// <summary>Whether the text is a cursor of some list with a filter.</summary>
    public static bool IsOne(string? cursor) => TextOf(cursor) is not null;

    /// <summary>The place; null where the text is no cursor of this filter.</summary>
    public static string? Parse(string? cursor, PaymentFilter filter)
    {
        var start = $"{Prefix}{filter.Fingerprint}:";
        return TextOf(cursor) is { } text && text.StartsWith(start, StringComparison.Ordinal) && text[start.Length..] is { Length: > 0 and <= LongestPlace } place
            && SortableAlphabet.Contains(place) && Of(filter, place) == cursor
            ? place
            : null;
    }

    private static string? TextOf(string? cursor)
    {
        if (cursor is null || cursor.Length > 200 || !Base64Url.IsValid(cursor))
            return null;

        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text : null;
    }
}
