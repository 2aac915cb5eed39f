using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What the code needs is what the infrastructure makes. That the files compile is proved where Azure's compiler is to be had.</summary>
public sealed class BicepTests(BicepFiles files) : IClassFixture<BicepFiles>
{
    /// <summary>The roles that the app's identity needs, by their ids in every Azure tenant.</summary>
    private static readonly IReadOnlyDictionary<string, string> Roles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
    };

    /// <summary>What only tests set: it stays unset in Azure.</summary>
    private static readonly string[] ForTestsAlone = ["PaySg__Stripe__ApiBase"];

    [Fact]
    public void Every_file_parses()
    {
        Assert.Contains("main.bicep", files.All.Keys);
        Assert.All(files.All, file => Assert.True(file.Value.Errors.Count == 0, $"{file.Key}: {string.Join("; ", file.Value.Errors)}"));
    }

    [Fact]
    public async Task Every_table_and_queue_that_the_code_uses_is_made_and_no_other()
    {
        await using var parts = PaySgParts.Build("UseDevelopmentStorage=true");

        Assert.Equal(parts.Tables.All.Select(table => table.Name).Order(StringComparer.Ordinal), files.Storage.Arrays["tables"].Order(StringComparer.Ordinal));
        Assert.Equal(
            parts.Get<PaySgQueues>().All.SelectMany(queue => new[] { queue.Name, queue.Name + "-poison" }).Order(StringComparer.Ordinal),
            files.Storage.Arrays["queues"].Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_that_the_code_reads_is_set_and_no_other()
    {
        var set = files.App.Properties.Where(name => name.StartsWith("PaySg__", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

        var read = SettingsDocTests.ReadByTheProduct().ToList();
        Assert.Empty(ForTestsAlone.Except(read));
        Assert.Equal(read.Except(ForTestsAlone).Order(StringComparer.Ordinal), set);
    }

    [Fact]
    public void The_page_of_settings_names_the_parameters_that_set_them()
    {
        var named = Document.Read("docs/operate/settings.md").Tables("setting").SelectMany(table => table)
            .SelectMany(row => row[3].Split('`').Where((_, index) => index % 2 == 1))
            .Except(["paysg", "true"]);

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, files.Main.Parameters.Keys));
    }

    [Theory]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("FUNCTIONS_EXTENSION_VERSION")]
    [InlineData("WEBSITE_RUN_FROM_PACKAGE")]
    [InlineData("WEBSITE_CONTENTSHARE")]
    [InlineData("linuxFxVersion")]
    public void What_the_plan_refuses_is_not_set(string name) => Assert.DoesNotContain(files.All.Values, file => file.Properties.Contains(name));

    [Fact]
    public void The_identity_has_every_role_that_the_app_needs()
    {
        var named = files.All.Values.SelectMany(file => file.Strings).ToHashSet(StringComparer.Ordinal);

        Assert.All(Roles, role => Assert.True(named.Contains(role.Value), $"The role {role.Key} is not assigned."));
    }

    /// <summary>Whoever can write the package decides what the app runs.</summary>
    [Fact]
    public void The_package_is_out_of_the_reach_of_the_apps_own_identity()
    {
        var packages = files.All["modules/packages.bicep"];
        Assert.DoesNotContain("principalId", packages.Parameters.Keys);
        Assert.Contains("ba92f5b4-2d11-453d-a403-e96b0029c9fe", packages.Strings);
        Assert.DoesNotContain("ba92f5b4-2d11-453d-a403-e96b0029c9fe", files.Storage.Strings);

        var app = Document.Repository.Read("infra/modules/app.bicep");
        Assert.Contains("userAssignedIdentityResourceId: packageIdentityId", app, StringComparison.Ordinal);
        Assert.Contains("keyVaultReferenceIdentity: identityId", app, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_what_a_deployment_would_change_can_change_nothing()
    {
        var whatIf = files.All["modules/whatif.bicep"];
        Assert.Equal(
            ["Microsoft.Resources/deployments/read", "Microsoft.Resources/deployments/validate/action", "Microsoft.Resources/deployments/whatIf/action"],
            whatIf.Strings.Where(text => text.StartsWith("Microsoft.Resources/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("acdd72a7-3385-48ef-bd42-f606fba981ae", whatIf.Strings);

        var workflow = Document.Repository.Read(".github/workflows/infrastructure.yml");
        Assert.Contains("client-id: ${{ vars.AZURE_READER_CLIENT_ID }}", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("vars.AZURE_CLIENT_ID", workflow, StringComparison.Ordinal);
        Assert.Contains("environment: what-if\n", workflow.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_secret_that_a_setting_refers_to_is_made_in_the_vault()
    {
        var referred = files.App.Strings
            .Where(text => text.Contains("secrets/", StringComparison.Ordinal))
            .Select(text => text.Split("secrets/")[1].TrimEnd(')'));
        var made = files.All["modules/vault.bicep"].Strings.ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(referred);
        Assert.All(referred, name => Assert.Contains(name, made));
    }

    [Fact]
    public void Each_module_is_given_what_it_asks_for_and_nothing_else()
    {
        Assert.NotEmpty(files.Main.Modules);
        Assert.All(files.Main.Modules, module =>
        {
            var declared = files.All[module.Key].Parameters;
            Assert.Empty(module.Value.Except(declared.Keys));
            Assert.Empty(declared.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(module.Value));
        });
    }

    [Theory]
    [InlineData("main.parameters.json")]
    [InlineData("test.parameters.json")]
    [InlineData("prod.parameters.json")]
    public void A_parameter_file_names_parameters_that_there_are(string file)
    {
        using var json = JsonDocument.Parse(Document.Repository.Read($"infra/{file}"));
        var given = json.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToList();

        Assert.Empty(given.Except(files.Main.Parameters.Keys));
        Assert.Empty(files.Main.Parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(given));
    }

    [Fact]
    public void The_functions_that_are_always_ready_exist()
    {
        var functions = typeof(PaySgServices).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name);

        var named = files.App.Strings.Where(text => text.StartsWith("function:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name["function:".Length..], functions));
    }

    [Fact]
    public void The_runbook_explains_each_alert()
    {
        var explained = Document.Read("docs/operate/operations.md").Section("## Alerts, and what to do").Table("alert").Select(row => row[0].Trim('`'));
        var alerts = files.All["modules/alerts.bicep"].Arrays["logAlerts"].Select(alert => alert.Split('\'')[1]).Append("not-ready");

        Assert.Equal(alerts.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_ask_for_what_the_product_logs_traces_and_measures()
    {
        var queries = files.All["modules/alerts.bicep"].Strings.Where(text => text.Contains(" | ", StringComparison.Ordinal)).ToList();

        Assert.Equal(files.All["modules/alerts.bicep"].Arrays["logAlerts"].Count, queries.Count);
        Assert.All(queries, TelemetryQuery.Check);
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
}
