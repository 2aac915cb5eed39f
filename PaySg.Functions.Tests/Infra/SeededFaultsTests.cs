namespace PaySg.Functions.Tests.Infra;

/// <summary>Faults that an engineer makes in Bicep. Each is put into a copy of the files, and must be noticed.</summary>
[Collection(BicepCollection.Name)]
public sealed class SeededFaultsTests(BicepCompiler compiler) : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [BicepTheory]
    [InlineData("misspelt property", "modules/storage.bicep", "supportsHttpsTrafficOnly", "supportHttpsTrafficOnly", "BCP")]
    [InlineData("wrong type", "modules/app.bicep", "reserved: true", "reserved: 'yes'", "BCP036")]
    [InlineData("missing parameter", "main.bicep", "    recover: recoverVault\n", "", "BCP035")]
    [InlineData("surplus parameter", "main.bicep", "    recover: recoverVault\n", "    recover: recoverVault\n    revive: recoverVault\n", "BCP037")]
    [InlineData("wrong role id", "modules/storage.bicep", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa4", "Storage Table Data Contributor")]
    [InlineData("wrong secret name", "modules/vault.bicep", "name: 'tokens-current-key'", "name: 'token-current-key'", "tokens-current-key")]
    [InlineData("name too long", "main.bicep", "'stpaysg${token}'", "'stpaysgpayments${token}'", "is no name that Azure takes")]
    [InlineData("wrong runtime", "modules/app.bicep", "'dotnet-isolated'", "'dotnet-isolatd'", "runtime.name")]
    [InlineData("wrong version", "modules/app.bicep", "version: '10.0'", "version: '9.0'", "runtime.version")]
    [InlineData("wrong value of an enumeration", "modules/storage.bicep", "'TLS1_2'", "'TLS1_4'", "minimumTlsVersion")]
    [InlineData("wrong kind", "modules/storage.bicep", "kind: 'StorageV2'", "kind: 'StorageV3'", "kind is StorageV3")]
    [InlineData("misspelt setting", "modules/app.bicep", "PaySg__Retention__Days", "PaySg__Retention__Day", "PaySg__Retention__Day is set")]
    [InlineData("missing table", "modules/storage.bicep", "  'paysgdeliveries'\n", "", "The table paysgdeliveries is used and not made")]
    [InlineData("misspelt queue", "modules/storage.bicep", "  'paysg-emails'\n", "  'paysg-email'\n", "The queue paysg-emails is used and not made")]
    [InlineData("function that there is not", "modules/app.bicep", "function:DeliverWebhook'", "function:DeliverWebhooks'", "there is no such function")]
    [InlineData("event that nobody logs", "modules/alerts.bicep", "== \"2006\"", "== \"2999\"", "alert-paysg-prod-poison")]
    [InlineData("misspelt parameter in a file", "prod.bicepparam", "param lockStorage", "param lockStore", "BCP")]
    [InlineData("wrong value in a file", "prod.bicepparam", "param mode = 'live'", "param mode = 'prod'", "BCP")]
    [InlineData("account keys allowed", "modules/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "allowSharedKeyAccess")]
    [InlineData("same name twice", "modules/storage.bicep", "guid(account.id, identityName, roleId)", "guid(account.id, identityName)", "BCP179")]
    [InlineData("name known too late", "modules/vault.bicep", "guid(vault.id, identityName, keyVaultSecretsUser)", "guid(vault.id, principalId, keyVaultSecretsUser)", "what-if-short-circuiting")]
    [InlineData("limit of another size", "main.bicep", "@maxValue(216000)", "@maxValue(2160000)", "tokenLifetimeSeconds")]
    [InlineData("wrong delegation", "modules/network.bicep", "Microsoft.App/environments", "Microsoft.Web/serverFarms", "delegated")]
    [InlineData("what the plan refuses", "modules/app.bicep", "      AZURE_CLIENT_ID:", "      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'\n      AZURE_CLIENT_ID:", "is refused by the plan")]
    public async Task A_fault_is_noticed(string fault, string file, string from, string to, string said)
    {
        foreach (var path in Directory.GetFiles(BicepCompiler.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(BicepCompiler.Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        var seeded = Path.Combine(folder, file);
        var text = (await File.ReadAllTextAsync(seeded)).ReplaceLineEndings("\n");
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(seeded, text.Replace(from, to, StringComparison.Ordinal));

        var broken = await new InfrastructureRules(compiler, folder).BrokenAsync();

        Assert.True(broken.Any(line => line.Contains(said, StringComparison.Ordinal)), $"{fault}: {string.Join('\n', broken)}");
    }
}
