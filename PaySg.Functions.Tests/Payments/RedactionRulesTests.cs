using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Tests.Payments;

[Trait("Category", "Rules")]
public sealed class RedactionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));

    private static Payment Paid { get; } = Payment.Create("P707XGH60NX-Xt_qRTuJ2", "payment_service_1", "user_1", Details(1130), Now) with { Status = PaymentStatus.Paid, SucceededAt = Now, PaidCard = new ChargedCard("visa", "4242") };

    [Fact]
    public void A_payers_data_stays_while_it_is_needed()
    {
        var pending = new Refund { Id = "re_1", AmountInCents = 1, Status = RefundStatus.Pending, CreatedAt = Now, UpdatedAt = Now };
        var open = new ChargeDispute("dp_1", 1130, "fraudulent", DisputeStatus.Open, Now);

        Assert.StartsWith("it is unpaid", RedactionRules.Refusal(Paid with { Status = PaymentStatus.Unpaid }), StringComparison.Ordinal);
        Assert.StartsWith("a refund of it is not decided", RedactionRules.Refusal(Paid with { Refunds = [pending] }), StringComparison.Ordinal);
        Assert.StartsWith("its payer disputes it", RedactionRules.Refusal(Paid with { Disputes = [open] }), StringComparison.Ordinal);
        var fault = Assert.Throws<InvalidOperationException>(() => (Paid with { Refunds = [pending] }).Redact(Now));
        Assert.Equal($"Payment {Paid.Id} cannot be redacted: a refund of it is not decided yet. Try again when it is.", fault.Message);
        Assert.Null(RedactionRules.Refusal(Paid));
        Assert.Null(RedactionRules.Refusal(Paid with { Status = PaymentStatus.Cancelled }));
    }

    [Fact]
    public void What_says_who_the_payer_is_goes_and_ids_amounts_and_times_stay()
    {
        var redacted = Paid.Redact(Now.AddDays(1));

        var expected = Details(1130) with
        {
            PayerName = "[redacted]", PayerAddress = null, PayerIdentifier = null, PayerEmail = null, Description = "[redacted]", ReturnUrl = null, Metadata = [],
            LineItems = redacted.Details.LineItems,
        };
        Assert.Equal(expected, redacted.Details);
        Assert.Equal([new LineItem("[redacted]", 1130, 2)], redacted.Details.LineItems!);
        Assert.Equal((Now.AddDays(1), Now.AddDays(1), null), (redacted.RedactedAt, redacted.UpdatedAt, redacted.PaidCard));
        Assert.Equal((Paid.SucceededAt, Paid.CreatedAt, Paid.Id), (redacted.SucceededAt, redacted.CreatedAt, redacted.Id));
    }

    [Theory]
    [InlineData(1130, true, "payer_name,payer_address,description,line_items")]
    [InlineData(1130, false, "description,line_items")]
    [InlineData(100_001, false, "")]
    public void What_a_tax_document_says_stays_for_five_years_and_goes_then(long cents, bool hasAddress, string kept)
    {
        var supplier = Supplier.Of(null) with { Name = "Agency", Address = "1 Street", GstRegistrationNumber = "M90312345A", GstRateBasisPoints = 900 };
        var details = Details(cents);
        var payment = Paid with { Supplier = supplier, Details = hasAddress ? details : details with { PayerAddress = null } };

        Assert.Equal(kept, string.Join(',', TaxRecord.KeptFields(payment, Now.AddYears(5).AddTicks(-1))));
        Assert.Empty(TaxRecord.KeptFields(payment, Now.AddYears(5)));
        Assert.Equal(kept.Length == 0 ? null : Now.AddYears(5), TaxRecord.KeptUntil(payment));

        var early = payment.Redact(Now);
        Assert.Equal(kept.Contains("payer_name", StringComparison.Ordinal) ? "Tan" : "[redacted]", early.Details.PayerName);
        Assert.Equal("[redacted]", early.Redact(Now.AddYears(5)).Details.PayerName);
        Assert.Equal("[redacted]", early.Redact(Now.AddYears(5)).Details.Description);
    }

    [Fact]
    public void No_email_goes_to_a_payer_whose_address_is_gone()
    {
        var mail = PaymentMail.Of(Paid, MailKind.Receipt, "mail_1", Now);

        Assert.False(mail.IsOvertakenBy(Paid));
        Assert.True(mail.IsOvertakenBy(Paid.Redact(Now)));
    }

    private static PaymentDetails Details(long cents) => new()
    {
        ReferenceId = "INV-1", PayerName = "Tan", PayerAddress = "2 Road", PayerIdentifier = "S1", PayerEmail = "t@example.com", Description = "Fee", AmountInCents = cents,
        DueDate = "31-DEC-2026", ReturnUrl = "https://a.example", Metadata = [new("k", "v")], LineItems = [new LineItem("Item", cents, 2)],
    };
}
