using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Infra;

/// <summary>
/// What the compiler cannot know of a folder of Bicep files: it takes wrong values of an enumeration, roles, secrets and settings without a word. Each rule gives what
/// breaks it; nothing is well.
/// </summary>
internal sealed partial class InfrastructureRules(BicepCompiler compiler, string folder)
{
    private const string Missing = "missing";

    /// <summary>What only tests set: it stays unset in Azure.</summary>
    private static readonly string[] ForTestsAlone = ["PaySg__Stripe__ApiBase"];

    /// <summary>What the plan refuses: functionAppConfig says it.</summary>
    private static readonly string[] Refused =
        ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE", "linuxFxVersion"];

    /// <summary>What is made only where it is asked for.</summary>
    private static readonly string[] OnRequest =
        ["Microsoft.Web/certificates", "Microsoft.Web/sites/hostNameBindings", "Microsoft.Consumption/budgets", "Microsoft.Network/virtualNetworks", "Microsoft.Authorization/roleDefinitions"];

    /// <summary>The roles that are given, by their ids in every Azure tenant, and to what.</summary>
    private static readonly Dictionary<string, string> Roles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor, on the packages alone",
        ["acdd72a7-3385-48ef-bd42-f606fba981ae"] = "Reader, for what-if",
    };

    private static readonly Dictionary<string, Regex> Names = new Dictionary<string, Regex>(StringComparer.Ordinal)
    {
        ["Microsoft.Storage/storageAccounts"] = Letters("^[a-z0-9]{3,24}$"),
        ["Microsoft.Storage/storageAccounts/tableServices/tables"] = Letters("^[A-Za-z][A-Za-z0-9]{2,62}$"),
        ["Microsoft.Storage/storageAccounts/queueServices/queues"] = Letters("^[a-z0-9](-?[a-z0-9]){2,62}$"),
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = Letters("^[a-z0-9](-?[a-z0-9]){2,62}$"),
        ["Microsoft.KeyVault/vaults"] = Letters("^(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])+$"),
        ["Microsoft.KeyVault/vaults/secrets"] = Letters("^[0-9a-zA-Z-]{1,127}$"),
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = Letters("^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$"),
        ["Microsoft.OperationalInsights/workspaces"] = Letters("^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$"),
        ["Microsoft.Web/sites"] = Letters("^[a-zA-Z0-9][a-zA-Z0-9-]{0,58}[a-zA-Z0-9]$"),
        ["Microsoft.Web/serverfarms"] = Letters("^[a-zA-Z0-9-]{1,60}$"),
        ["Microsoft.Authorization/roleAssignments"] = Letters("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
    };

    /// <summary>Each value that Azure takes only so, by type of resource and path.</summary>
    private static readonly IReadOnlyList<(string Type, string Path, string[] Allowed)> Values =
    [
        ("Microsoft.Storage/storageAccounts", "kind", ["StorageV2"]),
        ("Microsoft.Storage/storageAccounts", "sku.name", ["Standard_LRS", "Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS"]),
        ("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", ["TLS1_2", "TLS1_3"]),
        ("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", ["true"]),
        ("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", ["false"]),
        ("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", ["false"]),
        ("Microsoft.Storage/storageAccounts", "properties.defaultToOAuthAuthentication", ["true"]),
        ("Microsoft.Storage/storageAccounts", "properties.networkAcls.bypass", ["AzureServices"]),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "properties.publicAccess", [Missing]),
        ("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies", "properties.allowProtectedAppendWrites", ["true"]),
        ("Microsoft.KeyVault/vaults", "properties.enableRbacAuthorization", ["true"]),
        ("Microsoft.KeyVault/vaults", "properties.createMode", ["default", "recover"]),
        ("Microsoft.KeyVault/vaults", "properties.sku.family", ["A"]),
        ("Microsoft.KeyVault/vaults", "properties.sku.name", ["standard", "premium"]),
        ("Microsoft.KeyVault/vaults", "properties.enableSoftDelete", ["true"]),
        ("Microsoft.KeyVault/vaults", "properties.softDeleteRetentionInDays", ["90"]),
        ("Microsoft.KeyVault/vaults", "properties.networkAcls.bypass", ["AzureServices"]),
        ("Microsoft.Web/serverfarms", "kind", ["functionapp"]),
        ("Microsoft.Web/serverfarms", "sku.tier", ["FlexConsumption"]),
        ("Microsoft.Web/serverfarms", "sku.name", ["FC1"]),
        ("Microsoft.Web/serverfarms", "properties.reserved", ["true"]),
        ("Microsoft.Web/sites", "kind", ["functionapp,linux"]),
        ("Microsoft.Web/sites", "identity.type", ["UserAssigned"]),
        ("Microsoft.Web/sites", "properties.httpsOnly", ["true"]),
        ("Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", ["1.2", "1.3"]),
        ("Microsoft.Web/sites", "properties.siteConfig.ftpsState", ["Disabled"]),
        ("Microsoft.Web/sites", "properties.functionAppConfig.runtime.name", ["dotnet-isolated"]),
        ("Microsoft.Web/sites", "properties.functionAppConfig.runtime.version", [RuntimeVersion()]),
        ("Microsoft.Web/sites", "properties.functionAppConfig.deployment.storage.type", ["blobContainer"]),
        ("Microsoft.Web/sites", "properties.functionAppConfig.deployment.storage.authentication.type", ["UserAssignedIdentity"]),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", ["false"]),
        ("Microsoft.Web/sites", "properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB", ["512", "2048", "4096"]),
        ("Microsoft.Web/sites", "tags.azd-service-name", ["paysg"]),
        ("Microsoft.Web/sites/hostNameBindings", "properties.sslState", ["Disabled", "SniEnabled"]),
        ("Microsoft.Web/sites/hostNameBindings", "properties.hostNameType", ["Verified"]),
        ("Microsoft.Authorization/roleAssignments", "properties.principalType", ["ServicePrincipal"]),
        ("Microsoft.Authorization/locks", "properties.level", ["CanNotDelete"]),
        ("Microsoft.OperationalInsights/workspaces", "properties.sku.name", ["PerGB2018"]),
        ("Microsoft.OperationalInsights/workspaces", "properties.retentionInDays", ["90"]),
        ("Microsoft.Insights/components", "kind", ["web"]),
        ("Microsoft.Insights/components", "properties.Application_Type", ["web"]),
        ("Microsoft.Insights/components", "properties.DisableLocalAuth", ["true"]),
        ("Microsoft.Insights/scheduledQueryRules", "properties.severity", ["0", "1", "2", "3", "4"]),
        ("Microsoft.Insights/scheduledQueryRules", "properties.enabled", ["true"]),
        ("Microsoft.Insights/scheduledQueryRules", "properties.evaluationFrequency", ["PT5M"]),
        ("Microsoft.Insights/scheduledQueryRules", "properties.skipQueryValidation", ["true"]),
        ("Microsoft.Insights/scheduledQueryRules", "properties.autoMitigate", ["true"]),
        ("Microsoft.Insights/metricAlerts", "location", ["global"]),
        ("Microsoft.Insights/metricAlerts", "properties.severity", ["0"]),
        ("Microsoft.Insights/metricAlerts", "properties.enabled", ["true"]),
        ("Microsoft.Insights/metricAlerts", "properties.evaluationFrequency", ["PT1M"]),
        ("Microsoft.Insights/metricAlerts", "properties.windowSize", ["PT5M"]),
        ("Microsoft.Insights/actionGroups", "location", ["global"]),
        ("Microsoft.Insights/actionGroups", "properties.enabled", ["true"]),
        ("Microsoft.Insights/webtests", "kind", ["standard"]),
        ("Microsoft.Insights/webtests", "properties.Kind", ["standard"]),
        ("Microsoft.Insights/webtests", "properties.Enabled", ["true"]),
        ("Microsoft.Insights/webtests", "properties.RetryEnabled", ["true"]),
        ("Microsoft.Insights/webtests", "properties.Frequency", ["300"]),
        ("Microsoft.Insights/webtests", "properties.Request.HttpVerb", ["GET"]),
        ("Microsoft.Insights/webtests", "properties.ValidationRules.ExpectedHttpStatusCode", ["200"]),
        ("Microsoft.Insights/webtests", "properties.ValidationRules.SSLCheck", ["true"]),
        ("Microsoft.Consumption/budgets", "properties.category", ["Cost"]),
        ("Microsoft.Consumption/budgets", "properties.timeGrain", ["Monthly"]),
        ("Microsoft.Network/publicIPAddresses", "sku.name", ["Standard"]),
        ("Microsoft.Network/publicIPAddresses", "properties.publicIPAllocationMethod", ["Static"]),
        ("Microsoft.Network/natGateways", "sku.name", ["Standard"]),
        ("Microsoft.Network/privateDnsZones", "location", ["global"]),
        ("Microsoft.Network/privateDnsZones/virtualNetworkLinks", "location", ["global"]),
        ("Microsoft.Network/privateDnsZones/virtualNetworkLinks", "properties.registrationEnabled", ["false"]),
    ];

    /// <summary>Everything that is wrong, be it said by the compiler or by a rule.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync()
    {
        var said = await DiagnosticsAsync();
        if (said.Count > 0)
            return said;

        try
        {
            var template = await compiler.TemplateAsync(Path.Combine(folder, "main.bicep"));
            var (test, live, all) = (await PredictAsync("test"), await PredictAsync("prod"), await compiler.PredictAsync(folder, ["param environmentName = 'all'", .. ParameterRules.Lines(template)]));
            return
            [
                .. new[] { test, live, all }.SelectMany(deployment => deployment.Diagnostics.Concat(WrongNames(deployment)).Concat(WrongValues(deployment)).Concat(RefusedProperties(deployment))),
                .. WrongRoles(live), .. WrongSecrets(live), .. WrongSettings(live, all), .. await WrongTablesAndQueuesAsync(live), .. WrongInstances(live), .. WrongNetwork(live),
                .. WrongSwitches(test, live, all), .. WrongOrder(template), .. await WrongGroupsAsync(),
                .. ConnectionRules.Broken(test, live), .. AlertRules.Broken(live), .. ParameterRules.Broken(folder, template, all),
            ];
        }
        catch (BicepRefusalException refusal)
        {
            return [refusal.Message];
        }
    }

    /// <summary>What a parameter file of this folder makes.</summary>
    public Task<PredictedDeployment> PredictAsync(string environment) =>
        compiler.PredictAsync(Path.Combine(folder, environment + ".bicepparam"), environment == "main" ? "rg" : $"rg-paysg-{environment}");

    private async Task<IReadOnlyList<string>> DiagnosticsAsync()
    {
        var said = new List<string>();
        foreach (var file in new[] { "main.bicep", "test.bicepparam", "prod.bicepparam", "main.bicepparam" })
            said.AddRange(await compiler.DiagnosticsAsync(Path.Combine(folder, file)));
        return said;
    }

    private static IEnumerable<string> WrongNames(PredictedDeployment deployment)
    {
        foreach (var resource in deployment.Resources)
        {
            var (type, name) = ((string)resource["type"]!, ((string)resource["name"]!).Split('/')[^1]);
            if (Names.TryGetValue(type, out var form) && !form.IsMatch(name))
                yield return $"{type}: '{name}' is no name that Azure takes.";
        }

        // A host name is bound twice: first without its certificate.
        foreach (var twice in deployment.Resources.Where(resource => (string?)resource["type"] != "Microsoft.Web/sites/hostNameBindings").GroupBy(resource => (string)resource["id"]!, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            yield return $"{twice.Key} is made {twice.Count()} times.";
    }

    private static IEnumerable<string> WrongValues(PredictedDeployment deployment) =>
        from rule in Values
        from resource in deployment.Of(rule.Type)
        let value = PredictedDeployment.Value(resource, rule.Path)
        where !rule.Allowed.Contains(value ?? Missing, StringComparer.Ordinal)
        select $"{rule.Type} {resource["name"]}: {rule.Path} is {value ?? Missing}, and may be {string.Join(" or ", rule.Allowed)}.";

    private static IEnumerable<string> RefusedProperties(PredictedDeployment deployment) =>
        from resource in deployment.Resources
        from name in Refused
        where resource.ToJsonString().Contains($"\"{name}\"", StringComparison.Ordinal)
        select $"{resource["name"]}: {name} is refused by the plan.";

    private static IEnumerable<string> WrongRoles(PredictedDeployment live)
    {
        var own = live.Of("Microsoft.Authorization/roleDefinitions").Select(role => (string)role["name"]!).ToHashSet(StringComparer.Ordinal);
        var given = live.Of("Microsoft.Authorization/roleAssignments").Select(role => PredictedDeployment.Value(role, "properties.roleDefinitionId")!.Split('/')[^1]).Where(role => !own.Contains(role)).ToList();
        return Roles.Where(role => !given.Contains(role.Key)).Select(role => $"The role {role.Value} is given to nobody.")
            .Concat(given.Where(role => !Roles.ContainsKey(role)).Select(role => $"The role {role} is none that anybody needs."))
            .Concat(given.GroupBy(role => role).Where(same => same.Count() > 1).Select(same => $"The role {same.Key} is given {same.Count()} times."));
    }

    private static IEnumerable<string> WrongSecrets(PredictedDeployment live)
    {
        var made = live.Of("Microsoft.KeyVault/vaults/secrets").Select(secret => ((string)secret["name"]!).Split('/')[^1]).ToHashSet(StringComparer.Ordinal);
        var referred = live.Settings.Values.SelectMany(value => SecretReference().Matches(value)).Select(reference => reference.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var named = Document.Read("docs/operate/operations.md").Section("## Secrets, and how to rotate each").Table("secret").SelectMany(row => row[1].Split('`').Where((_, index) => index % 2 == 1));
        var swapped = live.Settings.SelectMany(setting => SecretReference().Matches(setting.Value).Select(reference => (Setting: setting.Key, Secret: reference.Groups["name"].Value)))
            .Where(one => !Words(one.Setting["PaySg__".Length..].Replace("Email", "", StringComparison.Ordinal)).SetEquals(Words(one.Secret)))
            .Select(one => $"{one.Setting} refers to the secret {one.Secret}.")
            .Concat(live.Of("Microsoft.KeyVault/vaults/secrets").Select(secret => (Name: ((string)secret["name"]!).Split('/')[^1], Value: PredictedDeployment.Value(secret, "properties.value")!, Condition: (string?)secret["condition"]))
                .Where(one => Parameter().Match(one.Value).Groups["name"].Value is var parameter && (!Words(parameter).SetEquals(Words(one.Name)) || one.Condition != $"[not(empty(parameters('{parameter}')))]"))
                .Select(one => $"The secret {one.Name} is {one.Value}, if {one.Condition}."));
        return referred.Except(made).Select(name => $"A setting refers to the secret {name}, which is not made.")
            .Concat(made.Except(referred).Select(name => $"No setting refers to the secret {name}."))
            .Concat(made.Except(named).Select(name => $"The runbook does not name the secret {name}."))
            .Concat(swapped);
    }

    /// <summary>The words of a name, however it is written.</summary>
    private static HashSet<string> Words(string name) => Word().Matches(name).Select(word => word.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> WrongSettings(PredictedDeployment live, PredictedDeployment all)
    {
        var set = live.Settings.Keys.Concat(all.Settings.Keys).Where(name => name.StartsWith("PaySg__", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var read = SettingsDocTests.ReadByTheProduct().Except(ForTestsAlone).ToHashSet(StringComparer.Ordinal);
        return read.Except(set).Select(name => $"{name} is read by the app and set by nothing.").Concat(set.Except(read).Select(name => $"{name} is set, and nothing reads it."));
    }

    private static async Task<IEnumerable<string>> WrongTablesAndQueuesAsync(PredictedDeployment live)
    {
        await using var parts = PaySgParts.Build("UseDevelopmentStorage=true");
        return Differences("table", parts.Tables.All.Select(table => table.Name), live.Of("Microsoft.Storage/storageAccounts/tableServices/tables"))
            .Concat(Differences("queue", parts.Get<PaySgQueues>().All.SelectMany(queue => new[] { queue.Name, queue.Name + "-poison" }), live.Of("Microsoft.Storage/storageAccounts/queueServices/queues")));
    }

    private static IEnumerable<string> Differences(string kind, IEnumerable<string> used, IEnumerable<JsonObject> resources)
    {
        var (needed, made) = (used.ToHashSet(StringComparer.Ordinal), resources.Select(resource => ((string)resource["name"]!).Split('/')[^1]).ToHashSet(StringComparer.Ordinal));
        return needed.Except(made).Select(name => $"The {kind} {name} is used and not made.").Concat(made.Except(needed).Select(name => $"The {kind} {name} is made and not used."));
    }

    private static IEnumerable<string> WrongInstances(PredictedDeployment live)
    {
        var functions = typeof(PaySgServices).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).ToHashSet(StringComparer.Ordinal);
        var ready = live.The("Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["alwaysReady"]!.AsArray().Select(group => (string)group!["name"]!).ToList();
        return ready.Where(name => name != "http" && !(name.StartsWith("function:", StringComparison.Ordinal) && functions.Contains(name["function:".Length..]))).Select(name => $"{name} is always ready, and there is no such function.")
            .Concat(ready.Contains("http") ? [] : ["In live mode no instance for HTTP is always ready."]);
    }

    private static IEnumerable<string> WrongNetwork(PredictedDeployment live)
    {
        var text = live.The("Microsoft.Network/virtualNetworks").ToJsonString();
        if (!text.Contains("\"serviceName\":\"Microsoft.App/environments\"", StringComparison.Ordinal))
            yield return "The app's subnet is not delegated to Microsoft.App/environments.";

        var groups = live.Of("Microsoft.Network/privateEndpoints").Select(endpoint => (string)endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!["groupIds"]![0]!).Order(StringComparer.Ordinal);
        if (!groups.SequenceEqual(["blob", "blob", "queue", "table", "vault"]))
            yield return "Private endpoints: one each for blob, queue, table and vault, and one for the blobs of the packages.";

        foreach (var zone in live.Of("Microsoft.Network/privateDnsZones").Select(zone => (string)zone["name"]!).Where(zone => !Zone().IsMatch(zone)))
            yield return $"{zone} is no zone of private endpoints.";
    }

    /// <summary>What is there in one environment alone, or while a key is rotated.</summary>
    private static IEnumerable<string> WrongSwitches(PredictedDeployment test, PredictedDeployment live, PredictedDeployment all)
    {
        (string Type, int InTest, int InLive)[] switched =
        [
            ("Microsoft.Authorization/locks", 0, 1), ("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies", 0, 1), ("Microsoft.Network/virtualNetworks", 0, 1),
            ("Microsoft.Network/natGateways", 0, 1), ("Microsoft.Network/privateEndpoints", 0, 5), ("Microsoft.Network/networkSecurityGroups", 0, 2), ("Microsoft.Consumption/budgets", 0, 1),
            ("Microsoft.Web/certificates", 1, 1), ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", 2, 2), ("Microsoft.Insights/webtests", 1, 1),
        ];
        foreach (var (type, inTest, inLive) in switched.Where(one => (test.Of(one.Type).Count, live.Of(one.Type).Count) != (one.InTest, one.InLive)))
            yield return $"{type}: {test.Of(type).Count} in test and {live.Of(type).Count} in production, and should be {inTest} and {inLive}.";

        foreach (var type in OnRequest.Where(type => all.Of(type).Count > 0))
            yield return $"{type} is made although nobody asked for it.";
        foreach (var name in all.Settings.Keys.Where(name => name.Contains("Previous", StringComparison.Ordinal) || name.StartsWith("PaySg__Stripe__", StringComparison.Ordinal)))
            yield return $"{name} is set although there is no such key.";

        if ((test.Settings.GetValueOrDefault("PaySg__Mode"), live.Settings.GetValueOrDefault("PaySg__Mode")) != ("test", "live"))
            yield return "PaySg__Mode must be test in the test environment, and live in production.";
        if (PredictedDeployment.Value(live.The("Microsoft.Web/serverfarms"), "properties.zoneRedundant") != "true")
            yield return "Production is in one zone.";
        if (PredictedDeployment.Value(live.The("Microsoft.KeyVault/vaults"), "properties.enablePurgeProtection") != "true" || PredictedDeployment.Value(test.The("Microsoft.KeyVault/vaults"), "properties.enablePurgeProtection") is not null)
            yield return "Production's vault cannot be purged, and that of the test environment can.";
        if (PredictedDeployment.Value(live.The("Microsoft.Storage/storageAccounts", "stpaysg"), "sku.name") != "Standard_ZRS")
            yield return "Production's data is in three zones of one country.";
    }

    /// <summary>What must be there before something else, which the compiler cannot see from what refers to what.</summary>
    private static IEnumerable<string> WrongOrder(JsonObject template)
    {
        (string Module, string Type, string After)[] order =
        [
            ("domain", "Microsoft.Web/certificates", "Microsoft.Web/sites/hostNameBindings"),
            ("network", "Microsoft.Network/privateEndpoints", "Microsoft.Network/virtualNetworks"),
            ("network", "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "Microsoft.Network/virtualNetworks"),
            ("network", "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "Microsoft.Network/privateDnsZones"),
        ];
        var signIn = ResourcesOf(template).Single(resource => (string?)resource["name"] == "sign-in");
        var early = from one in order
                    from resource in ResourcesOf(ModuleOf(template, one.Module))
                    where (string)resource["type"]! == one.Type && !WaitsFor(ModuleOf(template, one.Module), resource, one.After)
                    select $"{one.Module}: {one.Type} does not wait for {one.After}.";
        return WaitsFor(template, signIn, "Microsoft.Resources/deployments") ? early : early.Append("sign-in does not wait for the app.");
    }

    /// <summary>Whether a resource waits for those of a type, by their ids or by the name of their loop.</summary>
    private static bool WaitsFor(JsonObject template, JsonObject resource, string type)
    {
        // A loop is waited for by its name.
        var names = ResourcesOf(template).Where(one => (string)one["type"]! == type && one["copy"] is not null).Select(one => (string)one["copy"]!["name"]!).ToList();
        return resource["dependsOn"]?.AsArray().Select(one => (string)one!).Any(one => names.Contains(one) || one.Contains($"'{type}'", StringComparison.Ordinal)) == true;
    }

    private static JsonObject ModuleOf(JsonObject template, string name) => ModulesOf(template).First(module => module.Name == name).Template;

    /// <summary>The modules of a template, however deep: name and template of each.</summary>
    internal static IEnumerable<(string Name, JsonObject Template)> ModulesOf(JsonObject template)
    {
        foreach (var resource in ResourcesOf(template))
        {
            // Of a resource with a condition or a loop the properties may be an expression.
            if (resource["properties"] is not JsonObject properties || properties["template"] is not JsonObject inner)
                continue;

            yield return ((string)resource["name"]!, inner);
            foreach (var deeper in ModulesOf(inner))
                yield return deeper;
        }
    }

    private static IEnumerable<JsonObject> ResourcesOf(JsonObject template) =>
        template["resources"] switch { JsonObject named => named.Select(one => one.Value!.AsObject()), JsonArray listed => listed.Select(one => one!.AsObject()), _ => [] };

    /// <summary>The file of one environment is refused in the resource group of another.</summary>
    private async Task<IEnumerable<string>> WrongGroupsAsync()
    {
        var taken = new List<string>();
        foreach (var (file, other) in new[] { ("test", "rg-paysg-prod"), ("prod", "rg-paysg-test") })
        {
            try
            {
                await compiler.PredictAsync(Path.Combine(folder, file + ".bicepparam"), other);
                taken.Add($"{file}.bicepparam could be deployed into {other}: it must name its resourceGroupName.");
            }
            catch (BicepRefusalException refusal) when (refusal.Message.Contains("resourceGroupName", StringComparison.Ordinal))
            {
                // As it should be.
            }
        }

        return taken;
    }

    private static string RuntimeVersion() => XDocument.Parse(Document.Repository.Read("Directory.Build.props")).Descendants("TargetFramework").Single().Value["net".Length..];

    private static Regex Letters(string pattern) => new(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex("[A-Z]?[a-z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\[parameters\('(?<name>[A-Za-z]+)'\)\]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"secrets/(?<name>[a-z-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretReference();

    [GeneratedRegex(@"^(\[format\('privatelink\.(blob|queue|table)\.\{0\}', environment\(\)\.suffixes\.storage\)\]|privatelink\.vaultcore\.azure\.net)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zone();
}
