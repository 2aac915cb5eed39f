namespace PaySg.Functions.Gateway.Stripe;

/// <summary><c>POST /gateway/stripe/events</c>: where Stripe sends its notices.</summary>
/// <param name="notices">One where Stripe is the gateway; none where it is not.</param>
internal sealed class TakeStripeNoticeFunction(IApiBoundary api, IEnumerable<TakeStripeNotice> notices)
{
    /// <summary>200; 400 where it is not from Stripe; 404 where Stripe is not the gateway; 503 where it cannot be kept: Stripe sends it again.</summary>
    [Function("TakeStripeNotice")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gateway/stripe/events")] HttpRequest request) =>
        api.AnswerAsync(request, call => notices.FirstOrDefault() is { } take ? take.RunAsync(call) : throw ApiErrors.UnknownPath());
}
