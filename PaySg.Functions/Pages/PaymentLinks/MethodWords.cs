using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>What payers are told of a kind of method.</summary>
/// <param name="Group">The kind: <see cref="PaymentLinkMethod.Group"/>.</param>
/// <param name="Legend">What stands above the methods of this kind.</param>
/// <param name="Before">What paying by it will be like.</param>
/// <param name="Begin">The button that begins it.</param>
/// <param name="Succeed">The button of test mode that pays.</param>
/// <param name="Fail">The button of test mode that does not.</param>
internal sealed record MethodWords(string Group, string Legend, string Before, string Begin, string Succeed, string Fail)
{
    /// <summary>All kinds, in the order of the page.</summary>
    public static readonly IReadOnlyList<MethodWords> All =
    [
        new(
            PaymentLinkMethod.Qris,
            "QR code",
            "You get a QR code. Scan it with the app of your bank or e-wallet, and confirm there.",
            "Show the QR code",
            "Simulate the scan",
            "Simulate a failed scan"),
        new(
            PaymentLinkMethod.VirtualAccount,
            "Bank transfer",
            "You get an account number that is yours for this payment alone. Transfer the amount to it, from any app, machine or counter of a bank.",
            "Show the account number",
            "Simulate the transfer",
            "Simulate a failed transfer"),
        new(
            PaymentLinkMethod.EWallet,
            "E-wallet",
            "Your e-wallet asks you to confirm the payment, in its app.",
            "Ask my e-wallet",
            "Simulate that you confirm",
            "Simulate that you refuse"),
        new(
            PaymentLinkMethod.OfflineStore,
            "Cash at a store",
            "You get a code. Tell it to the cashier of the store, and pay there.",
            "Show the payment code",
            "Simulate the payment",
            "Simulate a failed payment"),
        new(PaymentLinkMethod.Card, "Card", "", "", "Simulate that you confirm", "Simulate that you refuse"),
    ];

    /// <summary>What is told of a method.</summary>
    public static MethodWords Of(PaymentLinkMethod method) => All.First(words => words.Group == method.Group);

    /// <summary>What payers call a method.</summary>
    public static string NameOf(PaymentLinkMethod method) => method.Group == PaymentLinkMethod.Qris ? method.Name : method.Description;
}
