using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>
/// The key that a form has in itself, so that it pays once, however often it is sent. It says when the form was shown: what was sent with a key
/// is forgotten after a day, so a form is valid for less.
/// </summary>
internal static class FormKey
{
    public const string Field = "form";

    /// <summary>For how long a form may be sent after it was shown. Shorter than records of keys are kept (<see cref="IdempotencyRecords"/>).</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    // Clocks of two instances differ.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    /// <summary>Whether the text is a key at all.</summary>
    public static bool IsKey(string? text) => SortableUuid.IsPrefixed(text, IdGenerator.FormPrefix);

    /// <summary>Whether a form with this key may be sent now. Keys are compared as texts, which sort by time: a forged one may name a time that is none.</summary>
    public static bool IsGood(string? text, DateTimeOffset now) =>
        IsKey(text) && IsBehind(text!, now - GoodFor) && !IsBehind(text!, now + Leeway);

    /// <summary>Whether the key was made after the millisecond of a moment.</summary>
    private static bool IsBehind(string key, DateTimeOffset moment) =>
        string.CompareOrdinal(key, IdGenerator.FormPrefix + SortableUuid.LowestAt(moment.AddMilliseconds(1))) >= 0;
}
