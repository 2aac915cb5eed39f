using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An error of Stripe's API.</summary>
public sealed class StripeRefusalException : Exception
{
    public StripeRefusalException()
    {
    }

    public StripeRefusalException(string message)
        : base(message)
    {
    }

    public StripeRefusalException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public int Status { get; private init; } = 400;

    public string Type { get; private init; } = "invalid_request_error";

    public string? Code { get; private init; }

    public string? Parameter { get; private init; }

    /// <summary>Whether work had begun: only then the answer is kept under its idempotency key.</summary>
    public bool WasBegun { get; private init; }

    /// <summary>The intent as the refusal left it, where there is one.</summary>
    public JsonObject? Intent { get; private init; }

    public string? DeclineCode { get; private init; }

    public string? Charge { get; private init; }

    public static StripeRefusalException OfParameter(string? code, string parameter, string message) => new(message) { Code = code, Parameter = parameter };

    public static StripeRefusalException Missing(string parameter) => OfParameter("parameter_missing", parameter, $"Missing required param: {parameter}.");

    public static StripeRefusalException OfState(string? code, string message, JsonObject? intent = null) => new(message) { Code = code, WasBegun = true, Intent = intent };

    public static StripeRefusalException NotFound(string kind, string id, string parameter = "id") =>
        new($"No such {kind}: '{id}'") { Status = 404, Code = "resource_missing", Parameter = parameter };

    public static StripeRefusalException OfCard(JsonObject intent, StripeFailure failure, string charge) => new(failure.Message)
    {
        Status = 402,
        Type = "card_error",
        Code = failure.Code,
        DeclineCode = failure.DeclineCode,
        WasBegun = true,
        Intent = intent,
        Charge = charge,
    };

    public static StripeRefusalException Of(int status, string type, string? code, string message) => new(message) { Status = status, Type = type, Code = code };

    public JsonObject ToJson(string requestId)
    {
        var error = new JsonObject();
        if (Charge is not null)
            error["charge"] = Charge;
        if (Code is not null)
        {
            error["code"] = Code;
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{Code.Replace('_', '-')}";
        }

        if (DeclineCode is not null)
            error["decline_code"] = DeclineCode;
        error["message"] = Message;
        if (Parameter is not null)
            error["param"] = Parameter;
        if (Intent is not null)
            error["payment_intent"] = Intent.DeepClone();
        error["request_log_url"] = $"https://dashboard.stripe.com/logs/{requestId}";
        error["type"] = Type;
        return new JsonObject { ["error"] = error };
    }
}
