namespace PaySg.Functions.Platform.Configuration;

/// <summary>A setting whose value should have come from Key Vault: where the platform cannot resolve the reference, it hands on the reference itself.</summary>
internal static class KeyVaultReference
{
    private const string Prefix = "@Microsoft.KeyVault";

    /// <summary>Whether a value is a reference that was not resolved.</summary>
    public static bool IsUnresolved(string? value) => value?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>What to say of a setting with such a value.</summary>
    public static string ProblemOf(string setting) => $"{setting}: the Key Vault reference was not resolved. Check that the app's identity may read the secret.";
}
