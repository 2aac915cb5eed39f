using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>What payers are told of a kind of method.</summary>
/// <param name="Legend">What stands above the methods of this kind.</param>
/// <param name="Before">What paying by it will be like.</param>
/// <param name="Begin">The button that begins it.</param>
/// <param name="Succeed">The button of test mode that pays.</param>
/// <param name="Fail">The button of test mode that does not.</param>
internal sealed record MethodWords(string Legend, string Before, string Begin, string Succeed, string Fail)
{
    /// <summary>The kinds of methods (<see cref="PaymentLinkMethod.Group"/>), in the order of the page.</summary>
    public static readonly IReadOnlyList<string> Groups =
    [
        PaymentLinkMethod.Qris, PaymentLinkMethod.VirtualAccount, PaymentLinkMethod.EWallet, PaymentLinkMethod.OfflineStore, PaymentLinkMethod.Card,
    ];

    /// <summary>What is told of a kind of method.</summary>
    /// <param name="say">The words of the reader's language.</param>
    /// <param name="group">The kind.</param>
    /// <exception cref="InvalidOperationException">It has no words here: a mistake of ours.</exception>
    public static MethodWords Of(Texts say, string group)
    {
        var (words, test) = (say.Methods, say.Simulation);
        return group switch
        {
            PaymentLinkMethod.Qris => new(words.QrCode, words.QrCodeBefore, words.ShowQrCode, test.Scan, test.FailedScan),
            PaymentLinkMethod.VirtualAccount => new(words.BankTransfer, words.BankTransferBefore, words.ShowAccountNumber, test.Transfer, test.FailedTransfer),
            PaymentLinkMethod.EWallet => new(words.EWallet, words.EWalletBefore, words.AskEWallet, test.Confirmation, test.Decline),
            PaymentLinkMethod.OfflineStore => new(words.Cash, words.CashBefore, words.ShowPaymentCode, test.Payment, test.FailedPayment),
            PaymentLinkMethod.Card => new(words.LinkCard, "", "", test.Confirmation, test.Decline),
            _ => throw new InvalidOperationException($"The methods {group} have no words on the page."),
        };
    }

    /// <summary>What payers call a method.</summary>
    public static string NameOf(MethodsTexts say, PaymentLinkMethod method) => method.Group switch
    {
        PaymentLinkMethod.Qris => method.Name,
        PaymentLinkMethod.EWallet => say.EWalletNamed(method.Brand),
        PaymentLinkMethod.OfflineStore => say.CashAt(method.Brand),
        PaymentLinkMethod.Card => say.Card,
        _ => method.Description,
    };

    /// <summary>What payers call a method below the name of its kind.</summary>
    public static string ShortNameOf(MethodsTexts say, PaymentLinkMethod method) => method.Group == PaymentLinkMethod.Card ? say.Card : method.Brand;
}
