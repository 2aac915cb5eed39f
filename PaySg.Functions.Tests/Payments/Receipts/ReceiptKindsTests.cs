using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;

namespace PaySg.Functions.Tests.Payments.Receipts;

[Trait("Category", "Rules")]
public sealed class ReceiptKindsTests
{
    private const string Registered = "M90312345X";

    [Theory]
    [InlineData(Registered, 900, "1 Road", "2 Road", 1130, "tax_invoice")]
    [InlineData(Registered, 900, "1 Road", "2 Road", 20_000_000, "tax_invoice")]
    [InlineData(Registered, 1, "1 Road", "2 Road", 1, "tax_invoice")]
    [InlineData(Registered, 900, "1 Road", null, 100_000, "simplified_tax_invoice")]
    [InlineData(Registered, 900, "", "2 Road", 100_000, "simplified_tax_invoice")]
    [InlineData(Registered, 900, "1 Road", "", 1, "simplified_tax_invoice")]
    [InlineData(Registered, 900, "1 Road", null, 100_001, "receipt")]
    [InlineData(Registered, 0, "1 Road", "2 Road", 1130, "receipt")]
    [InlineData(Registered, null, "1 Road", "2 Road", 1130, "receipt")]
    [InlineData(null, 900, "1 Road", "2 Road", 1130, "receipt")]
    [InlineData(null, null, "", null, 1130, "receipt")]
    public void What_is_known_decides_which_document_it_is(string? registration, int? rate, string address, string? payerAddress, long amount, string expected)
    {
        var supplier = new Supplier { Name = "Board", Address = address, Support = [], GstRegistrationNumber = registration, GstRateBasisPoints = rate };

        Assert.Equal(expected, ReceiptKinds.Of(supplier, Details(amount, payerAddress)).Name());
    }

    [Fact]
    public void Where_nobody_kept_who_was_paid_it_is_a_receipt()
    {
        Assert.Equal(ReceiptKind.Receipt, ReceiptKinds.Of(null, Details(1130, "2 Road")));
    }

    [Fact]
    public void A_customer_without_a_name_gets_no_tax_invoice()
    {
        var supplier = new Supplier { Name = "Board", Address = "1 Road", Support = [], GstRegistrationNumber = Registered, GstRateBasisPoints = 900 };

        Assert.Equal(ReceiptKind.SimplifiedTaxInvoice, ReceiptKinds.Of(supplier, Details(1130, "2 Road") with { PayerName = "" }));
    }

    private static PaymentDetails Details(long amount, string? payerAddress) => new()
    {
        ReferenceId = "INV-1",
        PayerName = "Tan Ah Kow",
        PayerAddress = payerAddress,
        Description = "Licence fee",
        AmountInCents = amount,
    };
}
