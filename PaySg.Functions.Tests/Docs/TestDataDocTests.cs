using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Docs;

public sealed class TestDataDocTests
{
    [Fact]
    public void The_table_gives_what_local_settings_say()
    {
        var settings = LocalSettings.Parse(Document.Repository.Read("local.settings.json")).Values;
        string[] names =
        [
            "PaySg__ManagementKey",
            "PaySg__Demo__PaymentServiceId",
            "PaySg__Demo__ApiKey",
            "PaySg__Demo__ViewOnlyApiKey",
            "PaySg__Demo__AccountId",
            "PaySg__Demo__ClientId",
            "PaySg__Demo__ClientSecret",
            "PaySg__Demo__PartnerId",
        ];

        var documented = Document.Read("docs/start/test-data.md").Table("what").SelectMany(row => row[1].Split(", ")).Select(value => value.Trim('`'));

        Assert.Equal(names.Select(name => settings[name]), documented);
        Assert.Equal(names.Length, settings.Keys.Count(name => name.StartsWith("PaySg__Demo__", StringComparison.Ordinal) || name == "PaySg__ManagementKey"));
    }
}
