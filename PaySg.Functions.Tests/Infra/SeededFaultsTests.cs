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
        new("version that there is not", "modules/vault.bicep", "Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(managementKey))", "Microsoft.KeyVault/vaults/secrets@2033-07-01' = if (!empty(managementKey))", "BCP081"),
        new("wrong place", "modules/identity.bicep", "  location: location\n", "  location: 'swedencentral'\n", "no-hardcoded-location"),
        new("secret in an output", "main.bicep", "output KEY_VAULT_NAME string = vault.outputs.name", "output KEY_VAULT_NAME string = managementKey", "outputs-should-not-contain-secrets"),
        new("condition that is none", "modules/storage.bicep", "= if (isLocked) {", "= if (sku) {", "BCP046"),
        new("name known too late", "modules/vault.bicep", "guid(vault.id, identityName, keyVaultSecretsUser)", "guid(vault.id, principalId, keyVaultSecretsUser)", "what-if-short-circuiting"),
        new("wrong criterion of the test from outside", "modules/alerts.bicep", "WebtestLocationAvailabilityCriteria", "WebTestAvailabilityCriteria", "Monitor.WebTestAvailabilityCriteria"),
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
        new("limit of a setting that is named by a constant", "main.bicep", "@minValue(30)\n@maxValue(3650)", "@minValue(20)\n@maxValue(3650)", "PaySg__Retention__Days"),
        new("limit that came later", "main.bicep", "@maxValue(90)", "@maxValue(900)", "mailReminderDays"),
        new("other default", "main.bicep", "param storageSku string = 'Standard_ZRS'", "param storageSku string = 'Standard_GZRS'", "storageSku: defaultValue"),
        new("choice that Azure does not have", "main.bicep", "@allowed([512, 2048, 4096])", "@allowed([512, 2048, 8192])", "instanceMemoryMB: allowedValues"),
        new("one setting with the value of another", "modules/app.bicep", "PaySg__Backup__KeptDays: string(backupKeptDays)", "PaySg__Backup__KeptDays: string(backupKeptDays + 1)", "PaySg__Backup__KeptDays is"),
        new("secret of another setting", "modules/app.bicep", "secrets/stripe-webhook-secret)", "secrets/stripe-secret-key)", "PaySg__Stripe__WebhookSecret refers to the secret stripe-secret-key"),
        new("secret with the value of another", "modules/vault.bicep", "    value: smtpPassword\n", "    value: stripeSecretKey\n", "The secret smtp-password is"),
        new("secret that is passed on in the open", "modules/vault.bicep", "@secure()\nparam tokensCurrentKey", "param tokensCurrentKey", "tokensCurrentKey is a secret and not @secure()"),
        new("role on the whole resource group", "modules/monitoring.bicep", "  scope: insights\n", "", "3913510d-42f4-4e42-8a64-420c390055eb is given on"),
        new("role of the other identity", "modules/packages.bicep", "container = 'deployments'", "container = 'deployment'", "ba92f5b4-2d11-453d-a403-e96b0029c9fe is given on"),
        new("misspelt setting of the host", "modules/app.bicep", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__account", "AzureWebJobsStorage__accountName is missing"),
        new("setting of another identity", "modules/app.bicep", "'managedidentity'", "'managedIdentities'", "AzureWebJobsStorage__credential"),
        new("public access", "modules/packages.bicep", "publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'", "publicNetworkAccess: isPrivate ? 'Enabled' : 'Enabled'", "publicNetworkAccess must be Disabled"),
        new("no minimum of TLS", "modules/packages.bicep", "    minimumTlsVersion: 'TLS1_2'\n", "", "minimumTlsVersion is missing"),
        new("publishing by password", "modules/app.bicep", "name: 'scm'\n  properties: {\n    allow: false", "name: 'scm'\n  properties: {\n    allow: true", "basicPublishingCredentialsPolicies"),
        new("backups that anybody may delete", "modules/storage.bicep", "= if (immutableBackups) {", "= if (!immutableBackups) {", "immutabilityPolicies: 1 in test and 0 in production"),
        new("key of a rotation that there is not", "modules/app.bicep", "hasPreviousSecretsKey ? {", "!hasPreviousSecretsKey ? {", "PaySg__Secrets__PreviousKey is set although there is no such key"),
        new("wrong category of a log", "modules/vault.bicep", "category: 'AuditEvent'", "category: 'AuditEvents'", "Of /Microsoft.KeyVault/vaults/kv-"),
        new("log of the wrong part", "modules/storage.bicep", "scope: queueService", "scope: account", "Nothing of /queueServices/default"),
        new("another threshold", "modules/alerts.bicep", "where Guesses > 500", "where Guesses > 5000", "compares with 5000"),
        new("another dimension", "modules/alerts.bicep", "tostring(Properties.Kind)", "tostring(Properties.Kinds)", "alert-paysg-prod-wrong-keys"),
        new("metric that nobody measures", "modules/alerts.bicep", "\"paysg.backup.age\"", "\"paysg.backups.age\"", "alert-paysg-prod-backup-late"),
        new("wrong operator", "modules/alerts.bicep", "operator: 'GreaterThan'\n          threshold: 0", "operator: 'GreaterOrEqual'\n          threshold: 0", "operator is GreaterOrEqual"),
        new("alerts that tell nobody", "modules/alerts.bicep", "      actionGroups: [\n        operators.id\n      ]", "      actionGroups: []", "tells nobody"),
        new("budget that says it too late", "modules/alerts.bicep", "threshold: 80\n", "threshold: 800\n", "another threshold than 80"),
        new("way out without the fixed address", "modules/network.bicep", "          natGateway: {\n            id: nat.id\n          }\n", "", "has no NAT gateway"),
        new("open door of the private endpoints", "modules/network.bicep", "          access: 'Deny'\n          protocol: '*'\n          sourceAddressPrefix: '*'", "          access: 'Allow'\n          protocol: '*'\n          sourceAddressPrefix: '*'", "Endpoints are called by the app alone"),
        new("zone of another service", "modules/network.bicep", "privateDnsZoneId: zoneIds[i]", "privateDnsZoneId: zoneIds[0]", "is not found by name"),
        new("missing order", "modules/domain.bicep", "  dependsOn: [\n    name\n  ]\n", "", "does not wait for Microsoft.Web/sites/hostNameBindings"),
        new("somebody else's workflow", "modules/whatif.bicep", ":environment:what-if'", ":ref:refs/heads/main'", "The federated credential is for another"),
        new("everybody must sign in", "modules/signin.bicep", "requireAuthentication: false", "requireAuthentication: true", "globalValidation.requireAuthentication"),
        new("output that azd does not know", "main.bicep", "output SERVICE_PAYSG_URL string", "output SERVICE_PAYSG_URI string", "The output SERVICE_PAYSG_URL is missing"),
        new("another service of azd", "modules/app.bicep", "'azd-service-name': 'paysg'", "'azd-service-name': 'app'", "azd-service-name"),
        new("file without its group", "prod.bicepparam", "param resourceGroupName = 'rg-paysg-prod'\n", "", "prod.bicepparam could be deployed into rg-paysg-test"),
        new("file that forgets a variable", "test.bicepparam", "param alertEmail = readEnvironmentVariable('PAYSG_ALERT_EMAIL', '')\n", "", "test.bicepparam does not read PAYSG_ALERT_EMAIL"),
        new("variable of another parameter", "main.bicepparam", "'PAYSG_MAIL_FROM', ''", "'PAYSG_SMTP_USER', ''", "main.bicepparam gives PAYSG_SMTP_USER to mailFrom"),
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
