using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Management.Payments;

/// <summary>Prints what a gateway has told of a payment's money. Amounts are in cents.</summary>
internal static class PaymentMoneyJson
{
    public static byte[] Print(Payment payment) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("payment_id", payment.Id);
        json.WriteString("payment_status", payment.Status.Name());
        json.WriteNumber("amount_in_cents", payment.Details.AmountInCents);
        json.WriteNumber("refunded_in_cents", payment.RefundedInCents);
        json.WriteNumber("refundable_in_cents", payment.RefundableInCents);
        json.WriteString("method", payment.PaidMethod);
        json.WriteString("gateway_reference", payment.PaidHandle?.Reference);
        json.WriteString("stripe_account_id", payment.PaidHandle?.Account);
        json.WriteNumberOrNull("fee_in_cents", payment.FeeInCents);
        json.WriteString("payout_id", payment.PayoutId);
        json.WriteSingaporeTime("paid_out_timestamp", payment.PaidOutAt);
        json.WriteStartArray("disputes");
        foreach (var dispute in payment.Disputes ?? [])
            Write(json, dispute);

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ChargeDispute dispute)
    {
        json.WriteStartObject();
        json.WriteString("id", dispute.Id);
        json.WriteNumber("amount_in_cents", dispute.AmountInCents);
        json.WriteString("reason", dispute.Reason);
        json.WriteString("status", NameOf(dispute.Status));
        json.WriteSingaporeTime("opened_at", dispute.OpenedAt);
        json.WriteSingaporeTime("closed_at", dispute.ClosedAt);
        json.WriteEndObject();
    }

    private static string NameOf(DisputeStatus status) => status switch
    {
        DisputeStatus.Open => "open",
        DisputeStatus.Won => "won",
        DisputeStatus.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
