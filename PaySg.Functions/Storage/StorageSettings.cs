using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Configuration;

namespace PaySg.Functions.Storage;

/// <summary>Checks the settings that <see cref="StorageConnection"/> reads.</summary>
internal static class StorageSettings
{
    /// <summary>Adds what is wrong with them, as far as it shows without asking storage. No message holds a key.</summary>
    public static void Check(IConfiguration configuration, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        var section = configuration.GetSection("AzureWebJobsStorage");
        var byIdentity = section["accountName"] is { Length: > 0 } || section["tableServiceUri"] is { Length: > 0 } || section["queueServiceUri"] is { Length: > 0 };
        if (section.Value is { Length: > 0 } connectionString)
        {
            if (byIdentity)
            {
                problems.Add("AzureWebJobsStorage: set, and AzureWebJobsStorage__… names an account, too. Keep one: the connection string, or the account and the app's identity.");
            }

            CheckConnectionString(connectionString, problems);
            return;
        }

        if (!byIdentity)
        {
            problems.Add("AzureWebJobsStorage: missing. Set a connection string, or AzureWebJobsStorage__accountName for the app's identity.");
        }
        else if (section["accountName"] is { Length: > 0 } account)
        {
            if (account.Length is < 3 or > 24 || !account.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            {
                problems.Add($"AzureWebJobsStorage__accountName: '{account}' is not the name of a storage account: 3 to 24 lower-case letters and digits, without a host.");
            }
        }
        else
        {
            CheckUri("tableServiceUri", section["tableServiceUri"], problems);
            CheckUri("queueServiceUri", section["queueServiceUri"], problems);
        }
    }

    private static void CheckConnectionString(string text, ICollection<string> problems)
    {
        if (KeyVaultReference.IsUnresolved(text))
        {
            problems.Add(KeyVaultReference.ProblemOf("AzureWebJobsStorage"));
            return;
        }

        try
        {
            _ = new TableServiceClient(text);
            _ = new QueueClient(text, "check");
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            problems.Add("AzureWebJobsStorage: not a connection string of a storage account. Copy it from the account's page \"Access keys\", or use AzureWebJobsStorage__accountName.");
        }
    }

    private static void CheckUri(string name, string? text, ICollection<string> problems)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
        {
            problems.Add($"AzureWebJobsStorage__{name}: '{text}' is not an absolute https URL. Set both tableServiceUri and queueServiceUri, or AzureWebJobsStorage__accountName.");
        }
    }
}
