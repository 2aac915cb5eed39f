using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Access.Tokens;

/// <summary>The header <c>X-PARTNER-ID</c>, which every call carries, token requests too.</summary>
internal static class PartnerId
{
    private const string Header = "X-PARTNER-ID";

    /// <exception cref="ApiException">401: it is missing.</exception>
    public static string Read(HttpRequest request)
    {
        var value = request.Headers[Header].ToString();
        return value.Length > 0 ? value : throw SingapayErrors.MissingPartnerId();
    }
}
