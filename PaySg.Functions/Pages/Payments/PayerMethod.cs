using PaySg.Functions.Gateway.Sandbox;

namespace PaySg.Functions.Pages.Payments;

/// <summary>A method that payers of payments may choose.</summary>
/// <param name="Kind">Its name in forms and at the gateway.</param>
/// <param name="Name">What payers call it.</param>
/// <param name="Hint">What it takes.</param>
internal sealed record PayerMethod(string Kind, string Name, string Hint)
{
    public static readonly PayerMethod Card = new(SandboxMethods.Card, "Credit or debit card", "Visa, Mastercard or American Express");

    /// <summary>A QR code for the payer's banking app.</summary>
    public static readonly PayerMethod PayNow = new(SandboxMethods.PayNow, "PayNow", "Scan a QR code with your bank’s app");

    /// <summary>All that are offered, in the order of the page.</summary>
    public static readonly IReadOnlyList<PayerMethod> All = [Card, PayNow];

    /// <summary>The method of this kind; null: not offered.</summary>
    public static PayerMethod? Find(string? kind) => All.FirstOrDefault(method => method.Kind == kind);
}
