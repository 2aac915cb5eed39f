using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Infra;

/// <summary>
/// That a parameter is what it sets: the same limits and defaults as the setting's, its own value and no other's in the setting, its own variable in every parameter
/// file, and secure where it is a secret.
/// </summary>
internal static partial class ParameterRules
{
    private static readonly string[] Files = ["test", "prod", "main"];

    /// <summary>What one file has alone: a budget is for production, and in live mode there is no choice of the gateway.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> OnlyIn = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["PAYSG_MONTHLY_BUDGET"] = ["prod"],
        ["PAYSG_BUDGET_START"] = ["prod"],
        ["PAYSG_USES_STRIPE"] = ["test", "main"],
        ["AZURE_ENV_NAME"] = ["main"],
        ["AZURE_LOCATION"] = ["main"],
    };

    /// <summary>What a text parameter may be where it is not free.</summary>
    private static readonly IReadOnlyDictionary<string, string> Texts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mode"] = "test",
        ["publicBaseUrl"] = "https://pay.all.example",
        ["governmentMasthead"] = "true",
        ["managementAllowedNetworks"] = "10.1.0.0/16",
        ["webhookAllowedNetworks"] = "10.2.0.0/16",
        ["mailFrom"] = "a@agency.gov.sg",
        ["dashboardClientId"] = "00000000-0000-4000-8000-000000000001",
    };

    /// <summary>What is allowed and what is so where nobody says anything. Azure's own limits are among it, so no other file knows them.</summary>
    private static readonly IReadOnlyList<(string Parameter, string What, string Value)> Stated =
    [
        ("mode", "allowedValues", """["test","live"]"""),
        ("mode", "defaultValue", "test"),
        ("instanceMemoryMB", "allowedValues", "[512,2048,4096]"),
        ("maximumInstanceCount", "minValue", "40"),
        ("maximumInstanceCount", "maxValue", "1000"),
        ("storageSku", "allowedValues", """["Standard_LRS","Standard_ZRS","Standard_GZRS","Standard_RAGZRS"]"""),
        // Another copy in another country is a choice, and nobody's default.
        ("storageSku", "defaultValue", "Standard_ZRS"),
        ("environmentName", "minLength", "3"),
        ("environmentName", "maxLength", "20"),
        ("location", "metadata.azd.type", "location"),
        ("privateNetwork", "defaultValue", "false"),
        ("networkAddressPrefix", "defaultValue", "10.40.0.0/24"),
        ("vaultPurgeProtection", "defaultValue", "[equals(parameters('mode'), 'live')]"),
        ("immutableBackups", "defaultValue", "[equals(parameters('mode'), 'live')]"),
        ("usesStripe", "defaultValue", "[equals(parameters('mode'), 'live')]"),
        ("recoverVault", "defaultValue", "false"),
    ];

    /// <summary>Each number that sets a setting, with a value of its own within its limits: so no two settings can be taken for each other.</summary>
    public static IReadOnlyDictionary<string, string> Everything(JsonObject template)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, parameter) in SetByOne())
        {
            var declared = template["parameters"]![parameter]!;
            if ((string)declared["type"]! != "int")
            {
                all[parameter] = Texts.GetValueOrDefault(parameter, "X-" + parameter);
                continue;
            }

            var value = (int)declared["minValue"]! + 11;
            while (all.ContainsValue(value.ToString(CultureInfo.InvariantCulture)))
                value++;
            all[parameter] = value.ToString(CultureInfo.InvariantCulture);
        }

        return all;
    }

    /// <summary>The same as lines of a parameter file.</summary>
    public static IEnumerable<string> Lines(JsonObject template) => Everything(template)
        .Select(one => $"param {one.Key} = {((string)template["parameters"]![one.Key]!["type"]! == "int" ? one.Value : $"'{one.Value}'")}");

    /// <summary>What breaks a rule.</summary>
    /// <param name="folder">The Bicep files.</param>
    /// <param name="template">What main.bicep becomes.</param>
    /// <param name="all">The deployment of <see cref="Everything"/>.</param>
    public static IEnumerable<string> Broken(string folder, JsonObject template, PredictedDeployment all) =>
        [.. WrongLimits(template), .. WrongStatements(template), .. WrongValues(template, all), .. WrongFiles(folder, template), .. OpenSecrets(folder, template)];

    private static IEnumerable<string> WrongLimits(JsonObject template)
    {
        foreach (var (setting, parameter) in SetByOne())
        {
            if (template["parameters"]![parameter] is not JsonObject declared || (string?)declared["type"] != "int")
                continue;

            var (from, to) = ((int?)declared["minValue"], (int?)declared["maxValue"]);
            if (from is null || to is null)
            {
                yield return $"{parameter} has no limits; {setting} has.";
                continue;
            }

            // Reminders are switched off by 0: then the setting is not set.
            var first = parameter == "mailReminderDays" && from == 0 ? 1 : from.Value;
            foreach (var (value, isTaken) in new[] { (first - 1, false), (first, true), (to.Value, true), (to.Value + 1, false) })
            {
                if (IsTaken(setting, value) != isTaken)
                    yield return $"{parameter} is {from} to {to}, and the app {(isTaken ? "refuses" : "takes")} {setting}={value}.";
            }
        }

        foreach (var limit in ReadLimits())
        {
            var parameter = SetByOne().Single(one => one.Setting == limit.Setting).Parameter;
            if ((int?)template["parameters"]![parameter]!["defaultValue"] != limit.Otherwise)
                yield return $"{parameter} is {template["parameters"]![parameter]!["defaultValue"]} where nothing is said; {limit.Setting} is {limit.Otherwise}.";
        }
    }

    private static IEnumerable<string> WrongStatements(JsonObject template) =>
        from one in Stated
        let found = template["parameters"]![one.Parameter] is JsonObject declared ? PredictedDeployment.Value(declared, one.What) : null
        where !string.Equals(found, one.Value, one.Value is "true" or "false" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
        select $"{one.Parameter}: {one.What} is {found ?? "missing"}, and must be {one.Value}.";

    private static IEnumerable<string> WrongValues(JsonObject template, PredictedDeployment all)
    {
        var values = Everything(template);
        return from one in SetByOne()
               let found = all.Settings.GetValueOrDefault(one.Setting)
               let expected = one.Parameter == "dashboardClientId" ? "true" : values[one.Parameter]
               where found != expected
               select $"{one.Setting} is {found ?? "missing"} where {one.Parameter} is {values[one.Parameter]}.";
    }

    private static IEnumerable<string> WrongFiles(string folder, JsonObject template)
    {
        var read = Files.ToDictionary(
            file => file,
            file => Given().Matches(File.ReadAllText(Path.Combine(folder, file + ".bicepparam")).ReplaceLineEndings("\n")).Select(given => (Variable: given.Groups["variable"].Value, Parameter: given.Groups["name"].Value)).ToList(),
            StringComparer.Ordinal);
        foreach (var variable in read.Values.SelectMany(given => given).Select(given => given.Variable).Distinct(StringComparer.Ordinal))
        {
            foreach (var file in OnlyIn.GetValueOrDefault(variable, Files).Where(file => read[file].All(given => given.Variable != variable)))
                yield return $"{file}.bicepparam does not read {variable}.";
        }

        foreach (var (file, given) in read)
        {
            foreach (var (variable, parameter) in given.Where(one => one.Parameter.Length > 0 && one.Variable.StartsWith("PAYSG_", StringComparison.Ordinal) && "PAYSG_" + Capital().Replace(one.Parameter, "_$0").ToUpperInvariant() != one.Variable))
                yield return $"{file}.bicepparam gives {variable} to {parameter}.";
        }

        foreach (var secret in SecretsOf(template).Where(secret => !read.Values.All(given => given.Exists(one => one.Parameter == secret))))
            yield return $"{secret} is given by no variable in one of the files.";
    }

    private static IEnumerable<string> OpenSecrets(string folder, JsonObject template)
    {
        // The vault's parameters are secrets and flags; what is passed on to it must be secure all the way.
        var vault = File.ReadAllText(Path.Combine(folder, "modules", "vault.bicep")).ReplaceLineEndings("\n");
        var needed = VaultValue().Matches(vault).Select(value => value.Groups["parameter"].Value).Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in needed.Where(name => (string?)template["parameters"]![name]?["type"] != "securestring"))
            yield return $"main.bicep: {name} is a secret and not @secure(): whoever reads the deployment sees it.";
        foreach (var (module, inner) in InfrastructureRules.ModulesOf(template))
        {
            foreach (var name in needed.Append("applicationInsightsConnectionString").Where(name => inner["parameters"]?[name] is { } declared && (string?)declared["type"] != "securestring"))
                yield return $"{module}: {name} is a secret and not @secure(): whoever reads the deployment sees it.";
        }
    }

    private static IEnumerable<string> SecretsOf(JsonObject template) =>
        template["parameters"]!.AsObject().Where(parameter => (string?)parameter.Value!["type"] == "securestring").Select(parameter => parameter.Key);

    /// <summary>Whether the app takes a setting as the only one that is not usual.</summary>
    private static bool IsTaken(string setting, int value)
    {
        var settings = new Dictionary<string, string>(PaySgApp.SettingsFor("UseDevelopmentStorage=true"), StringComparer.OrdinalIgnoreCase)
        {
            ["PaySg__Email__SmtpHost"] = "smtp.agency.gov.sg",
            ["PaySg__Email__From"] = "no-reply@agency.gov.sg",
            [setting] = value.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            new ServiceCollection().AddPaySg(new AppSettings(settings).WithDefault(AppSettings.PublicBaseUrl, "https://pay.agency.gov.sg").ToConfiguration());
            return true;
        }
        catch (PaySgConfigurationException refusal) when (refusal.Problems.Any(problem => problem.StartsWith(setting + ":", StringComparison.Ordinal)))
        {
            return false;
        }
    }

    /// <summary>Settings that one parameter alone sets, as the page of settings has it.</summary>
    internal static IReadOnlyList<(string Setting, string Parameter)> SetByOne() =>
        [.. from row in Document.Read("docs/operate/settings.md").Tables("setting").SelectMany(table => table)
            where OneParameter().IsMatch(row[3])
            select (row[0].Trim('`'), row[3].Trim('`'))];

    /// <summary>Each number that the readers take by <c>Number</c>, as their source says it.</summary>
    private static IEnumerable<(string Setting, int Otherwise)> ReadLimits() =>
        from path in Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions"), "*Settings.cs", SearchOption.AllDirectories)
        let source = File.ReadAllText(path)
        from number in NumberSetting().Matches(source)
        let name = number.Groups["name"].Value
        let setting = name.StartsWith('"') ? name.Trim('"') : Regex.Match(source, $"const string {name} = \"(?<text>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["text"].Value
        select (setting, int.Parse(number.Groups["otherwise"].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    [GeneratedRegex("^`[A-Za-z]+`$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneParameter();

    [GeneratedRegex("""settings\.Number\((?<name>"?[A-Za-z_]+"?), [0-9_]+, [0-9_]+, (?<otherwise>[0-9_]+),""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberSetting();

    // Also "var budget = …" of an integer, whose parameter's name has a word before it.
    [GeneratedRegex(@"^(param (?<name>[A-Za-z]+)|var budget) = readEnvironmentVariable\('(?<variable>[A-Z_]+)'", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Given();

    [GeneratedRegex("[A-Z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capital();

    [GeneratedRegex(@"^    value: (?<parameter>[A-Za-z]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VaultValue();
}
