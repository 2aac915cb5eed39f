namespace PaySg.Functions.Tests.Infra;

/// <summary>Faults that an engineer makes in Bicep. They are put into a copy of the files, many at once since a compilation takes seconds, and each must be noticed.</summary>
[Collection(BicepCollection.Name)]
public sealed class SeededFaultsTests(BicepCompiler compiler) : IDisposable
{
    /// <summary>The compiler says what they are, and nothing more can be foretold.</summary>
    private static readonly SeededFault[] OfLanguage =
    [
        new("misspelt property", "modules/storage.bicep", "supportsHttpsTrafficOnly", "supportHttpsTrafficOnly", "supportHttpsTrafficOnly"),
        new("wrong type", "modules/app.bicep", "reserved: true", "reserved: 'yes'", "BCP036"),
        new("missing parameter", "main.bicep", "    identityName: identityName\n", "", "BCP035"),
        new("surplus parameter", "main.bicep", "    recover: recoverVault\n", "    recover: recoverVault\n    revive: recoverVault\n", "BCP037"),
        new("misspelt parameter in a file", "prod.bicepparam", "param lockStorage", "param lockStore", "lockStore"),
        new("wrong value in a file", "prod.bicepparam", "param mode = 'live'", "param mode = 'prod'", "'prod'"),
        new("same name twice", "modules/storage.bicep", "guid(account.id, identityName, roleId)", "guid(account.id, identityName)", "BCP179"),
        new("name known too late", "modules/vault.bicep", "guid(vault.id, identityName, keyVaultSecretsUser)", "guid(vault.id, principalId, keyVaultSecretsUser)", "what-if-short-circuiting"),
    ];

    /// <summary>The compiler takes them. They show in what would be deployed.</summary>
    private static readonly SeededFault[] OfDeployment =
    [
        new("wrong role id", "modules/storage.bicep", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa4", "Storage Table Data Contributor"),
        new("wrong secret name", "modules/vault.bicep", "name: 'tokens-current-key'", "name: 'token-current-key'", "tokens-current-key"),
        new("name too long", "main.bicep", "'stpaysg${token}'", "'stpaysgpayments${token}'", "is no name that Azure takes"),
        new("wrong runtime", "modules/app.bicep", "'dotnet-isolated'", "'dotnet-isolatd'", "runtime.name"),
        new("wrong version", "modules/app.bicep", "version: '10.0'", "version: '9.0'", "runtime.version"),
        new("wrong value of an enumeration", "modules/storage.bicep", "'TLS1_2'", "'TLS1_4'", "minimumTlsVersion"),
        new("wrong kind", "modules/storage.bicep", "kind: 'StorageV2'", "kind: 'StorageV3'", "kind is StorageV3"),
        new("misspelt setting", "modules/app.bicep", "PaySg__Retention__Days", "PaySg__Retention__Day", "PaySg__Retention__Day is set"),
        new("missing table", "modules/storage.bicep", "  'paysgdeliveries'\n", "", "The table paysgdeliveries is used and not made"),
        new("misspelt queue", "modules/storage.bicep", "  'paysg-emails'\n", "  'paysg-email'\n", "The queue paysg-emails is used and not made"),
        new("function that there is not", "modules/app.bicep", "function:DeliverWebhook'", "function:DeliverWebhooks'", "there is no such function"),
        new("event that nobody logs", "modules/alerts.bicep", "== \"2006\"", "== \"2999\"", "alert-paysg-prod-poison"),
        new("account keys allowed", "modules/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "allowSharedKeyAccess"),
        new("limit of another size", "main.bicep", "@maxValue(216000)", "@maxValue(2160000)", "tokenLifetimeSeconds"),
        new("wrong delegation", "modules/network.bicep", "Microsoft.App/environments", "Microsoft.Web/serverFarms", "delegated"),
        new("what the plan refuses", "modules/app.bicep", "      AZURE_CLIENT_ID:", "      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'\n      AZURE_CLIENT_ID:", "is refused by the plan"),
    ];

    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [BicepFact]
    public Task Each_fault_of_language_is_noticed() => EachIsNoticedAsync(OfLanguage);

    [BicepFact]
    public Task Each_fault_of_deployment_is_noticed() => EachIsNoticedAsync(OfDeployment);

    private async Task EachIsNoticedAsync(IReadOnlyList<SeededFault> faults)
    {
        Copy();
        foreach (var fault in faults)
        {
            var seeded = Path.Combine(folder, fault.File);
            var text = (await File.ReadAllTextAsync(seeded)).ReplaceLineEndings("\n");
            Assert.Contains(fault.From, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(seeded, text.Replace(fault.From, fault.To, StringComparison.Ordinal));
        }

        var broken = await new InfrastructureRules(compiler, folder).BrokenAsync();

        var unnoticed = faults.Where(fault => !broken.Any(line => line.Contains(fault.Said, StringComparison.Ordinal))).Select(fault => fault.Name);
        Assert.True(!unnoticed.Any(), $"Not noticed: {string.Join(", ", unnoticed)}\nSaid:\n{string.Join('\n', broken)}");
    }

    private void Copy()
    {
        foreach (var path in Directory.GetFiles(BicepCompiler.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(BicepCompiler.Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    /// <param name="Name">What an engineer would call it.</param>
    /// <param name="File">Where it is made.</param>
    /// <param name="From">What stands there.</param>
    /// <param name="To">What stands there by mistake.</param>
    /// <param name="Said">What only this fault makes the rules say.</param>
    private sealed record SeededFault(string Name, string File, string From, string To, string Said);
}
