namespace PaySg.Functions.Platform.Http;

/// <summary>Tells the trace which route was called, and the ids in its path.</summary>
internal static class CallSubject
{
    private const int LongestId = 64;

    private static readonly Dictionary<string, string> Tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["paymentServiceId"] = TraceTag.PaymentServiceId,
        ["accountId"] = TraceTag.AccountId,
        ["paymentId"] = TraceTag.PaymentId,
        ["paymentLinkId"] = TraceTag.PaymentLinkId,
        ["attemptId"] = TraceTag.AttemptId,
        ["historyId"] = TraceTag.AttemptId,
        ["eventId"] = TraceTag.EventId,
        ["endpointId"] = TraceTag.EndpointId,
    };

    public static void Tell(HttpRequest request)
    {
        if (Tracing.IsHeard)
            Tracing.Tell(TraceTag.Call, $"{request.Method} {FormOf(request)}");

        foreach (var (name, value) in request.RouteValues)
        {
            if (Tags.TryGetValue(name, out var tag) && value is string id && IsId(id))
                Tracing.Tell(tag, id);
        }
    }

    /// <summary>The path with the names of its values in their place: a value may be anything that somebody typed.</summary>
    public static string FormOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        foreach (var (name, value) in request.RouteValues)
        {
            if (value is string { Length: > 0 } text)
                path = ('/' + path.TrimStart('/') + '/').Replace($"/{text}/", $"/{{{name}}}/", StringComparison.Ordinal).TrimEnd('/');
        }

        return path;
    }

    // Callers choose what stands in a path, so what does not look like an id is not passed on.
    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
