using System.Globalization;
using PaySg.Functions.Ids;

namespace PaySg.Functions.Accounts;

/// <summary>
/// The id of a Singapay account: a ULID, 26 characters of Crockford's base 32, of which the first 10 are the milliseconds of its
/// creation. It is written in upper case, as Singapay writes it, and only so is it found.
/// </summary>
public static class AccountId
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 26;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new id.</summary>
    public static string New(IRandomSource random, DateTimeOffset now)
    {
        // 48 bits of time and 80 random bits: the bytes of a UUID of version 7, but for its version and variant bits.
        var bytes = random.Bytes(16);
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        }

        return Print(UInt128.Parse(Convert.ToHexString(bytes), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the text has the form of an account's id.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: Length } && text[0] <= '7' && text.All(digit => Digits.Contains(digit, StringComparison.Ordinal));

    /// <summary>The same 128 bits as a UUID: an account's parts in other tables are named by it.</summary>
    /// <exception cref="FormatException">The text is not an account's id.</exception>
    public static Guid ToUuid(string accountId)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, ValueOf(accountId));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// A number that stands for the account where Singapay shows an integer of its own: the last 53 of its 80 random bits, which is as much as a JavaScript number
    /// holds. It is the same for ever.
    /// </summary>
    /// <exception cref="FormatException">The text is not an account's id.</exception>
    public static long ToNumber(string accountId) => (long)(ValueOf(accountId) & ((1UL << 53) - 1));

    private static UInt128 ValueOf(string accountId) => IsValid(accountId)
        ? accountId.Aggregate(UInt128.Zero, (sum, digit) => (sum << 5) | (uint)Digits.IndexOf(digit, StringComparison.Ordinal))
        : throw new FormatException("Not the id of an account.");

    private static string Print(UInt128 value) => string.Create(Length, value, static (text, rest) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
