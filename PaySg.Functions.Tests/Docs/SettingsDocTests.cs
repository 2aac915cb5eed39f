using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Docs;

public sealed partial class SettingsDocTests
{
    private static readonly string[] Services = ["table", "queue"];

    private static IReadOnlyList<IReadOnlyList<string>> Settings => Document.Read("README.md").Section("## Settings").Table("setting");

    [Fact]
    public void The_readme_names_exactly_the_settings_that_are_read()
    {
        var product = Keys("PaySg.Functions/Configuration/PaySgSettingsReader.cs")
            .Concat(Keys("PaySg.Functions/Emails/EmailSettingsReader.cs"))
            .Select(key => "PaySg__" + key.Replace(":", "__", StringComparison.Ordinal));
        var storage = Keys("PaySg.Functions/Storage/StorageConnection.cs")
            .SelectMany(key => key.Contains("{service}", StringComparison.Ordinal)
                ? Services.Select(service => key.Replace("{service}", service, StringComparison.Ordinal))
                : [key])
            .Select(key => "AzureWebJobsStorage__" + key);

        var documented = Settings.SelectMany(row => Name().Matches(row[0]).Select(name => name.Groups["name"].Value));

        Assert.Equal(
            product.Concat(storage).Append("AzureWebJobsStorage").Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_states_the_defaults()
    {
        var settings = new PaySg.Functions.Configuration.PaySgSettings
        {
            Mode = PaySg.Functions.Configuration.PaySgMode.Test,
            PublicBaseUrl = "",
            CurrentSecretKey = new PaySg.Functions.Configuration.SecretKey("k1", []),
            CurrentTokenKey = new PaySg.Functions.Configuration.SecretKey("k1", []),
        };

        Assert.Contains($"Default {settings.MaxAmountInCents} ", MeaningOf("PaySg__MaxAmountInCents"), StringComparison.Ordinal);
        Assert.Contains($"Default {settings.TokenLifetime.TotalSeconds} ", MeaningOf("PaySg__Tokens__LifetimeSeconds"), StringComparison.Ordinal);
        Assert.Contains($"Default `{settings.TablePrefix}`", MeaningOf("PaySg__TablePrefix"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_gives_each_value_of_host_json()
    {
        var file = JsonSerializer.Deserialize<JsonElement>(Document.Repository.Read("host.json"));
        var values = Leaves(file, "").Where(leaf => leaf.Name != "version").ToDictionary(leaf => leaf.Name, leaf => leaf.Value, StringComparer.Ordinal);

        var documented = Document.Read("README.md").Section("## host.json").Table("setting").ToDictionary(row => row[0].Trim('`'), row => row[1].Trim('`'), StringComparer.Ordinal);

        Assert.Equal(values.OrderBy(value => value.Key, StringComparer.Ordinal), documented.OrderBy(value => value.Key, StringComparer.Ordinal));
    }

    private static string MeaningOf(string setting) => Settings.Single(row => row[0] == $"`{setting}`")[2];

    private static IEnumerable<string> Keys(string source) =>
        Key().Matches(Document.Repository.Read(source)).Select(key => key.Groups["key"].Value).Distinct();

    private static IEnumerable<(string Name, string Value)> Leaves(JsonElement element, string path) =>
        element.EnumerateObject().SelectMany(property =>
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            return property.Value.ValueKind == JsonValueKind.Object ? Leaves(property.Value, name) : [(name, Print(property.Value))];
        });

    private static string Print(JsonElement value)
    {
        var text = value.ToString();
        return value.ValueKind == JsonValueKind.String && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) ? Durations.Print(duration)
            : value.ValueKind == JsonValueKind.String ? $"\"{text}\""
            : text;
    }

    [GeneratedRegex("""section\[\$?"(?<key>[^"]+)"\]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("`(?<name>[A-Za-z_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
