namespace PaySg.Functions.Gateway;

/// <summary>What a payer has to do before a pending attempt can be decided. It is written down before a payer sees it. One of the two is null.</summary>
/// <param name="RedirectUrl">The gateway's own page, on which the payer goes on: an absolute URL.</param>
/// <param name="QrText">The text of a QR code, for the app of the payer's bank.</param>
internal sealed record NextStep(string? RedirectUrl = null, string? QrText = null)
{
    /// <summary>The payer goes on at a page of the gateway's.</summary>
    public static NextStep Redirect(string url) => new(RedirectUrl: url);

    /// <summary>The payer scans a QR code.</summary>
    public static NextStep QrCode(string text) => new(QrText: text);
}
