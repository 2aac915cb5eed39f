using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace PaySg.LocalHost.Queues;

/// <summary>Finds the storage connection of a trigger among the app settings, with the host's rules.</summary>
internal static partial class QueueConnection
{
    /// <summary>Whether storage takes the name: 3 to 63 letters, digits and single dashes. The host lowers it.</summary>
    public static bool IsQueueName(string name) => name.Length is >= 3 and <= 63 && QueueName().IsMatch(name);

    /// <summary>The client of a queue; null, and a problem, if the settings do not give one.</summary>
    public static QueueServiceClient? Find(IConfiguration settings, string? connection, string what, List<string> problems, Action<QueueClientOptions>? configure = null)
    {
        var name = string.IsNullOrEmpty(connection) ? "Storage" : connection;
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        configure?.Invoke(options);
        foreach (var candidate in (string[])[$"AzureWebJobs{name}", name])
        {
            var text = settings[$"ConnectionStrings:{candidate}"] ?? settings[candidate];
            if (!string.IsNullOrEmpty(text))
                return FromConnectionString(text, candidate, options, what, problems);
            var section = settings.GetSection(candidate);
            if (section.GetChildren().Any())
                return FromIdentity(section, options, what, problems);
        }

        problems.Add($"{what}: the setting AzureWebJobs{name} (or {name}) with the storage connection is missing.");
        return null;
    }

    private static QueueServiceClient? FromConnectionString(string text, string name, QueueClientOptions options, string what, List<string> problems)
    {
        try
        {
            return new QueueServiceClient(text, options);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            problems.Add($"{what}: the setting {name} is not a storage connection string: {exception.Message}");
            return null;
        }
    }

    private static QueueServiceClient? FromIdentity(IConfigurationSection section, QueueClientOptions options, string what, List<string> problems)
    {
        var uri = section["queueServiceUri"] ?? section["serviceUri"]
            ?? (section["accountName"] is { Length: > 0 } account ? $"https://{account}.queue.core.windows.net" : null);
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address))
        {
            problems.Add($"{what}: the connection {section.Path} needs a connection string, or {section.Path}__queueServiceUri, or {section.Path}__accountName.");
            return null;
        }

        TokenCredential credential = string.Equals(section["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase)
            ? new ManagedIdentityCredential(section["clientId"] is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned)
            : new DefaultAzureCredential();
        return new QueueServiceClient(address, credential, options);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueName();
}
