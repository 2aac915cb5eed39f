namespace PaySg.LocalHost.Functions;

/// <summary>A function that answers HTTP requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TriggerParameter">The parameter that takes the request.</param>
/// <param name="Route">The route without the host's prefix: the attribute's, or the function's name.</param>
/// <param name="Methods">The HTTP methods; null is all of them.</param>
internal sealed record HttpFunction(string Name, string TriggerParameter, string Route, IReadOnlyList<string>? Methods) : AppFunction(Name, TriggerParameter)
{
    /// <summary>Whether the function answers this HTTP method.</summary>
    public bool Takes(string method) => Methods is null || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether some HTTP method is answered by both.</summary>
    public bool SharesAMethodWith(HttpFunction other) =>
        Methods is null ? other.Methods is not { Count: 0 } : Methods.Any(other.Takes);
}
