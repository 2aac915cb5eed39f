using System.Text.RegularExpressions;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What the code needs is what the infrastructure makes, and what Azure takes: compiled and unfolded by Azure's own compiler.</summary>
[Collection(BicepCollection.Name)]
public sealed partial class BicepTests(BicepCompiler compiler)
{
    private static readonly string[] ParameterFiles = ["test", "prod", "main"];
    private static readonly string[] Workflows = ["deploy.yml", "infrastructure.yml"];

    private InfrastructureRules Rules => new(compiler, BicepCompiler.Folder);

    [BicepFact]
    public async Task The_compiler_says_nothing_and_every_rule_is_kept() => Assert.Empty(await Rules.BrokenAsync());

    [BicepFact]
    public async Task The_page_of_settings_names_the_parameters_that_set_them()
    {
        var parameters = (await compiler.TemplateAsync(Path.Combine(BicepCompiler.Folder, "main.bicep")))["parameters"]!.AsObject().Select(parameter => parameter.Key).ToList();
        var named = Document.Read("docs/operate/settings.md").Tables("setting").SelectMany(table => table)
            .SelectMany(row => row[3].Split('`').Where((_, index) => index % 2 == 1))
            .Except(["paysg", "true"]);

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, parameters));
    }

    /// <summary>Whoever can write the package decides what the app runs.</summary>
    [BicepFact]
    public async Task The_package_is_out_of_the_reach_of_the_apps_own_identity()
    {
        var live = await Rules.PredictAsync("prod");

        var writer = live.Of("Microsoft.Authorization/roleAssignments").Single(role => role.ToJsonString().Contains("ba92f5b4-2d11-453d-a403-e96b0029c9fe", StringComparison.Ordinal));
        Assert.Contains("/containers/deployments/", (string)writer["id"]!, StringComparison.Ordinal);
        Assert.Contains("/id-paysg-prod-package'", PredictedDeployment.Value(writer, "properties.principalId")!, StringComparison.Ordinal);
        Assert.DoesNotContain(
            live.Of("Microsoft.Authorization/roleAssignments"),
            role => role != writer && ((string)role["id"]!).Contains("/storageAccounts/stpkg", StringComparison.Ordinal));
        var app = live.The("Microsoft.Web/sites");
        Assert.EndsWith("/id-paysg-prod-package", PredictedDeployment.Value(app, "properties.functionAppConfig.deployment.storage.authentication.userAssignedIdentityResourceId")!, StringComparison.Ordinal);
        Assert.EndsWith("/id-paysg-prod", PredictedDeployment.Value(app, "properties.keyVaultReferenceIdentity")!, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task Every_secret_that_a_setting_refers_to_is_made_in_the_vault()
    {
        var live = await Rules.PredictAsync("prod");
        var made = live.Of("Microsoft.KeyVault/vaults/secrets").Select(secret => ((string)secret["name"]!).Split('/')[^1]).ToList();
        var references = live.Settings.Values.Where(value => value.Contains("@Microsoft.KeyVault", StringComparison.Ordinal)).ToList();

        Assert.Equal(10, references.Count);
        Assert.All(references, reference => Assert.Contains(made, name => reference.Contains($"secrets/{name})", StringComparison.Ordinal)));
    }

    [BicepFact]
    public async Task Who_asks_what_a_deployment_would_change_can_change_nothing()
    {
        var role = (await Rules.PredictAsync("prod")).The("Microsoft.Authorization/roleDefinitions");

        Assert.Equal(
            ["Microsoft.Resources/deployments/read", "Microsoft.Resources/deployments/validate/action", "Microsoft.Resources/deployments/whatIf/action"],
            role["properties"]!["permissions"]![0]!["actions"]!.AsArray().Select(action => (string)action!).Order(StringComparer.Ordinal));
        var workflow = Document.Repository.Read(".github/workflows/infrastructure.yml");
        Assert.Contains("client-id: ${{ vars.AZURE_READER_CLIENT_ID }}", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("vars.AZURE_CLIENT_ID", workflow, StringComparison.Ordinal);
        Assert.Contains("environment: what-if\n", workflow.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task The_runbook_explains_each_alert()
    {
        var explained = Document.Read("docs/operate/operations.md").Section("## Alerts, and what to do").Table("alert").Select(row => row[0].Trim('`'));
        var live = await Rules.PredictAsync("prod");
        var alerts = live.Of("Microsoft.Insights/scheduledQueryRules").Concat(live.Of("Microsoft.Insights/metricAlerts")).Select(alert => ((string)alert["name"]!)["alert-paysg-prod-".Length..]);

        Assert.Equal(alerts.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public async Task Production_stands_in_three_zones_of_one_country_and_is_locked_capped_and_watched()
    {
        var live = await Rules.PredictAsync("prod");

        Assert.Equal("Standard_ZRS", PredictedDeployment.Value(live.The("Microsoft.Storage/storageAccounts", "stpaysg"), "sku.name"));
        Assert.Equal("true", PredictedDeployment.Value(live.The("Microsoft.Web/serverfarms"), "properties.zoneRedundant"));
        Assert.Equal("true", PredictedDeployment.Value(live.The("Microsoft.KeyVault/vaults"), "properties.enablePurgeProtection"));
        Assert.Single(live.Of("Microsoft.Authorization/locks"));
        Assert.Equal("50", PredictedDeployment.Value(live.The("Microsoft.OperationalInsights/workspaces"), "properties.workspaceCapping.dailyQuotaGb"));
        Assert.Equal(["ftp", "scm"], live.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Select(policy => ((string)policy["name"]!).Split('/')[^1]));
        Assert.Equal(2, live.Of("Microsoft.Network/networkSecurityGroups").Count);
        var watched = live.Of("Microsoft.Insights/diagnosticSettings").Select(setting => (string)setting["id"]!).ToList();
        Assert.All(
            ["/tableServices/", "/queueServices/", "/blobServices/", "/vaults/", "/sites/"],
            what => Assert.Contains(watched, id => id.Contains(what, StringComparison.Ordinal)));
        var budget = live.The("Microsoft.Consumption/budgets");
        Assert.Equal(("500", "2026-12-01"), (PredictedDeployment.Value(budget, "properties.amount"), PredictedDeployment.Value(budget, "properties.timePeriod.startDate")));
    }

    [BicepFact]
    public async Task A_host_name_of_the_agencys_own_gets_a_certificate_and_stands_in_links_and_in_the_test_from_outside()
    {
        var live = await Rules.PredictAsync("prod");

        Assert.Equal(["Disabled", "SniEnabled"], live.Of("Microsoft.Web/sites/hostNameBindings").Select(binding => PredictedDeployment.Value(binding, "properties.sslState")));
        Assert.Equal("pay.agency.gov.sg", PredictedDeployment.Value(live.The("Microsoft.Web/certificates"), "properties.canonicalName"));
        Assert.Equal("https://pay.agency.gov.sg", live.Settings["PaySg__PublicBaseUrl"]);
        Assert.Equal("https://pay.agency.gov.sg/health/ready", PredictedDeployment.Value(live.The("Microsoft.Insights/webtests"), "properties.Request.RequestUrl"));
    }

    [BicepFact]
    public async Task A_slash_at_the_end_of_the_public_address_is_not_doubled()
    {
        var deployment = await compiler.PredictAsync(BicepCompiler.Folder, ["param environmentName = 'slash'", "param publicBaseUrl = 'https://pay.agency.gov.sg/'"]);

        Assert.Equal("https://pay.agency.gov.sg", deployment.Settings["PaySg__PublicBaseUrl"]);
        Assert.Equal("https://pay.agency.gov.sg/health/ready", PredictedDeployment.Value(deployment.The("Microsoft.Insights/webtests"), "properties.Request.RequestUrl"));
    }

    [BicepFact]
    public async Task A_test_environment_can_be_taken_down_and_its_vault_brought_back()
    {
        Assert.Null(PredictedDeployment.Value((await Rules.PredictAsync("test")).The("Microsoft.KeyVault/vaults"), "properties.enablePurgeProtection"));
        var again = await compiler.PredictAsync(BicepCompiler.Folder, ["param environmentName = 'again'", "param recoverVault = true"]);

        Assert.Equal("recover", PredictedDeployment.Value(again.The("Microsoft.KeyVault/vaults"), "properties.createMode"));
    }

    [BicepFact]
    public async Task A_network_and_zones_of_the_agencys_own_are_used_and_none_are_made()
    {
        const string Network = "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/agency";
        var deployment = await compiler.PredictAsync(BicepCompiler.Folder,
        [
            "param environmentName = 'own'", "param privateNetwork = true", $"param existingAppSubnetId = '{Network}/subnets/paysg'", $"param existingEndpointSubnetId = '{Network}/subnets/links'",
            "param existingDnsZonesGroupId = '/subscriptions/s/resourceGroups/dns'",
        ]);

        Assert.DoesNotContain(deployment.Resources, resource => (string)resource["type"]! is "Microsoft.Network/virtualNetworks" or "Microsoft.Network/natGateways" or "Microsoft.Network/privateDnsZones");
        Assert.Equal($"{Network}/subnets/paysg", PredictedDeployment.Value(deployment.The("Microsoft.Web/sites"), "properties.virtualNetworkSubnetId"));
        Assert.All(deployment.Of("Microsoft.Network/privateEndpoints"), endpoint => Assert.Equal($"{Network}/subnets/links", PredictedDeployment.Value(endpoint, "properties.subnet.id")));
        Assert.All(
            deployment.Of("Microsoft.Network/privateEndpoints/privateDnsZoneGroups"),
            group => Assert.Contains("/subscriptions/s/resourceGroups/dns", group.ToJsonString(), StringComparison.Ordinal));
    }

    /// <summary>Out of range, of another environment, or not together: nothing is deployed, and the message says what to do.</summary>
    [BicepTheory]
    [InlineData("resourceGroupName", "param resourceGroupName = 'rg-paysg-prod'")]
    [InlineData("environmentName", "param environmentName = 'PaySG'")]
    [InlineData("environmentName", "param environmentName = '-paysg'")]
    [InlineData("usesStripe", "param mode = 'live'", "param usesStripe = false", "param alertEmail = 'a@b.c'")]
    [InlineData("alertEmail", "param mode = 'live'")]
    [InlineData("webhookAllowedNetworks", "param mode = 'live'", "param alertEmail = 'a@b.c'", "param webhookAllowedNetworks = '10.0.0.0/8'")]
    [InlineData("publicBaseUrl", "param publicBaseUrl = 'http://pay.agency.gov.sg'")]
    [InlineData("publicBaseUrl", "param publicBaseUrl = 'https://pay.agency.gov.sg?from=here'")]
    [InlineData("customDomain", "param customDomain = 'https://pay.agency.gov.sg'")]
    [InlineData("publicBaseUrl", "param publicBaseUrl = 'https://pay.agency.gov.sg//'")]
    [InlineData("customDomain", "param customDomain = 'pay'")]
    [InlineData("managementAllowedNetworks", "param managementAllowedNetworks = '10.1.0.0/16, 10.2.0.1'")]
    [InlineData("dashboardClientId", "param dashboardClientId = 'paysg'")]
    [InlineData("whatIfRepository", "param whatIfRepository = 'https://github.com/agency/paysg'")]
    [InlineData("alwaysReadyHttpInstances", "param maximumInstanceCount = 40", "param alwaysReadyHttpInstances = 41")]
    [InlineData("zoneRedundant", "param zoneRedundant = true")]
    [InlineData("mailFrom", "param smtpHost = 'smtp'")]
    [InlineData("mailFrom", "param smtpHost = 'smtp'", "param mailFrom = 'PaySG'")]
    [InlineData("networkAddressPrefix", "param networkAddressPrefix = '10.40.0.0/25'")]
    [InlineData("existingEndpointSubnetId", "param privateNetwork = true", "param existingAppSubnetId = '/a'")]
    [InlineData("ids of subnets", "param privateNetwork = true", "param existingAppSubnetId = '/a'", "param existingEndpointSubnetId = '/b'")]
    [InlineData("only with privateNetwork", "param existingAppSubnetId = '/v/subnets/a'", "param existingEndpointSubnetId = '/v/subnets/b'")]
    [InlineData("budgetStart", "param monthlyBudget = 100", "param alertEmail = 'a@b.c'")]
    [InlineData("budgetStart", "param monthlyBudget = 100", "param alertEmail = 'a@b.c'", "param budgetStart = '12-01'")]
    [InlineData("BCP327", "param mailReminderDays = 91")]
    [InlineData("BCP327", "param backupKeptDays = 3651")]
    [InlineData("BCP328", "param paymentRetentionYears = 5")]
    [InlineData("BCP328", "param retentionDays = 29")]
    [InlineData("retentionDays", "param retentionDays = 2191", "param paymentRetentionYears = 6")]
    public async Task Parameters_that_cannot_be_are_refused_before_anything_changes(string named, params string[] parameters)
    {
        string[] all = parameters.Any(line => line.StartsWith("param environmentName", StringComparison.Ordinal)) ? parameters : ["param environmentName = 'paysg-bad'", .. parameters];

        var refusal = await Assert.ThrowsAsync<BicepRefusalException>(() => compiler.PredictAsync(BicepCompiler.Folder, all));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>What the compiler itself refuses it says all at once.</summary>
    [BicepFact]
    public async Task Parameters_of_another_kind_or_size_are_refused_by_the_compiler()
    {
        var refusal = await Assert.ThrowsAsync<BicepRefusalException>(() => compiler.PredictAsync(BicepCompiler.Folder,
            ["param environmentName = 'a-name-that-is-too-long-for-a-vault'", "param maxAmountInCents = 100000000", "param tokenLifetimeSeconds = 59", "param retentionDays = '90'"]));

        Assert.All((string[])["BCP332", "BCP327", "BCP328", "BCP033"], code => Assert.Contains(code, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Queries_of_the_runbook_ask_for_what_the_product_logs_traces_and_measures()
    {
        var queries = Document.Read("docs/operate/operations.md").Code("kusto");

        Assert.True(queries.Count >= 6);
        Assert.All(queries, TelemetryQuery.Check);
    }

    [Fact]
    public void No_line_takes_a_name_that_the_exporter_gives()
    {
        var named = TelemetryQuery.Lines.Values.SelectMany(line => line.Names);

        Assert.Empty(named.Intersect(["EventId", "EventName", "CategoryName", "OriginalFormat", .. TraceTag.OnLines]));
    }

    /// <summary>What a deployment needs is in its file or in a variable that file, workflow and page name alike: a release forgets nothing that the first deployment was told.</summary>
    [Fact]
    public void Files_workflows_and_page_name_the_same_variables()
    {
        var read = ParameterFiles.SelectMany(file => Variable().Matches(Document.Repository.Read($"infra/{file}.bicepparam")))
            .Select(variable => variable.Groups["name"].Value).Where(name => name.StartsWith("PAYSG_", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var secrets = read.Where(IsSecret).ToList();
        var page = Document.Read("docs/operate/operations.md").Table("variable").Select(row => row[0].Trim('`')).ToList();

        Assert.Equal(10, secrets.Count);
        Assert.Equal(read.Order(StringComparer.Ordinal), page.Order(StringComparer.Ordinal));
        foreach (var workflow in Workflows)
        {
            var given = GivenVariable().Matches(Document.Repository.Read($".github/workflows/{workflow}")).Select(variable => variable.Groups["name"].Value);
            Assert.Equal(read.Except(secrets).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_page_names_every_provider_that_must_be_registered()
    {
        var used = Directory.GetFiles(BicepCompiler.Folder, "*.bicep", SearchOption.AllDirectories).SelectMany(file => Provider().Matches(File.ReadAllText(file)))
            .Select(provider => provider.Groups["name"].Value).Except(["Microsoft.Authorization", "Microsoft.Resources"]).Append("Microsoft.App").Distinct();
        var page = Document.Repository.Read("docs/operate/operations.md");

        Assert.All(used, provider => Assert.Contains(provider["Microsoft.".Length..], page.Split("for provider in ")[1].Split(';')[0].Split(' ')));
    }

    private static bool IsSecret(string name) =>
        !name.StartsWith("PAYSG_HAS_", StringComparison.Ordinal) && (name.EndsWith("_KEY", StringComparison.Ordinal) || name.EndsWith("_SECRET", StringComparison.Ordinal) || name.EndsWith("_PASSWORD", StringComparison.Ordinal));

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>[A-Z_]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s+(?<name>PAYSG_[A-Z_]+): \$\{\{ vars\.\k<name> \}\}", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GivenVariable();

    [GeneratedRegex(@"resource [A-Za-z]+ '(?<name>Microsoft\.[A-Za-z]+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Provider();
}
