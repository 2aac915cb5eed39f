using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Management.Redaction;

/// <summary>Takes a payer's data out of JSON that the product has printed: the bodies of events and stored answers.</summary>
internal static class PayerDataJson
{
    private static readonly JsonSerializerOptions Print = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] CustomerFields = ["customer_name", "customer_email", "customer_phone"];

    /// <summary>The document without the data of one payment; null: it does not hold that payment.</summary>
    public static byte[]? OfPayment(ReadOnlyMemory<byte> document, string paymentId) => Change(document, paymentId, value =>
    {
        if ((value["id"] as JsonValue)?.ToString() != paymentId || !value.ContainsKey("payer_name"))
            return;

        value["payer_name"] = PaymentDetails.RedactedText;
        value["payer_address"] = null;
        value["payer_identifier"] = null;
        value["payer_email"] = null;
        value["description"] = PaymentDetails.RedactedText;
        value["metadata"] = new JsonObject();
        value["return_url"] = null;
        foreach (var item in value["line_items"]?.AsArray() ?? [])
            item!["description"] = PaymentDetails.RedactedText;
    });

    /// <summary>The document without the customer of one attempt on a link; null: it does not hold that attempt.</summary>
    public static byte[]? OfLinkAttempt(ReadOnlyMemory<byte> document, string reffNo) => Change(document, reffNo, value =>
    {
        if ((value["reff_no"] as JsonValue)?.ToString() == reffNo)
        {
            foreach (var field in CustomerFields.Where(value.ContainsKey))
                value[field] = "";
            if (value.ContainsKey("optional_metadata"))
                value["optional_metadata"] = null;
        }

        // An event tells the customer beside the transaction.
        if (value["transaction"]?["reff_no"]?.ToString() == reffNo && value["customer"] is JsonObject customer)
        {
            foreach (var field in customer.Where(field => field.Key != "id").Select(field => field.Key).ToList())
                customer[field] = "";
        }
    });

    private static byte[]? Change(ReadOnlyMemory<byte> document, string mentioned, Action<JsonObject> change)
    {
        if (document.Span.IndexOf(Encoding.UTF8.GetBytes(mentioned)) < 0)
            return null;

        var root = JsonNode.Parse(document.Span);
        Visit(root, change);
        return JsonSerializer.SerializeToUtf8Bytes(root, Print);
    }

    private static void Visit(JsonNode? node, Action<JsonObject> change)
    {
        if (node is JsonObject value)
        {
            change(value);
            foreach (var (_, inner) in value)
                Visit(inner, change);
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list)
                Visit(inner, change);
        }
    }
}
