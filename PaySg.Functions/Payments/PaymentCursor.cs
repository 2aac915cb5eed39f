using System.Buffers.Text;

namespace PaySg.Functions.Payments;

/// <summary>A place in the list of payments, opaque to callers: a payment's id says when it was created and so where it stands.</summary>
internal static class PaymentCursor
{
    private const string Prefix = "payment:";

    public static string Of(string paymentId) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Prefix + paymentId));

    /// <summary>The payment's id; null where the text is not a cursor.</summary>
    public static string? Parse(string? cursor)
    {
        if (cursor is null || cursor.Length > 100 || !Base64Url.IsValid(cursor))
            return null;

        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith(Prefix, StringComparison.Ordinal) && PaymentId.IsValid(text[Prefix.Length..]) && Of(text[Prefix.Length..]) == cursor
            ? text[Prefix.Length..]
            : null;
    }
}
