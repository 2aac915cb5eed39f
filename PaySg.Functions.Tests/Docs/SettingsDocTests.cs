using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PaySg.Functions.Payments;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Docs;

public sealed partial class SettingsDocTests
{
    private static readonly string[] Services = ["table", "queue", "blob"];

    private static Document Page => Document.Read("docs/operate/settings.md");

    /// <summary>The names in the first column of each table.</summary>
    private static IReadOnlyList<string> Named => [.. Page.Tables("setting").SelectMany(table => table).SelectMany(row => NamesIn(row[0]))];

    [Fact]
    public void The_page_names_exactly_the_settings_that_are_read()
    {
        var product = ReadByTheProduct();
        var storage = Keys("PaySg.Functions/Platform/Storage/StorageConnection.cs")
            .SelectMany(key => key.Contains("{service}", StringComparison.Ordinal)
                ? Services.Select(service => key.Replace("{service}", service, StringComparison.Ordinal))
                : [key])
            .Select(key => "AzureWebJobsStorage__" + key);

        Assert.Equal(
            product.Concat(storage).Append("AzureWebJobsStorage").Order(StringComparer.Ordinal),
            Named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_explains_each_setting_that_it_names() =>
        Assert.Equal(Named.Order(StringComparer.Ordinal), Explained().Select(setting => setting.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_states_the_defaults()
    {
        Assert.Contains($"Default {new PaymentSettings().MaxAmountInCents} ", MeaningOf("PaySg__MaxAmountInCents"), StringComparison.Ordinal);
        Assert.Contains($"Default {ReadSettings.OfAccess().TokenLifetime.TotalSeconds} ", MeaningOf("PaySg__Tokens__LifetimeSeconds"), StringComparison.Ordinal);
        Assert.Contains($"Default `{ReadSettings.OfApp().TablePrefix}`", MeaningOf("PaySg__TablePrefix"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_on_host_json_gives_each_value()
    {
        var file = JsonSerializer.Deserialize<JsonElement>(Document.Repository.Read("host.json"));
        var values = Leaves(file, "").Where(leaf => leaf.Name != "version").ToDictionary(leaf => leaf.Name, leaf => leaf.Value, StringComparer.Ordinal);

        var documented = Document.Read("docs/operate/host-json.md").Table("setting").ToDictionary(row => row[0].Trim('`'), row => row[1].Trim('`'), StringComparer.Ordinal);

        Assert.Equal(values.OrderBy(value => value.Key, StringComparer.Ordinal), documented.OrderBy(value => value.Key, StringComparer.Ordinal));
    }

    /// <summary>The names of all <c>PaySg__…</c> settings, as the readers' source has them.</summary>
    internal static IEnumerable<string> ReadByTheProduct() =>
        from path in Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions"), "*Settings*.cs", SearchOption.AllDirectories)
        from name in ReadName().Matches(File.ReadAllText(path)).Select(name => name.Groups["name"].Value).Distinct()
        where !name.StartsWith("PaySg__Demo__", StringComparison.Ordinal)
        select name;

    private static string MeaningOf(string setting) => Explained().Single(explained => explained.Name == setting).Meaning;

    /// <summary>The items that begin with one name or more, and a colon.</summary>
    private static IEnumerable<(string Name, string Meaning)> Explained() =>
        from item in Page.Items()
        let parts = item.Split("`: ", 2)
        where parts.Length == 2 && parts[0].StartsWith('`')
        from name in NamesIn(parts[0] + "`")
        select (name, parts[1]);

    private static IEnumerable<string> NamesIn(string text) => Name().Matches(text).Select(name => name.Groups["name"].Value);

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

    [GeneratedRegex("(?<!FirstUnder\\()\"(?<name>PaySg__[A-Za-z_]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadName();

    [GeneratedRegex("`(?<name>[A-Za-z_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
