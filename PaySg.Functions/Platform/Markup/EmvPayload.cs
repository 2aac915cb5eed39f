namespace PaySg.Functions.Platform.Markup;

/// <summary>
/// The text of a QR code that a merchant presents (EMVCo, "QR Code Specification for Payment Systems, Merchant-Presented Mode"): data objects of
/// two digits of id, two of length, and a value; at the end a checksum.
/// </summary>
internal sealed class EmvPayload
{
    private const int MaxLength = 99;
    private const string ChecksumStart = "6304";
    private readonly StringBuilder text = new();

    /// <summary>Adds a data object.</summary>
    /// <exception cref="ArgumentException">The value is empty, longer than 99 characters, or not ASCII.</exception>
    public EmvPayload Add(string id, string value)
    {
        if (value.Length is 0 or > MaxLength || !Ascii.IsValid(value))
            throw new ArgumentException($"The value of data object {id} must be 1 to {MaxLength} ASCII characters.", nameof(value));

        text.Append(id).Append(value.Length.ToString("00", CultureInfo.InvariantCulture)).Append(value);
        return this;
    }

    /// <summary>Adds a data object that is made of others.</summary>
    public EmvPayload Add(string id, EmvPayload template) => Add(id, template.ToString());

    /// <summary>The text without a checksum.</summary>
    public override string ToString() => text.ToString();

    /// <summary>The whole text: the checksum, object 63, counts its own id and length in.</summary>
    public string WithChecksum()
    {
        var whole = text + ChecksumStart;
        return whole + ChecksumOf(whole).ToString("X4", CultureInfo.InvariantCulture);
    }

    /// <summary>CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, nothing reflected (ISO/IEC 13239).</summary>
    public static ushort ChecksumOf(string ascii)
    {
        var crc = 0xFFFF;
        foreach (var character in ascii)
        {
            crc ^= character << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;

            crc &= 0xFFFF;
        }

        return (ushort)crc;
    }
}
