using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Management;

/// <summary>
/// Fetches the picture behind a logo's address, once, when the address is set: payers get it from us, and nobody else learns who pays what. It leaves by the
/// client of webhooks, so it reaches public addresses only and follows no redirect.
/// </summary>
internal sealed class FetchLogo(WebhookHttpClient http, TimeProvider clock)
{
    /// <summary>How long the whole may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string Field = "logo_url";
    private const int StartToSearch = 1024;

    /// <summary>The picture, checked.</summary>
    /// <param name="url">An address that the egress policy allows.</param>
    /// <exception cref="ApiException">400: why there is no picture that can be shown.</exception>
    public async Task<Logo> RunAsync(string url)
    {
        var content = await FetchAsync(url);
        if (content.Length > Logo.MostBytes)
            throw Wrong($"must lead to a picture of at most {Logo.MostBytes / 1024} KiB. This one is larger.");

        if (PictureHeader.Read(content) is not { } header)
        {
            throw Wrong(IsSvg(content)
                ? "must lead to a PNG, JPEG or WebP picture. SVG is not accepted, because it can hold script. Save it as PNG."
                : "must lead to a PNG, JPEG or WebP picture. What is there is none of these, or is not whole.");
        }

        return header.Width <= Logo.MostPixels && header.Height <= Logo.MostPixels
            ? Logo.Of(content, header.Kind)
            : throw Wrong($"must lead to a picture of at most {Logo.MostPixels} × {Logo.MostPixels} pixels. This one has {header.Width} × {header.Height}.");
    }

    /// <summary>What is at the address, cut off one byte behind the largest that is accepted.</summary>
    private async Task<byte[]> FetchAsync(string url)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "image/png, image/jpeg, image/webp");
            using var response = await http.SendAsync(request, deadline.Token);
            if (!response.IsSuccessStatusCode)
                throw Wrong(WhyNot((int)response.StatusCode));

            await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
            var buffer = new byte[Logo.MostBytes + 1];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, deadline.Token);
            return buffer[..length];
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or EgressRefusedException)
        {
            // One message for all of them: a port that is closed, one that is silent and an address that is forbidden are the same to whoever asks.
            throw Wrong($"could not be fetched: the host could not be reached, or did not answer within {Patience.TotalSeconds} seconds.");
        }
    }

    private static string WhyNot(int status) => status is >= 300 and < 400
        ? "must lead to the picture itself. This address redirects to another one."
        : $"could not be fetched: the host answered with status {status}.";

    private static bool IsSvg(byte[] content) =>
        Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(StartToSearch, content.Length))).Contains("<svg", StringComparison.OrdinalIgnoreCase);

    private static ApiException Wrong(string message) => ApiErrors.InvalidParameter(Field, message);
}
