using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary><c>GET /api/v1.0/payment-link-manage/payment-methods</c>: the methods that a whitelist may name.</summary>
internal sealed class ListPaymentLinkMethodsFunction(SingapayBoundary api)
{
    /// <summary>200 and the methods.</summary>
    [Function("ListPaymentLinkMethods")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1.0/payment-link-manage/payment-methods")] HttpRequest request) =>
        api.AnswerAsync(request, (_, _) => Task.FromResult(SingapayAnswer.Of(Write)));

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("payment_methods");
        foreach (var method in PaymentLinkMethods.All)
        {
            json.WriteStartObject();
            json.WriteString("code", method.Code);
            json.WriteString("name", method.Name);
            json.WriteString("group", method.Group);
            json.WriteString("desc", method.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("available_codes");
        foreach (var method in PaymentLinkMethods.All)
            json.WriteStringValue(method.Code);

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
