namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// Compares what is sent to Stripe, and what the server answers for it, with the types that Stripe publishes for its API. Members of unknown names, missing
/// ones, values of another kind and unknown words of an enum are faults; so are requests to operations that are not in <see cref="StripeOperation"/>.
/// </summary>
internal static class StripeContract
{
    /// <summary>Fails where a request, an answer or an event is not as Stripe's types say.</summary>
    public static async Task CheckAsync(IReadOnlyList<StripeExchange> exchanges, IReadOnlyList<StripeEvent>? events = null)
    {
        var constants = ConstantsOf(exchanges).Concat(ConstantsOf(events ?? [])).ToList();
        Assert.NotEmpty(constants);
        Assert.Empty(await StripeTypes.FaultsOfAsync(constants));
    }

    public static IEnumerable<StripeConstant> ConstantsOf(IReadOnlyList<StripeExchange> exchanges)
    {
        ArgumentNullException.ThrowIfNull(exchanges);
        foreach (var exchange in exchanges)
        {
            var origin = $"{exchange.Method} {exchange.Path}";
            var operation = StripeOperation.Of(exchange.Method, exchange.Path);
            Assert.True(operation is not null, $"{origin} is no operation of Stripe's that is known here.");
            yield return new StripeConstant(operation.Parameters, StripeParameters.Typed(exchange.Parameters), origin);
            if (exchange.Status == 200)
                yield return new StripeConstant(operation.Answer, exchange.Answer!, $"the answer to {origin}");
            else if (exchange.Answer is { } answer)
                yield return new StripeConstant("{ error: Stripe.StripeRawError }", answer, $"the answer {exchange.Status} to {origin}");
        }
    }

    public static IEnumerable<StripeConstant> ConstantsOf(IReadOnlyList<StripeEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Select(sent => new StripeConstant(TypeOfEvent(sent.Type), sent.ToJson(), $"the event {sent.Type}"));
    }

    /// <summary><c>charge.dispute.created</c> is a <c>ChargeDisputeCreatedEvent</c>.</summary>
    private static string TypeOfEvent(string type) =>
        $"Stripe.{string.Concat(type.Split('.', '_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}Event";
}
