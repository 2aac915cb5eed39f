namespace PaySg.Functions.Payments.Refunds;

internal static class RefundListJson
{
    /// <summary>All refunds, newest first: they always fit one page.</summary>
    public static byte[] Print(Payment payment)
    {
        return JsonText.Write(json =>
        {
            var refunds = payment.Refunds.Reverse().ToList();
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var refund in refunds)
            {
                json.WriteStartObject();
                json.WriteString("id", refund.Id);
                json.WriteString("payment_id", payment.Id);
                json.WriteNumber("amount_in_cents", refund.AmountInCents);
                json.WriteString("status", refund.Status.Name());
                json.WriteString("failure_reason", refund.FailureReason);
                json.WriteSingaporeTime("created_at", refund.CreatedAt);
                json.WriteSingaporeTime("updated_at", refund.UpdatedAt);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            PageInfoJson.Write(
                json, hasNext: false, hasPrevious: false, refunds.Count > 0 ? refunds[0].Id : null, refunds.Count > 0 ? refunds[^1].Id : null);
            json.WriteEndObject();
        });
    }
}
