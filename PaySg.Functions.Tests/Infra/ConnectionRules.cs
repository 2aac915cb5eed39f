using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Infra;

/// <summary>That the parts find each other, and nobody else finds them: which role is for what, which setting names what, who reaches whom over the network, and what is logged where.</summary>
internal static class ConnectionRules
{
    private const string Telemetry = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Identity = "Microsoft.ManagedIdentity/userAssignedIdentities";

    /// <summary>Each role: what it is on, and whose it is.</summary>
    private static readonly Dictionary<string, (string Scope, string Identity)> Scopes = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = ("/Microsoft.Storage/storageAccounts/stpaysg", "id-paysg-prod"),
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = ("/Microsoft.Storage/storageAccounts/stpaysg", "id-paysg-prod"),
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = ("/Microsoft.Storage/storageAccounts/stpaysg", "id-paysg-prod"),
        ["4633458b-17de-408a-b874-0445c86b69e6"] = ("/Microsoft.KeyVault/vaults/kv-", "id-paysg-prod"),
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = ("/Microsoft.Insights/components/appi-paysg-prod", "id-paysg-prod"),
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = ("/containers/deployments", "id-paysg-prod-package"),
        ["acdd72a7-3385-48ef-bd42-f606fba981ae"] = ("/resourceGroups/rg-paysg-prod", "id-paysg-prod-what-if"),
    };

    /// <summary>What of each part is logged and measured.</summary>
    private static readonly IReadOnlyList<(string Of, string[] Logs, string[] Metrics)> Watched =
    [
        ("/tableServices/default", ["StorageDelete"], ["Transaction"]),
        ("/blobServices/default", ["StorageDelete"], ["Transaction"]),
        ("/queueServices/default", [], ["Transaction"]),
        ("/Microsoft.KeyVault/vaults/kv-", ["AuditEvent"], []),
        ("/Microsoft.Web/sites/func-", ["FunctionAppLogs"], ["AllMetrics"]),
    ];

    /// <summary>What breaks a rule.</summary>
    public static IEnumerable<string> Broken(PredictedDeployment test, PredictedDeployment live) =>
        [.. WrongScopes(live), .. WrongWiring(live), .. WrongReach(test, "Enabled", "Allow"), .. WrongReach(live, "Disabled", "Deny"), .. WrongNetwork(live), .. WrongWatch(live), .. WrongSignIn(live), .. WrongOutputs(live)];

    private static IEnumerable<string> WrongScopes(PredictedDeployment live)
    {
        foreach (var role in live.Of("Microsoft.Authorization/roleAssignments"))
        {
            var on = ((string)role["id"]!).Split("/providers/Microsoft.Authorization/")[0];
            var (id, holder) = (PredictedDeployment.Value(role, "properties.roleDefinitionId")!.Split('/')[^1], PredictedDeployment.Value(role, "properties.principalId") ?? "");
            var (scope, identity) = Scopes.TryGetValue(id, out var known) ? known : ("/resourceGroups/rg-paysg-prod", "id-paysg-prod-what-if");
            if (!IsOn(on, scope))
                yield return $"The role {id} is given on {on}, not on {scope}….";
            if (!holder.Contains($"{Identity}/{identity}'", StringComparison.Ordinal) || !holder.EndsWith(".principalId]", StringComparison.Ordinal))
                yield return $"The role {id} is not given to {identity}, but to {holder}.";
        }

        foreach (var locked in live.Of("Microsoft.Authorization/locks").Where(locked => !((string)locked["id"]!).Contains("/storageAccounts/stpaysg", StringComparison.Ordinal)))
            yield return $"{locked["id"]}: the lock is for the storage account of the payments alone.";
    }

    /// <summary>What no code of ours reads, but the host, the exporter and Azure's clients.</summary>
    private static IEnumerable<string> WrongWiring(PredictedDeployment live)
    {
        var (settings, app, storage) = (live.Settings, live.The("Microsoft.Web/sites"), live.The("Microsoft.Storage/storageAccounts", "stpaysg"));
        var client = settings.GetValueOrDefault("AZURE_CLIENT_ID", "");
        if (!client.Contains($"{Identity}/id-paysg-prod'", StringComparison.Ordinal) || !client.EndsWith(".clientId]", StringComparison.Ordinal))
            yield return "AZURE_CLIENT_ID is not the client id of the app's identity.";

        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AZURE_CLIENT_ID"] = client,
            ["AzureWebJobsStorage__accountName"] = (string)storage["name"]!,
            ["AzureWebJobsStorage__credential"] = "managedidentity",
            ["AzureWebJobsStorage__clientId"] = client,
            ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = $"[format('ClientId={{0}};Authorization=AAD', {client.Trim('[', ']')})]",
        };
        foreach (var (name, value) in expected.Where(one => settings.GetValueOrDefault(one.Key) != one.Value))
            yield return $"{name} is {settings.GetValueOrDefault(name, "missing")}, and must be {value}.";
        if (!Refers(settings.GetValueOrDefault(Telemetry), (string)live.The("Microsoft.Insights/components")["id"]!, "ConnectionString"))
            yield return $"{Telemetry} is {settings.GetValueOrDefault(Telemetry, "missing")}, and must be that of Application Insights.";
        foreach (var name in settings.Keys.Where(name => !name.StartsWith("PaySg__", StringComparison.Ordinal) && name != Telemetry && !expected.ContainsKey(name)))
            yield return $"{name} is set, and nothing reads it.";

        if (!live.Of("Microsoft.Storage/storageAccounts/tableServices/tables").All(table => ((string)table["name"]!).Split('/')[^1].StartsWith(settings["PaySg__TablePrefix"], StringComparison.Ordinal)))
            yield return $"PaySg__TablePrefix is {settings["PaySg__TablePrefix"]}, and the tables begin otherwise.";

        var policy = live.Of("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies").SingleOrDefault();
        if (policy is null || PredictedDeployment.Value(policy, "properties.immutabilityPeriodSinceCreationInDays") != settings.GetValueOrDefault("PaySg__Backup__KeptDays"))
            yield return "In live mode a policy keeps backups as long as PaySg__Backup__KeptDays.";
        if (!((string)(policy?["name"] ?? "")!).EndsWith($"/{settings.GetValueOrDefault("PaySg__Backup__Container")}/default", StringComparison.Ordinal))
            yield return "PaySg__Backup__Container is not the container with the policy.";

        var attached = app["identity"]!["userAssignedIdentities"]!.AsObject().Select(identity => identity.Key.Split('/')[^1]).Order(StringComparer.Ordinal);
        if (!attached.SequenceEqual(["id-paysg-prod", "id-paysg-prod-package"]))
            yield return $"The app has the identities {string.Join(", ", attached)}.";
        if (!(PredictedDeployment.Value(app, "properties.functionAppConfig.deployment.storage.value") ?? "").Contains("/storageAccounts/stpkg", StringComparison.Ordinal))
            yield return "The package is not in the account of packages.";
        if (PredictedDeployment.Value(app, "properties.serverFarmId") != (string)live.The("Microsoft.Web/serverfarms")["id"]!)
            yield return "The app is not on the plan.";
        foreach (var resource in live.Resources.Where(resource => (string?)resource["location"] is not (null or "southeastasia" or "global")))
            yield return $"{resource["name"]} is in {resource["location"]}, not where everything is.";
    }

    private static IEnumerable<string> WrongReach(PredictedDeployment deployment, string publicAccess, string rule) =>
        from resource in deployment.Of("Microsoft.Storage/storageAccounts").Concat(deployment.Of("Microsoft.KeyVault/vaults"))
        where PredictedDeployment.Value(resource, "properties.publicNetworkAccess") != publicAccess || PredictedDeployment.Value(resource, "properties.networkAcls.defaultAction") != rule
        select $"{resource["name"]}: publicNetworkAccess must be {publicAccess} here, and defaultAction {rule}.";

    private static IEnumerable<string> WrongNetwork(PredictedDeployment live)
    {
        var network = live.The("Microsoft.Network/virtualNetworks");
        var subnets = network["properties"]!["subnets"]!.AsArray().ToDictionary(subnet => (string)subnet!["name"]!, subnet => subnet!["properties"]!.AsObject(), StringComparer.Ordinal);
        var rules = live.Of("Microsoft.Network/networkSecurityGroups").ToDictionary(group => ((string)group["name"]!).Split('-')[^1], group => group, StringComparer.Ordinal);
        if (PredictedDeployment.Value(subnets["app"], "natGateway.id") != (string?)live.Of("Microsoft.Network/natGateways").SingleOrDefault()?["id"])
            yield return "The app's subnet has no NAT gateway: webhooks leave from an address that nobody knows.";
        if (live.The("Microsoft.Network/natGateways")["properties"]!.ToJsonString() != $"{{\"publicIpAddresses\":[{{\"id\":\"{live.The("Microsoft.Network/publicIPAddresses")["id"]}\"}}]}}")
            yield return "The NAT gateway does not have the fixed address.";
        foreach (var name in subnets.Keys.Where(name => PredictedDeployment.Value(subnets[name], "networkSecurityGroup.id") != (string?)rules.GetValueOrDefault(name)?["id"]))
            yield return $"The subnet {name} has not the rules that are made for it.";
        if (PredictedDeployment.Value(subnets["endpoints"], "privateEndpointNetworkPolicies") != "NetworkSecurityGroupEnabled")
            yield return "The rules of the subnet endpoints do not count for private endpoints.";
        if (!(PredictedDeployment.Value(live.The("Microsoft.Web/sites"), "properties.virtualNetworkSubnetId") ?? "").EndsWith($"/{network["name"]}/subnets/app", StringComparison.Ordinal))
            yield return "The app is not in its subnet.";

        // In their order: who calls, and nobody else.
        if (Told(rules["endpoints"]) != $"Inbound Allow Tcp {PredictedDeployment.Value(subnets["app"], "addressPrefix")} 443; Inbound Deny * * *")
            yield return $"Endpoints are called by the app alone, and now: {Told(rules["endpoints"])}.";
        if (Told(rules["app"]) != "Inbound Deny * Internet *")
            yield return $"Nobody calls the app by its network, and now: {Told(rules["app"])}.";

        foreach (var endpoint in live.Of("Microsoft.Network/privateEndpoints"))
        {
            var (name, connection) = ((string)endpoint["name"]!, endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!);
            var (group, to) = ((string)connection["groupIds"]![0]!, (string)connection["privateLinkServiceId"]!);
            var account = name.EndsWith("-package", StringComparison.Ordinal) ? "/storageAccounts/stpkg" : group == "vault" ? "/vaults/kv-" : "/storageAccounts/stpaysg";
            if (!to.Contains(account, StringComparison.Ordinal))
                yield return $"{name} leads to {to}.";
            if (!(PredictedDeployment.Value(endpoint, "properties.subnet.id") ?? "").EndsWith("/subnets/endpoints", StringComparison.Ordinal))
                yield return $"{name} is not in the subnet endpoints.";
            var zone = live.Of("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").SingleOrDefault(zone => (string)zone["name"]! == $"{name}/default")?.ToJsonString() ?? "";
            if (!zone.Contains($"privatelink.{(group == "vault" ? "vaultcore" : group)}.", StringComparison.Ordinal))
                yield return $"{name} is not found by name: its zone group is not that of {group}.";
        }

        if (live.Of("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count(link => PredictedDeployment.Value(link, "properties.virtualNetwork.id") == (string)network["id"]!) != live.Of("Microsoft.Network/privateDnsZones").Count)
            yield return "A private DNS zone is not linked with the network.";
    }

    /// <summary>Whether an id is that of the resource whose path it holds, and not of something within it.</summary>
    private static bool IsOn(string id, string path) =>
        id.IndexOf(path, StringComparison.Ordinal) is >= 0 and var at && !id.AsSpan(at + path.Length).Contains('/');

    /// <summary>Whether an expression is a property of a resource that is known when it is made.</summary>
    private static bool Refers(string? expression, string id, string property) =>
        expression is not null && expression.StartsWith($"[reference('{id}', '", StringComparison.Ordinal) && expression.EndsWith($"').{property}]", StringComparison.Ordinal);

    private static string Told(JsonObject group) => string.Join("; ", group["properties"]!["securityRules"]!.AsArray().Select(rule => rule!["properties"]!).OrderBy(rule => (int)rule["priority"]!)
        .Select(rule => $"{rule["direction"]} {rule["access"]} {rule["protocol"]} {rule["sourceAddressPrefix"]} {rule["destinationPortRange"]}"));

    private static IEnumerable<string> WrongWatch(PredictedDeployment live)
    {
        var workspace = (string)live.The("Microsoft.OperationalInsights/workspaces")["id"]!;
        var settings = live.Of("Microsoft.Insights/diagnosticSettings");
        foreach (var (of, logs, metrics) in Watched)
        {
            var found = settings.SingleOrDefault(setting => IsOn(((string)setting["id"]!).Split("/providers/Microsoft.Insights/")[0], of));
            if (found is null)
                yield return $"Nothing of {of}… is logged.";
            else if (PredictedDeployment.Value(found, "properties.workspaceId") != workspace || !On(found, "logs").SequenceEqual(logs) || !On(found, "metrics").SequenceEqual(metrics))
                yield return $"Of {of}… the workspace gets other than {string.Join(", ", logs.Concat(metrics))}: {found["properties"]!.ToJsonString()}";
        }

        if (PredictedDeployment.Value(live.The("Microsoft.Insights/components"), "properties.WorkspaceResourceId") != workspace)
            yield return "Application Insights does not write into the workspace.";
    }

    private static IEnumerable<string> On(JsonObject setting, string kind) =>
        setting["properties"]![kind]?.AsArray().Where(one => (bool?)one!["enabled"] == true).Select(one => (string)one!["category"]!) ?? [];

    private static IEnumerable<string> WrongSignIn(PredictedDeployment live)
    {
        var officers = live.Of("Microsoft.Web/sites/config").Single(config => ((string)config["name"]!).EndsWith("/authsettingsV2", StringComparison.Ordinal));
        (string Path, string Value)[] expected =
        [
            ("platform.enabled", "true"),
            // Payers and callers have no account: the app itself lets them in.
            ("globalValidation.requireAuthentication", "false"),
            ("globalValidation.unauthenticatedClientAction", "AllowAnonymous"),
            ("identityProviders.azureActiveDirectory.enabled", "true"),
            ("identityProviders.azureActiveDirectory.registration.openIdIssuer", "[format('{0}{1}/v2.0', environment().authentication.loginEndpoint, '22222222-2222-4222-8222-222222222222')]"),
            ("identityProviders.azureActiveDirectory.registration.clientId", BicepCompiler.Variables["PAYSG_DASHBOARD_CLIENT_ID"]),
            ("identityProviders.azureActiveDirectory.validation.allowedAudiences", $"[\"{BicepCompiler.Variables["PAYSG_DASHBOARD_CLIENT_ID"]}\"]"),
            ("login.tokenStore.enabled", "false"),
            ("httpSettings.requireHttps", "true"),
        ];
        foreach (var (path, value) in expected.Where(one => PredictedDeployment.Value(officers, "properties." + one.Path) != one.Value))
            yield return $"authsettingsV2: {path} is {PredictedDeployment.Value(officers, "properties." + path) ?? "missing"}, and must be {value}.";

        var asks = live.The("Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials")["properties"]!.ToJsonString();
        if (asks != $"{{\"issuer\":\"https://token.actions.githubusercontent.com\",\"subject\":\"repo:{BicepCompiler.Variables["PAYSG_WHAT_IF_REPOSITORY"]}:environment:what-if\",\"audiences\":[\"api://AzureADTokenExchange\"]}}")
            yield return $"The federated credential is for another than the environment what-if of the repository: {asks}";
    }

    private static IEnumerable<string> WrongOutputs(PredictedDeployment live)
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AZURE_LOCATION"] = "southeastasia",
            ["AZURE_RESOURCE_GROUP"] = "rg-paysg-prod",
            ["AZURE_FUNCTION_APP_NAME"] = (string)live.The("Microsoft.Web/sites")["name"]!,
            ["SERVICE_PAYSG_URL"] = live.Settings["PaySg__PublicBaseUrl"],
            ["STORAGE_ACCOUNT_NAME"] = (string)live.The("Microsoft.Storage/storageAccounts", "stpaysg")["name"]!,
            ["KEY_VAULT_NAME"] = (string)live.The("Microsoft.KeyVault/vaults")["name"]!,
        };
        foreach (var (name, value) in expected.Where(one => live.Outputs.GetValueOrDefault(one.Key) != one.Value))
            yield return $"The output {name} is {live.Outputs.GetValueOrDefault(name, "missing")}, and must be {value}.";

        (string Name, string Id, string Property)[] known =
        [
            ("WHAT_IF_CLIENT_ID", (string)live.Of(Identity).Single(identity => ((string)identity["name"]!).EndsWith("-what-if", StringComparison.Ordinal))["id"]!, "clientId"),
            ("CUSTOM_DOMAIN_VERIFICATION_ID", (string)live.The("Microsoft.Web/sites")["id"]!, "customDomainVerificationId"),
            ("OUTBOUND_IP_ADDRESS", (string)live.The("Microsoft.Network/publicIPAddresses")["id"]!, "ipAddress"),
        ];
        foreach (var (name, id, property) in known.Where(one => !Refers(live.Outputs.GetValueOrDefault(one.Name), one.Id, one.Property)))
            yield return $"The output {name} is {live.Outputs.GetValueOrDefault(name, "missing")}, and must be {property} of {id}.";
        foreach (var name in live.Outputs.Keys.Except(expected.Keys).Except(known.Select(one => one.Name)))
            yield return $"The output {name} is for nobody; whatever is in an output everybody who reads the deployment sees.";
    }
}
