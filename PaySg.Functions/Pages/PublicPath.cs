namespace PaySg.Functions.Pages;

/// <summary>What paths of pages begin with: that of <c>PaySg__PublicBaseUrl</c>, which is empty unless a gateway in front adds one.</summary>
internal static class PublicPath
{
    /// <summary>The path, without a slash at the end. Addresses within a page have no host: a payer stays on the one that they came by.</summary>
    public static string Of(PaySgSettings settings) => new Uri(settings.PublicBaseUrl).AbsolutePath.TrimEnd('/');
}
