namespace PaySg.Functions.Payments;

/// <summary>The rows of a payment in the partition of its payment service.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>p:</c> complement of the id</term><description>the payment: a forward scan is newest first, a get is a point read</description></item>
/// <item><term><c>i:</c> id</term><description>a light index row in the opposite order, for pages before a cursor</description></item>
/// <item><term><c>f:</c>, <c>s:</c></term><description>copies that a search finds it by (<see cref="Search.SearchKeys"/>)</description></item>
/// </list>
/// </remarks>
internal static class PaymentRows
{
    public const string Prefix = "p:";
    public const string IndexPrefix = "i:";

    /// <summary>The name of the document.</summary>
    public const string Document = "doc";

    public static string Key(string paymentId) => Prefix + SortableAlphabet.Complement(paymentId);

    public static string IndexKey(string paymentId) => IndexPrefix + paymentId;

    /// <summary>The payments that were created before a time, the youngest first.</summary>
    public static string RangeBefore(string paymentServiceId, DateTimeOffset before) =>
        RowKeys.Range(paymentServiceId, Prefix + SortableAlphabet.Complement(PaymentId.LowestAt(before)), Prefix[..^1] + ";");

    /// <summary>The payment's own row.</summary>
    public static TableEntity Write(Payment payment) => Write(payment, Key(payment.Id), Print(payment));

    /// <summary>A row with the payment's document, which rows of one transaction may share.</summary>
    public static TableEntity Write(Payment payment, string rowKey, byte[] document)
    {
        var row = new TableEntity(payment.PaymentServiceId, rowKey);
        ChunkedDocument.Write(row, Document, document);
        return row;
    }

    public static byte[] Print(Payment payment) => JsonSerializer.SerializeToUtf8Bytes(payment, StoredPaymentJson.Compact.Payment);

    public static TableEntity WriteIndex(Payment payment) => new(payment.PaymentServiceId, IndexKey(payment.Id));

    public static Payment Read(TableEntity row) => Read(ChunkedDocument.Read(row, Document).Span);

    public static Payment Read(ReadOnlySpan<byte> document) => PaymentReader.Read(document);
}
