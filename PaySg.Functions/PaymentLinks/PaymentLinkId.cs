using System.Buffers.Binary;

namespace PaySg.Functions.PaymentLinks;

/// <summary>
/// The ids of payment links and of the attempts on them, which Singapay shows as JSON numbers: milliseconds since 2025 times 4096, and 12 random
/// bits. They sort by time and stay below 2^53, what JavaScript can count, until 2094. Two that are made in one millisecond may meet: the
/// insert that loses takes another.
/// </summary>
internal static class PaymentLinkId
{
    /// <summary>The largest id: what a JavaScript number holds exactly.</summary>
    public const long Max = (1L << 53) - 1;

    private const int RandomBits = 12;
    private const int Digits = 16;
    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static long New(IRandomSource random, DateTimeOffset now) =>
        (Math.Max(0, (long)(now - Epoch).TotalMilliseconds) << RandomBits) | (BinaryPrimitives.ReadUInt16BigEndian(random.Bytes(2)) & ((1L << RandomBits) - 1));

    /// <summary>The id of a moment with its random part; null where there is none such.</summary>
    public static long? Of(DateTimeOffset time, int randomPart) =>
        time >= Epoch && randomPart is >= 0 and < 1 << RandomBits && (long)(time - Epoch).TotalMilliseconds <= Max >> RandomBits
            ? ((long)(time - Epoch).TotalMilliseconds << RandomBits) | (long)randomPart
            : null;

    /// <summary>What an id holds besides its time: 0 to 4,095.</summary>
    public static int RandomPartOf(long id) => (int)(id & ((1L << RandomBits) - 1));

    /// <summary>When an id was made.</summary>
    public static DateTimeOffset TimeOf(long id) => Epoch.AddMilliseconds(id >> RandomBits);

    /// <summary>The lowest id that a moment can have: a bound for ranges.</summary>
    public static long LowestAt(DateTimeOffset time) => Math.Clamp((long)Math.Ceiling((time - Epoch).TotalMilliseconds), 0, Max >> RandomBits) << RandomBits;

    /// <summary>An id from a path; null where the text is none.</summary>
    public static long? Parse(string? text) =>
        text is { Length: > 0 and <= Digits } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= Max ? id : null;

    /// <summary>The part of a row key that sorts newest first: the complement in 16 digits.</summary>
    public static string Complement(long id) => (Max - id).ToString("D16", CultureInfo.InvariantCulture);

    /// <summary>The id whose <see cref="Complement"/> the text is.</summary>
    public static long OfComplement(string text) => Max - long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
