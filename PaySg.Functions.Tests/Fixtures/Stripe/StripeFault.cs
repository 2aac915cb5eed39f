using System.IO.Enumeration;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What goes wrong with one call.</summary>
/// <param name="Prefix">How the call's path begins, such as <c>/v1/refunds</c>; a star stands for any id, as in <c>/v1/payment_intents/*/cancel</c>.</param>
/// <param name="Step">What happens.</param>
internal sealed record StripeFault(string Method, string Prefix, StripeFaultStep Step)
{
    /// <summary>Of <see cref="StripeFaultStep.Refuse"/>.</summary>
    public StripeRefusalException? Refusal { get; init; }

    public bool? ShouldRetry { get; init; }

    public bool Fits(string method, string path) => Method == method && FileSystemName.MatchesSimpleExpression(Prefix + "*", path, ignoreCase: false);

    /// <summary>Of <see cref="StripeFaultStep.Wait"/>: what is waited for, before the work.</summary>
    public Func<Task>? Waits { get; init; }
}
