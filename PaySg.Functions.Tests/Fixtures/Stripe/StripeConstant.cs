using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A value that must be of a type.</summary>
/// <param name="Type">In TypeScript, such as <c>Stripe.Refund</c>.</param>
/// <param name="Origin">What to call it where it is not.</param>
internal sealed record StripeConstant(string Type, JsonNode Value, string Origin);
