using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace PaySg.Functions.Platform.Storage;

/// <summary>Checks the settings that <see cref="StorageConnection"/> reads.</summary>
internal static class StorageSettings
{
    /// <summary>Adds what is wrong with them, as far as it shows without asking storage. No message holds a key.</summary>
    public static void Check(SettingsReader settings)
    {
        var section = settings.Configuration.GetSection("AzureWebJobsStorage");
        var byIdentity = section["accountName"] is { Length: > 0 } || section["tableServiceUri"] is { Length: > 0 } || section["queueServiceUri"] is { Length: > 0 };
        if (section.Value is { Length: > 0 } connectionString)
        {
            if (byIdentity)
                settings.Refuse("AzureWebJobsStorage: set, and AzureWebJobsStorage__… names an account, too. Keep one: the connection string, or the account and the app's identity.");

            CheckConnectionString(connectionString, settings);
            return;
        }

        if (!byIdentity)
        {
            settings.Refuse("AzureWebJobsStorage: missing. Set a connection string, or AzureWebJobsStorage__accountName for the app's identity.");
        }
        else if (section["accountName"] is { Length: > 0 } account
            && (account.Length is < 3 or > 24 || !account.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))))
        {
            settings.Refuse($"AzureWebJobsStorage__accountName: '{account}' is not the name of a storage account: 3 to 24 lower-case letters and digits, without a host.");
        }

        if (byIdentity)
        {
            CheckUri("tableServiceUri", section, settings);
            CheckUri("queueServiceUri", section, settings);
        }
    }

    private static void CheckConnectionString(string text, SettingsReader settings)
    {
        if (KeyVaultReference.IsUnresolved(text))
        {
            settings.Refuse(KeyVaultReference.ProblemOf("AzureWebJobsStorage"));
            return;
        }

        try
        {
            var tables = new TableServiceClient(text).Uri;
            _ = new QueueClient(text, "check");
            if (TableEndpoint.ProblemOf("AzureWebJobsStorage", tables) is { } problem)
                settings.Refuse(problem);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            settings.Refuse("AzureWebJobsStorage: not a connection string of a storage account. Copy it from the account's page \"Access keys\", or use AzureWebJobsStorage__accountName.");
        }
    }

    /// <summary>An address may be missing where the account's name is there, and goes before it where both are.</summary>
    private static void CheckUri(string name, IConfigurationSection section, SettingsReader settings)
    {
        var text = section[name];
        if (string.IsNullOrEmpty(text) && section["accountName"] is { Length: > 0 })
            return;

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            settings.Refuse($"AzureWebJobsStorage__{name}: '{text}' is not an absolute https URL. Set both tableServiceUri and queueServiceUri, or AzureWebJobsStorage__accountName.");
        }
        else if (name == "tableServiceUri" && TableEndpoint.ProblemOf("AzureWebJobsStorage__tableServiceUri", uri) is { } problem)
        {
            settings.Refuse(problem);
        }
    }
}
