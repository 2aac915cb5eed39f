using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>The words of methods of payment.</summary>
internal sealed class MethodsTexts(TextFile file) : TextGroup(file, "Methods")
{
    public string Card => Say();

    public string CardBrands => Say();

    public Sentence CardEndingIn(SentenceValue brand, SentenceValue digits) => Say(brand, digits);

    public string PayNow => Say();

    public string PayNowHint => Say();

    public string QrCode => Say();

    public string QrCodeBefore => Say();

    public string ShowQrCode => Say();

    public string BankTransfer => Say();

    public string BankTransferBefore => Say();

    public string ShowAccountNumber => Say();

    public string EWallet => Say();

    public Sentence EWalletNamed(SentenceValue wallet) => Say(wallet);

    public string EWalletBefore => Say();

    public string AskEWallet => Say();

    public string Cash => Say();

    public Sentence CashAt(SentenceValue store) => Say(store);

    public string CashBefore => Say();

    public string ShowPaymentCode => Say();

    public string LinkCard => Say();
}
