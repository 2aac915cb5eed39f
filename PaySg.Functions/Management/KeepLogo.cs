using PaySg.Functions.Access;

namespace PaySg.Functions.Management;

/// <summary>Fetches the logo that a request names and keeps it, before the payment service or the account says that it has it.</summary>
internal sealed class KeepLogo(FetchLogo fetchLogo, LogoStore logos)
{
    /// <summary>Where payers find it (<see cref="Logo.PathFor"/>); null without an address.</summary>
    /// <exception cref="ApiException">400: why there is no picture that can be shown. Nothing is kept.</exception>
    public async Task<string?> RunAsync(string ownerId, string? url)
    {
        if (url is null)
            return null;

        var logo = await fetchLogo.RunAsync(url);
        await logos.SaveAsync(ownerId, logo, CancellationToken.None);
        return logo.PathFor(ownerId);
    }
}
