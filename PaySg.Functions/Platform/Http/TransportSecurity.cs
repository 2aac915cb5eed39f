namespace PaySg.Functions.Platform.Http;

/// <summary>The headers that every answer has, whatever it is: a page, JSON, a file, an error.</summary>
internal static class TransportSecurity
{
    private static readonly Dictionary<string, string> Plain = new(StringComparer.OrdinalIgnoreCase) { ["X-Content-Type-Options"] = "nosniff" };

    private static readonly Dictionary<string, string> Secure = new(Plain, StringComparer.OrdinalIgnoreCase) { ["Strict-Transport-Security"] = "max-age=31536000" };

    /// <summary>A browser takes what it is told the body is, and once it has come by HTTPS it comes by nothing else for a year. On a laptop, by plain HTTP, the latter must not be sent (RFC 6797, 7.2).</summary>
    public static IReadOnlyDictionary<string, string> HeadersFor(PaySgSettings settings) =>
        settings.PublicBaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? Secure : Plain;
}
