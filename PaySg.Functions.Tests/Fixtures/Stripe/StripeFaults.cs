namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The faults that are to come. Each strikes one call, the next whose method and beginning of the path fit (a star stands for any id); the first that fits is used first.</summary>
internal sealed class StripeFaults
{
    private readonly Lock gate = new();
    private readonly List<StripeFault> ahead = [];

    /// <summary>How many have not struck yet.</summary>
    public int Left
    {
        get
        {
            lock (gate)
                return ahead.Count;
        }
    }

    /// <summary>500, 429, 409 or 400, with a code, before anything is done.</summary>
    /// <param name="shouldRetry">The header <c>Stripe-Should-Retry</c>; null to leave it out.</param>
    public void Refuse(string method, string prefix, int status, string? code = null, int times = 1, bool? shouldRetry = null)
    {
        var type = status >= 500 ? "api_error" : "invalid_request_error";
        var refusal = StripeRefusalException.Of(status, type, code ?? (status == 429 ? "rate_limit" : null), status == 429 ? "Request rate limit exceeded." : "Refused as the test asked.");
        Add(new StripeFault(method, prefix, StripeFaultStep.Refuse) { Refusal = refusal, ShouldRetry = shouldRetry }, times);
    }

    public void CutBefore(string method, string prefix, int times = 1) => Add(new StripeFault(method, prefix, StripeFaultStep.CutBefore), times);

    public void CutAfter(string method, string prefix, int times = 1) => Add(new StripeFault(method, prefix, StripeFaultStep.CutAfter), times);

    public void FailAfter(string method, string prefix, int times = 1) => Add(new StripeFault(method, prefix, StripeFaultStep.FailAfter), times);

    public void Empty(string method, string prefix, int times = 1) => Add(new StripeFault(method, prefix, StripeFaultStep.Empty), times);

    /// <summary>By the real clock, as callers' time-outs are. The work is done even if the caller has gone.</summary>
    public void Slow(string method, string prefix, TimeSpan delay, int times = 1) =>
        Add(new StripeFault(method, prefix, StripeFaultStep.Wait) { Waits = () => Task.Delay(delay, TimeProvider.System) }, times);

    /// <summary>The call stays in progress until the test lets it go on.</summary>
    public StripeHold Hold(string method, string prefix)
    {
        var hold = new StripeHold();
        Add(new StripeFault(method, prefix, StripeFaultStep.Wait) { Waits = hold.WaitAsync }, 1);
        return hold;
    }

    public void Clear()
    {
        lock (gate)
            ahead.Clear();
    }

    internal StripeFault? Take(string method, string path)
    {
        lock (gate)
        {
            var fault = ahead.Find(fault => fault.Fits(method, path));
            if (fault is not null)
                ahead.Remove(fault);
            return fault;
        }
    }

    private void Add(StripeFault fault, int times)
    {
        lock (gate)
            ahead.AddRange(Enumerable.Repeat(fault, times));
    }
}
