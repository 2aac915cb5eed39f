namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary>
/// The text of a QRIS code for one payment: fields of two digits, two digits of length and the value, and at the end a checksum (EMV QR Code
/// Specification for Payment Systems, merchant-presented mode). The sandbox's merchant is nobody: banks' apps read such a code and refuse it.
/// </summary>
internal static class QrisText
{
    private const int MaxReferenceLength = 25;

    /// <param name="rupiah">What is to be paid.</param>
    /// <param name="reference">What names the payment; its last 25 characters are printed.</param>
    public static string Of(long rupiah, string reference)
    {
        var text = new StringBuilder()
            .Append(Field("00", "01"))
            .Append(Field("01", "12"))
            .Append(Field("51", Field("00", "ID.CO.QRIS.WWW") + Field("02", "ID0000000000000") + Field("03", "UMI")))
            .Append(Field("52", "9399"))
            .Append(Field("53", "360"))
            .Append(Field("54", rupiah.ToString(CultureInfo.InvariantCulture)))
            .Append(Field("58", "ID"))
            .Append(Field("59", "SANDBOX"))
            .Append(Field("60", "JAKARTA"))
            .Append(Field("62", Field("05", reference[^Math.Min(reference.Length, MaxReferenceLength)..])))
            .Append("6304");
        return text.Append(Checksum(text.ToString()).ToString("X4", CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>CRC-16 with the polynomial 0x1021, beginning with 0xFFFF (ISO/IEC 13239), of ASCII text.</summary>
    public static int Checksum(string text)
    {
        var sum = 0xFFFF;
        foreach (var character in text)
        {
            sum ^= character << 8;
            for (var bit = 0; bit < 8; bit++)
                sum = ((sum & 0x8000) == 0 ? sum << 1 : (sum << 1) ^ 0x1021) & 0xFFFF;
        }

        return sum;
    }

    private static string Field(string id, string value) => string.Create(CultureInfo.InvariantCulture, $"{id}{value.Length:D2}{value}");
}
