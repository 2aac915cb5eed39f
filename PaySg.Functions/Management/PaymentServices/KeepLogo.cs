using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>Fetches the logo that a request names and keeps it, before the payment service says that it has it.</summary>
internal sealed class KeepLogo(FetchLogo fetchLogo, LogoStore logos)
{
    /// <summary>Where payers find it (<see cref="Logo.PathFor"/>); null without an address.</summary>
    /// <exception cref="ApiException">400: why there is no picture that can be shown. Nothing is kept.</exception>
    public async Task<string?> RunAsync(string paymentServiceId, string? url)
    {
        if (url is null)
            return null;

        var logo = await fetchLogo.RunAsync(url);
        await logos.SaveAsync(paymentServiceId, logo, CancellationToken.None);
        return logo.PathFor(paymentServiceId);
    }
}
