using System.Text;
using PaySg.Functions.Payments;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

public sealed class PaymentJsonTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 15, 1, 30, 0, 5, TimeSpan.Zero);

    private readonly PaymentJson json = PaySgParts.Build("UseDevelopmentStorage=true").Get<PaymentJson>();

    [Fact]
    public void A_paid_payment_is_printed_with_everything_it_has()
    {
        var payment = Payment.Create("-abcdefcode0123456789", "payment_service_1", "user_1", A.FullDetails, Created).Pay("att_1", Created.AddSeconds(1));

        Assert.Equal(
            """
            {"id":"-abcdefcode0123456789","payment_service_id":"payment_service_1","creator_id":"user_1","reference_id":"INV-2026-0001",
            "payer_name":"Tan \"Ah\" Kow <陳> 😀","payer_address":"1 Road & Lane","payer_identifier":"S1234567D","payer_email":"payer@example.com",
            "description":"Licence\nfee","amount_in_cents":1130,"due_date":"31-DEC-2026","metadata":{"7":"seven","case":"42"},
            "line_items":[{"description":"Fee","amount_in_cents":1000,"quantity":2},{"description":"Tax","amount_in_cents":130}],
            "return_url":"https://eservice.example.gov.sg/done?a=1&b=2",
            "payment_url":"https://pay.agency.gov.sg/payments/-abcdefcode0123456789",
            "payment_qr_code_url":"https://pay.agency.gov.sg/v1/public/payments/-abcdefcode0123456789-qr.png",
            "payment_status":"paid","refund_status":"not_refunded","latest_status":"paid","email_delivery_status":"unsent",
            "stripe_payment_intent_id":null,"payout_id":null,
            "created_at":"2026-01-15T09:30:00.005+08:00","updated_at":"2026-01-15T09:30:01.005+08:00","payment_sent_timestamp":null,
            "payment_succeeded_timestamp":"2026-01-15T09:30:01.005+08:00","payment_cancelled_timestamp":null,
            "payment_fully_refunded_timestamp":null,"paid_out_timestamp":null}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(json.Print(payment)));
    }

    [Fact]
    public void A_payment_of_the_least_is_printed_with_nulls_and_empty_collections()
    {
        var details = new PaymentDetails { ReferenceId = "r", PayerName = "p", Description = "d", AmountInCents = 1 };

        var printed = Encoding.UTF8.GetString(json.Print(Payment.Create("-abcdefcode0123456789", "payment_service_1", "user_1", details, Created)));

        Assert.Contains(
            """
            "payer_address":null,"payer_identifier":null,"payer_email":null,"description":"d","amount_in_cents":1,"due_date":null,"metadata":{},"line_items":[],"return_url":null,
            """.ReplaceLineEndings(""),
            printed,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_payment_is_read_from_its_row_as_it_was_written()
    {
        var payment = Payment.Create("-abcdefcode0123456789", "payment_service_1", "user_1", A.FullDetails, Created).Pay("att_1", Created.AddSeconds(1))
            with { CancelledAt = Created.AddDays(1), LiveAttempt = new LiveAttempt("att_2", "paynow", IsPending: true), FailedTries = new FailedTries(Created, 3) };

        var read = PaymentRows.Read(PaymentRows.Write(payment));

        Assert.Equal(json.Print(payment), json.Print(read));
        Assert.Equal(payment, read with { Details = payment.Details, Refunds = payment.Refunds });
    }
}
