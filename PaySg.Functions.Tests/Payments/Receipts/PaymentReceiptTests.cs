using FsCheck.Fluent;
using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Receipts;

[Trait("Category", "Rules")]
public sealed class PaymentReceiptTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 19, 7, 4, 0, TimeSpan.Zero);
    private static readonly Supplier Board = new()
    {
        Name = "Licence board", Address = "1 Road", Support = [], GstRegistrationNumber = "M90312345X", GstRateBasisPoints = 900,
    };

    private static readonly PaymentDetails Details = new()
    {
        ReferenceId = "INV-1", PayerName = "Tan Ah Kow", PayerAddress = "2 Road", Description = "Licence fee", AmountInCents = 1130,
    };

    [Fact]
    public void A_receipt_says_what_the_payment_keeps_and_is_numbered_by_its_id()
    {
        var receipt = PaymentReceipt.Of(Paid(Details, Board), current: null);

        Assert.Equal((ReceiptKind.TaxInvoice, "-abc", Now, Board, false), (receipt.Kind, receipt.Number, receipt.PaidAt, receipt.Supplier, receipt.IsFromSettings));
        Assert.Equal(new GstSplit(900, 1037, 93), receipt.Gst);
        Assert.Equal([new ReceiptLine("Licence fee", 1, 1130, receipt.Gst)], receipt.Lines);
        Assert.Equal((MethodKinds.Card, new ChargedCard("visa", "4242")), (receipt.Method, receipt.Card));
        Assert.False(receipt.SaysPriceIncludesGst);
        Assert.Empty(receipt.CreditNotes);
        Assert.True(PaymentReceipt.Of(Paid(Details with { PayerAddress = null }, Board), null).SaysPriceIncludesGst);
        Assert.False(PaymentReceipt.Of(Paid(Details, Board with { GstRateBasisPoints = 0 }), null).SaysPriceIncludesGst);
        Assert.False(PaymentReceipt.Of(Paid(Details, Board with { GstRateBasisPoints = null }), null).SaysPriceIncludesGst);
    }

    [Fact]
    public void A_payment_that_kept_nothing_says_what_the_payment_service_says_now_and_is_no_tax_invoice()
    {
        var service = new PaymentService("payment_service_1", "code", "Now", Now) { GstRateBasisPoints = 1000, GstRegistrationNumber = "M90312345X", AgencyAddress = "9 Road" };

        var receipt = PaymentReceipt.Of(Paid(Details, Board) with { Supplier = null }, service);

        Assert.Equal((ReceiptKind.Receipt, true, Supplier.Of(service).Name), (receipt.Kind, receipt.IsFromSettings, receipt.Supplier.Name));
        Assert.Equal(("9 Road", "M90312345X", 103), (receipt.Supplier.Address, receipt.Supplier.GstRegistrationNumber, receipt.Gst!.TaxInCents));
        Assert.Equal("PaySG", PaymentReceipt.Of(Paid(Details, Board) with { Supplier = null }, null).Supplier.Name);
    }

    [Fact]
    public void There_is_none_of_what_is_not_paid()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => PaymentReceipt.Of(Payment.Create("-abc", "payment_service_1", "user_1", Details, Now), null));
        Assert.Equal("Payment -abc is not paid, so there is no receipt.", fault.Message);
    }

    [Fact]
    public void What_an_older_release_began_keeps_who_is_paid_when_it_is_paid_and_nothing_changes_it_then()
    {
        var payment = Paid(Details, Board);

        Assert.Same(Board, payment.KeepSupplier(PaymentSteps.Board).Supplier);
        Assert.Same(PaymentSteps.Board, (payment with { Supplier = null }).KeepSupplier(PaymentSteps.Board).Supplier);
    }

    [Theory]
    [InlineData(new long[] { }, new long[] { 1130 })]
    [InlineData(new long[] { 1000, 130 }, new long[] { 1000, 130 })]
    [InlineData(new long[] { 1000 }, new long[] { 1000, 130 })]
    [InlineData(new long[] { 1000, 500 }, new long[] { 1000, 500, -370 })]
    public void What_items_leave_of_the_total_or_exceed_it_by_is_a_line_of_its_own(long[] items, long[] lines)
    {
        var receipt = PaymentReceipt.Of(Paid(Details with { LineItems = [.. items.Select(item => new LineItem("Item", item, 2))] }, Board), null);

        Assert.Equal(lines, receipt.Lines.Select(line => line.AmountInCents));
        Assert.Equal(lines.Length > items.Length && items.Length > 0 ? 1 : 0, receipt.Lines.Count(line => line.Description is null && line.Quantity is null));
    }

    [Fact]
    public void Lines_and_total_always_agree_in_amount_and_tax() => Properties.Hold(
        from amount in Properties.Between(1, 20_000_000)
        from items in Properties.Between(0, 5_000_000).ArrayOf()
        from rate in FsCheck.Fluent.Gen.Choose(0, 100_00)
        select (amount, items, rate),
        value =>
        {
            var details = Details with { AmountInCents = value.amount, LineItems = [.. value.items.Select(item => new LineItem("Item", item, null))] };

            var receipt = PaymentReceipt.Of(Paid(details, Board with { GstRateBasisPoints = value.rate }), null);

            Assert.Equal(value.amount, receipt.Lines.Sum(line => line.AmountInCents));
            Assert.Equal(receipt.Gst!.TaxInCents, receipt.Lines.Sum(line => line.Gst!.TaxInCents));
            Assert.Equal(receipt.Gst.NetInCents, receipt.Lines.Sum(line => line.Gst!.NetInCents));
        });

    [Fact]
    public void Credit_notes_of_the_whole_hold_exactly_its_tax() => Properties.Hold(
        from amount in Properties.Between(1, 20_000_000)
        from cuts in Properties.Between(1, 20_000_000).ArrayOf()
        from rate in FsCheck.Fluent.Gen.Choose(0, 100_00)
        from isKept in FsCheck.Fluent.Gen.Elements(true, false)
        select (amount, cuts, rate, isKept),
        value =>
        {
            var payment = Paid(Details with { AmountInCents = value.amount }, Board with { GstRateBasisPoints = value.rate });
            foreach (var cut in value.cuts.Take(Payment.MaxRefunds - 1))
            {
                if (payment.RefundableInCents > 0)
                    payment = Refunded(payment, Math.Min(cut, payment.RefundableInCents));
            }

            if (payment.RefundableInCents > 0)
                payment = Refunded(payment, payment.RefundableInCents);

            // Refunds of an older release have no tax of their own.
            if (!value.isKept)
                payment = payment with { Refunds = [.. payment.Refunds.Select(refund => refund with { GstInCents = null })] };

            var receipt = PaymentReceipt.Of(payment, null);
            Assert.Equal(receipt.Gst!.TaxInCents, receipt.CreditNotes.Sum(note => note.Gst!.TaxInCents));
            Assert.Equal(value.amount, receipt.CreditNotes.Sum(note => note.AmountInCents));
            Assert.All(receipt.CreditNotes, note => Assert.InRange(note.Gst!.TaxInCents, 0, note.AmountInCents));
            Assert.Equal(receipt.CreditNotes.Count, receipt.CreditNotes.Select(note => note.Number).Distinct().Count());
        });

    [Fact]
    public void A_credit_note_names_the_receipt_and_stays_as_it_is_when_others_come_and_go()
    {
        var once = Refunded(Paid(Details, Board), 130);
        var first = Assert.Single(PaymentReceipt.Of(once, null).CreditNotes);
        Assert.Equal(new CreditNote("-abc-C1", "-abc", "re_0", Now.AddDays(1), IsWhole: false, 130, new GstSplit(900, 119, 11)), first);

        var twice = Refunded(once, 1000);
        var second = PaymentReceipt.Of(twice, null).CreditNotes[1];
        Assert.Equal(first, PaymentReceipt.Of(twice, null).CreditNotes[0]);
        Assert.Equal(("-abc-C2", 82), (second.Number, second.Gst!.TaxInCents));

        // The first refund did not arrive.
        var failed = twice.EndRefund("re_0", RefundStatus.Failed, Now.AddDays(2), "lost");
        Assert.Equal([second], PaymentReceipt.Of(failed, null).CreditNotes);
        var again = PaymentReceipt.Of(Refunded(failed, 130), null).CreditNotes;
        Assert.Equal(["-abc-C2", "-abc-C3"], again.Select(note => note.Number));
        Assert.Equal(93, again.Sum(note => note.Gst!.TaxInCents));
        Assert.True(Assert.Single(PaymentReceipt.Of(Refunded(Paid(Details, Board), 1130), null).CreditNotes).IsWhole);
    }

    [Fact]
    public void The_tax_of_a_refund_is_never_negative_or_more_than_the_refund()
    {
        CreditNote Note(long amount, long tax) => new("n", "r", "re", Now, IsWhole: false, amount, GstSplit.Of(amount, tax, 900));

        Assert.Equal(0, CreditNote.TaxIn(1, [Note(50, 6)], 900));
        Assert.Equal(1, CreditNote.TaxIn(1, [Note(1000, 40)], 900));
    }

    private static Payment Refunded(Payment payment, long amount)
    {
        var id = $"re_{payment.Refunds.Count}";
        return payment.BeginRefund(new Refund { Id = id, AmountInCents = amount, CreatedAt = Now, UpdatedAt = Now }).EndRefund(id, RefundStatus.Succeeded, Now.AddDays(1));
    }

    private static Payment Paid(PaymentDetails details, Supplier supplier)
    {
        var attempt = new ChargeAttempt { Id = "att_1", PaymentId = "-abc", Method = MethodKinds.Card, Card = new ChargedCard("visa", "4242"), CreatedAt = Now, UpdatedAt = Now };
        return Payment.Create("-abc", "payment_service_1", "user_1", details, Now).BeginAttempt(attempt, supplier, Now).Pay(attempt, Now);
    }
}
