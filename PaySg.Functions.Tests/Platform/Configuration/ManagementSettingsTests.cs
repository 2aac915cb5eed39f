using Microsoft.Extensions.Configuration;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Configuration;

public sealed class ManagementSettingsTests
{
    private const string Strong = "6b1f0c2d9e8a7b35c4d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80a1b2c3d";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void The_management_key_may_be_left_out(string? key) => Assert.Null(Read(("PaySg:ManagementKey", key)).ManagementKeyDigest);

    [Fact]
    public void The_settings_do_not_print_the_management_key()
    {
        const string key = Strong;

        var settings = Read(("PaySg:ManagementKey", key));

        Assert.Equal(32, settings.ManagementKeyDigest!.Value.Length);
        Assert.DoesNotContain(key, settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrs")]
    [InlineData("abcdefghijklmnop qrstuvw")]
    [InlineData("abcdefghijklmnopqrstuvwé")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/k)")]
    [InlineData("paysg_management_demo")]
    public void A_management_key_that_is_not_usable_is_refused_without_being_printed(string key)
    {
        var problem = Assert.Single(Problems(("PaySg:ManagementKey", key)));

        Assert.StartsWith("PaySg__ManagementKey: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/k)")]
    [InlineData("paysg_management_demo")]
    public void A_previous_management_key_that_is_not_usable_is_refused_without_being_printed(string key)
    {
        var problem = Assert.Single(Problems(("PaySg:ManagementKey", Strong), ("PaySg:PreviousManagementKey", key)));

        Assert.StartsWith("PaySg__PreviousManagementKey: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_management_key_of_local_settings_is_taken_in_development() =>
        Assert.NotNull(Read(("PaySg:ManagementKey", PublishedKeys.ManagementKey), ("AZURE_FUNCTIONS_ENVIRONMENT", "Development")).ManagementKeyDigest);

    [Theory]
    [InlineData(null, 6000)]
    [InlineData("", 6000)]
    [InlineData("0", 0)]
    [InlineData("6000000", 6_000_000)]
    public void The_rate_is_a_number_of_requests(string? text, int expected) =>
        Assert.Equal(expected, Read(("PaySg:RateLimit:RequestsPerMinute", text)).RequestsPerMinute);

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("6000001")]
    [InlineData("many")]
    public void Another_rate_is_refused(string text) =>
        Assert.StartsWith("PaySg__RateLimit__RequestsPerMinute: ", Assert.Single(Problems(("PaySg:RateLimit:RequestsPerMinute", text))), StringComparison.Ordinal);

    private static IReadOnlyList<string> Problems(params (string Name, string? Value)[] settings) =>
        Assert.Throws<PaySgConfigurationException>(() => Read(settings)).Problems;

    private static AccessSettings Read(params (string Name, string? Value)[] settings) =>
        ReadSettings.From(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                ["PaySg:Mode"] = "test",
                ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
                ["PaySg:Secrets:CurrentKey"] = "k1:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=",
                ["PaySg:Tokens:CurrentKey"] = "k1:j1pZx7QmT0cV4uKd9RwHq3BsYfLeNg8Xa6vCi2DoMkE=",
            })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value))
            .Build()).Access;
}
