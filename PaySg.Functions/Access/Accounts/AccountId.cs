namespace PaySg.Functions.Access.Accounts;

/// <summary>The id of a Singapay account: a <see cref="Ulid"/>, as Singapay writes it.</summary>
internal static class AccountId
{
    /// <summary>How many characters it has.</summary>
    public const int Length = Ulid.Length;

    public static string New(IRandomSource random, DateTimeOffset now) => Ulid.New(random, now);

    /// <summary>Whether the text has the form of an account's id.</summary>
    public static bool IsValid(string? text) => Ulid.IsValid(text);

    /// <summary>The same 128 bits as a UUID: an account's parts in other tables are named by it.</summary>
    /// <exception cref="FormatException">The text is not an account's id.</exception>
    public static Guid ToUuid(string accountId)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Ulid.ValueOf(accountId));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// A number that stands for the account where Singapay shows an integer of its own: the last 53 of its 80 random bits, which is as much as a JavaScript number
    /// holds. It never changes.
    /// </summary>
    /// <exception cref="FormatException">The text is not an account's id.</exception>
    public static long ToNumber(string accountId) => (long)(Ulid.ValueOf(accountId) & ((1UL << 53) - 1));
}
