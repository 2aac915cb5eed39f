namespace PaySg.Functions.Access.Accounts;

/// <summary>A credential that is not revoked, with its secret as it is stored: encrypted, bound to its row.</summary>
/// <param name="ProtectedSecret">The client secret's ciphertext.</param>
internal sealed record StoredCredential(Credential Credential, string ProtectedSecret);
