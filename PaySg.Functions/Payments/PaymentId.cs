using PaySg.Functions.Access;

namespace PaySg.Functions.Payments;

/// <summary>
/// A payment's id: 21 URL-safe characters, as PaySG's are, that also sort by time and find their partition.
/// 7 characters hold Unix milliseconds (42 bits, to the year 2109), 4 the code of the payment service,
/// 10 are random (60 bits: who knows the id may see the payer's page).
/// </summary>
internal static class PaymentId
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 21;

    /// <summary>Characters of a payment service's code.</summary>
    public const int ServiceCodeLength = PaymentService.CodeLength;

    private const int TimeLength = 7;
    private const long LastMilliseconds = (1L << (6 * TimeLength)) - 1;
    private const int RandomLength = 10;

    public static string New(string serviceCode, DateTimeOffset now, IRandomSource random)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceCode);
        return SortableAlphabet.Encode(now.ToUnixTimeMilliseconds(), TimeLength) + serviceCode + SortableAlphabet.Random(random, RandomLength);
    }

    /// <summary>What ids of payments from a time on are not below: a bound for ranges.</summary>
    public static string LowestAt(DateTimeOffset time) => SortableAlphabet.Encode(Math.Clamp(time.ToUnixTimeMilliseconds(), 0, LastMilliseconds), TimeLength);

    /// <summary>Whether the text has the form of a payment id.</summary>
    public static bool IsValid(string? id) => id is { Length: Length } && SortableAlphabet.Contains(id);

    /// <summary>The code of the payment service that made this id.</summary>
    public static string ServiceCodeOf(string id) => id.Substring(TimeLength, ServiceCodeLength);
}
