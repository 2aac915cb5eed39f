using PaySg.LocalHost;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class LocalSettingsTests
{
    [Fact]
    public void Values_give_way_to_variables_that_have_a_value()
    {
        var read = LocalSettings.Parse("""{ "IsEncrypted": false, "Values": { "A": "file", "B": "file", "C": "", "D": null }, "Host": { "LocalHttpPort": 7072 } }""");
        var settings = read.Under([new("A", "environment"), new("B", ""), new("E", "environment")]);

        Assert.Equal("environment", settings["A"]);
        Assert.Equal("file", settings["B"]);
        Assert.Equal("", settings["C"]);
        Assert.False(settings.ContainsKey("D"));
        Assert.Equal("environment", settings["E"]);
        Assert.Equal(7072, read.Port);
    }

    [Theory]
    [InlineData("""{ "Values": {} }""", "IsEncrypted")]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""", "IsEncrypted")]
    [InlineData("""{ "IsEncrypted": false, "Values": { "A": { "B": "c" } } }""", "\"A\"")]
    [InlineData("""{ "IsEncrypted": """, "does not parse")]
    [InlineData("""{ "IsEncrypted": false, "Values": { "A": "b" }, "values": {} }""", "does not parse")]
    [InlineData("""{ "IsEncrypted": false, "Values": { "A": "b", "a": "c" } }""", "does not parse")]
    [InlineData("""{ "IsEncrypted": false, "Values": { "A": "\ud800" } }""", "does not parse")]
    public void What_core_tools_would_ignore_with_a_warning_is_an_error(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<LocalHostException>(() => LocalSettings.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_empty() => Assert.Empty(LocalSettings.Read("/nowhere/local.settings.json").Values);

    [Fact]
    public void The_products_file_is_read()
    {
        var read = LocalSettings.Read(Path.Combine(AppContext.BaseDirectory, "local.settings.json"));

        Assert.Equal("UseDevelopmentStorage=true", read.Values["AzureWebJobsStorage"]);
        Assert.Equal(7071, read.Port);
    }

    [Fact]
    public void Two_underscores_separate_sections_and_names_ignore_case()
    {
        var configuration = new AppSettings([new("PaySg__Mode", "test"), new("AZURE_FUNCTIONS_ENVIRONMENT", "Development")]).ToConfiguration();

        Assert.Equal("test", configuration["paysg:mode"]);
        Assert.Equal("Development", configuration["ENVIRONMENT"]);
    }
}
