using PaySg.Functions.Languages;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>What an officer has typed to refund a payment.</summary>
/// <param name="Amount">As it was typed.</param>
/// <param name="Error">What is wrong with it, or why it was refused; null: nothing.</param>
internal sealed record RefundForm(string Amount, string? Error)
{
    /// <summary>The cents; null where what was typed is no amount.</summary>
    public long? Cents { get; } = Dollars.Parse(Amount);

    /// <summary>A form that nobody has filled in: all that is left.</summary>
    public static RefundForm Blank(long leftInCents) => new(Dollars.Print(leftInCents), Error: null);

    /// <summary>What was typed, with what is wrong with it beside what is left.</summary>
    public static RefundForm Check(string amount, long leftInCents) => Dollars.Parse(amount) switch
    {
        null => new RefundForm(amount, Dollars.Expected),
        0 => new RefundForm(amount, "Enter more than S$0.00."),
        { } cents when cents > leftInCents => new RefundForm(amount, $"At most {Texts.English.Dollars(leftInCents)} can be refunded."),
        _ => new RefundForm(amount, Error: null),
    };
}
