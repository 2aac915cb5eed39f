using System.Buffers.Binary;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// The <c>reff_no</c> of an attempt: 32 digits, as Singapay's are digits only. 17 are the time in Jakarta to the millisecond, 4 the random part of
/// the attempt's id, 11 are random: so the number leads to the attempt's row by itself, and no two accounts make the same.
/// </summary>
internal static class LinkAttemptNo
{
    /// <summary>How many digits.</summary>
    public const int Length = TimeLength + IdLength + RandomLength;

    private const int FirstYear = 2025;
    private const int TimeLength = 17;
    private const int IdLength = 4;
    private const int RandomLength = 11;
    private const ulong Numbers = 100_000_000_000;
    private const string TimeFormat = "yyyyMMddHHmmssfff";

    /// <summary>A number for the attempt with this id.</summary>
    public static string New(long id, IRandomSource random)
    {
        var time = PaymentLinkId.TimeOf(id).ToOffset(JakartaTime.Offset).ToString(TimeFormat, CultureInfo.InvariantCulture);
        var rest = BinaryPrimitives.ReadUInt64BigEndian(random.Bytes(8)) % Numbers;
        return string.Create(CultureInfo.InvariantCulture, $"{time}{PaymentLinkId.RandomPartOf(id):D4}{rest:D11}");
    }

    /// <summary>The id of the attempt with this number; null where the text is none.</summary>
    public static long? IdOf(string? reffNo) =>
        reffNo is { Length: Length }
        && reffNo.All(char.IsAsciiDigit)
        && DateTime.TryParseExact(reffNo[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && time.Year >= FirstYear
            ? PaymentLinkId.Of(new DateTimeOffset(time, JakartaTime.Offset), int.Parse(reffNo.AsSpan(TimeLength, IdLength), CultureInfo.InvariantCulture))
            : null;
}
