namespace PaySg.Functions.Gateway;

/// <summary>How an attempt is found at the gateway, as it stands in rows. A sandbox needs none.</summary>
/// <param name="Account">Whose money it is there, such as <c>acct_…</c>, as it was when the attempt was begun; null: the installation's own.</param>
/// <param name="Reference">The gateway's own name of the attempt; null: it has given none that we know of.</param>
internal sealed record GatewayHandle(string? Account = null, string? Reference = null)
{
    /// <summary>The handle of an attempt that is begun; null: no account, so there is nothing to write down yet.</summary>
    public static GatewayHandle? Of(string? account) => account is null ? null : new GatewayHandle(account);
}
