namespace PaySg.Functions.Access;

/// <summary>Where an encrypted secret stands and what it is for. Its ciphertext can be read in this place alone.</summary>
/// <param name="Table">The table, by the name that it has in the code: the prefix of an installation is none of it, so a backup can be restored elsewhere.</param>
/// <param name="OwnerId">The payment service or account that the secret belongs to.</param>
/// <param name="RowId">What names the row within: an endpoint's id, a credential's partition.</param>
/// <param name="Purpose">What the secret is for.</param>
internal sealed record SecretPlace(string Table, string OwnerId, string RowId, string Purpose)
{
    /// <summary>The signing secret of a payment service's webhook endpoint, the current or the one before it.</summary>
    public static SecretPlace OfWebhook(string ownerId, string endpointId) => new("webhooks", ownerId, endpointId, "webhook-signing");

    /// <summary>The secret of a credential.</summary>
    public static SecretPlace OfClient(string accountId, string clientPartition) => new("access", accountId, clientPartition, "client-secret");

    /// <summary>What is authenticated with the ciphertext. No part holds a zero, so no two places have the same bytes.</summary>
    internal byte[] Bound() => Encoding.UTF8.GetBytes(string.Join('\0', "paysg-secret-2", Table, OwnerId, RowId, Purpose));

    /// <summary>What was authenticated with a ciphertext of the first form.</summary>
    internal byte[] BoundAtFirst() => Encoding.UTF8.GetBytes(RowId);
}
