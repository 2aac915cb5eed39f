using Microsoft.Extensions.Configuration;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Configuration;

public sealed class PaySgSettingsReaderTests
{
    private const string Key = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string TokenKey = "t1:j1pZx7QmT0cV4uKd9RwHq3BsYfLeNg8Xa6vCi2DoMkE=";
    private const string OlderKey = "k0:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=";
    private const string OlderTokenKey = "t0:9H2sLrVbqXgYt5Wn0cJd8eKmZa7UfPo3Ci1RxTvQhBw=";
    private const string LocalKey = "local1:bG9jYWwtZGV2ZWxvcG1lbnQta2V5LW5vdC1zZWNyZXQ=";

    [Fact]
    public void The_least_settings_give_the_documented_defaults()
    {
        var settings = Read();

        Assert.Equal((PaySgMode.Test, "https://pay.agency.gov.sg", 20_000_000L, "paysg"), (settings.App.Mode, settings.App.PublicBaseUrl, settings.Payments.MaxAmountInCents, settings.App.TablePrefix));
        Assert.Equal(("k1", 32), (settings.Access.CurrentSecretKey.Name, settings.Access.CurrentSecretKey.Bytes.Length));
        Assert.Null(settings.Access.PreviousSecretKey);
        Assert.Equal(("t1", 32, TimeSpan.FromHours(1)), (settings.Access.CurrentTokenKey.Name, settings.Access.CurrentTokenKey.Bytes.Length, settings.Access.TokenLifetime));
        Assert.Null(settings.Access.PreviousTokenKey);
        Assert.Empty(settings.Webhooks.AllowedNetworks);
        Assert.Equal("paysg_stag_", settings.Access.ApiKeyPrefix);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Read(
            ("PaySg:PublicBaseUrl", "http://localhost:7071/"),
            ("PaySg:MaxAmountInCents", "99999999"),
            ("PaySg:TablePrefix", "a1"),
            ("PaySg:Secrets:PreviousKey", OlderKey),
            ("PaySg:Tokens:PreviousKey", OlderTokenKey),
            ("PaySg:Tokens:LifetimeSeconds", "216000"),
            ("PaySg:Webhooks:AllowedNetworks", " 10.1.0.0/16, ::1/128 ,"));

        Assert.Equal(("http://localhost:7071", 99_999_999L, "a1", "k0"), (settings.App.PublicBaseUrl, settings.Payments.MaxAmountInCents, settings.App.TablePrefix, settings.Access.PreviousSecretKey!.Name));
        Assert.Equal(("t0", TimeSpan.FromHours(60)), (settings.Access.PreviousTokenKey!.Name, settings.Access.TokenLifetime));
        Assert.Equal(["10.1.0.0/16", "::1/128"], settings.Webhooks.AllowedNetworks.Select(network => network.Range.ToString()));
    }

    [Theory]
    [InlineData("PaySg:Mode", null, "PaySg__Mode: '' is not a mode.")]
    [InlineData("PaySg:Mode", "Test", "PaySg__Mode: 'Test' is not a mode.")]
    [InlineData("PaySg:Mode", "live", "PaySg__Stripe__SecretKey: is missing. Live mode needs a gateway that moves real money")]
    [InlineData("PaySg:PublicBaseUrl", null, "PaySg__PublicBaseUrl: '' is not an absolute https URL.")]
    [InlineData("PaySg:PublicBaseUrl", "pay.agency.gov.sg", "PaySg__PublicBaseUrl: 'pay.agency.gov.sg' is not")]
    [InlineData("PaySg:PublicBaseUrl", "http://pay.agency.gov.sg", "PaySg__PublicBaseUrl: 'http://pay.agency.gov.sg' is not")]
    [InlineData("PaySg:PublicBaseUrl", "https://pay.agency.gov.sg?a=1", "PaySg__PublicBaseUrl: 'https://pay.agency.gov.sg?a=1' is not")]
    [InlineData("PaySg:PublicBaseUrl", "https://pay.agency.gov.sg#a", "PaySg__PublicBaseUrl: 'https://pay.agency.gov.sg#a' is not")]
    [InlineData("PaySg:MaxAmountInCents", "0", "PaySg__MaxAmountInCents: '0' is not a number of cents")]
    [InlineData("PaySg:MaxAmountInCents", "100000000", "PaySg__MaxAmountInCents: '100000000' is not")]
    [InlineData("PaySg:MaxAmountInCents", "1e3", "PaySg__MaxAmountInCents: '1e3' is not")]
    [InlineData("PaySg:MaxAmountInCents", "-1", "PaySg__MaxAmountInCents: '-1' is not")]
    [InlineData("PaySg:TablePrefix", "1a", "PaySg__TablePrefix: '1a' is not usable.")]
    [InlineData("PaySg:TablePrefix", "a-b", "PaySg__TablePrefix: 'a-b' is not usable.")]
    [InlineData("PaySg:TablePrefix", "a2345678901234567890123456789012345678901", "PaySg__TablePrefix: 'a2345")]
    [InlineData("PaySg:Secrets:CurrentKey", null, "PaySg__Secrets__CurrentKey: missing.")]
    [InlineData("PaySg:Secrets:CurrentKey", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "PaySg__Secrets__CurrentKey: not a key.")]
    [InlineData("PaySg:Secrets:CurrentKey", "k1:AAEC", "PaySg__Secrets__CurrentKey: not a key.")]
    [InlineData("PaySg:Secrets:CurrentKey", "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", "PaySg__Secrets__CurrentKey: not a key.")]
    [InlineData("PaySg:Secrets:CurrentKey", "k-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "PaySg__Secrets__CurrentKey: not a key.")]
    [InlineData("PaySg:Secrets:CurrentKey", ":AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "PaySg__Secrets__CurrentKey: not a key.")]
    [InlineData("PaySg:Secrets:CurrentKey", "@Microsoft.KeyVault(SecretUri=https://x)", "PaySg__Secrets__CurrentKey: the Key Vault reference was not resolved.")]
    [InlineData("PaySg:Secrets:CurrentKey", LocalKey, "PaySg__Secrets__CurrentKey: this is the key of local.settings.json")]
    [InlineData("PaySg:Secrets:PreviousKey", "k1:AAEC", "PaySg__Secrets__PreviousKey: not a key.")]
    [InlineData("PaySg:Secrets:PreviousKey", LocalKey, "PaySg__Secrets__PreviousKey: this is the key of local.settings.json")]
    [InlineData("PaySg:Tokens:CurrentKey", null, "PaySg__Tokens__CurrentKey: missing.")]
    [InlineData("PaySg:Tokens:CurrentKey", "t1:AAEC", "PaySg__Tokens__CurrentKey: not a key.")]
    [InlineData("PaySg:Tokens:CurrentKey", LocalKey, "PaySg__Tokens__CurrentKey: this is the key of local.settings.json")]
    [InlineData("PaySg:Tokens:PreviousKey", "t1:AAEC", "PaySg__Tokens__PreviousKey: not a key.")]
    [InlineData("PaySg:Tokens:PreviousKey", LocalKey, "PaySg__Tokens__PreviousKey: this is the key of local.settings.json")]
    [InlineData("PaySg:Tokens:LifetimeSeconds", "59", "PaySg__Tokens__LifetimeSeconds: '59' is not a number of seconds")]
    [InlineData("PaySg:Tokens:LifetimeSeconds", "216001", "PaySg__Tokens__LifetimeSeconds: '216001' is not")]
    [InlineData("PaySg:Tokens:LifetimeSeconds", "1h", "PaySg__Tokens__LifetimeSeconds: '1h' is not")]
    [InlineData("PaySg:Tokens:PreviousKey", "t1:9H2sLrVbqXgYt5Wn0cJd8eKmZa7UfPo3Ci1RxTvQhBw=", "PaySg__Tokens__PreviousKey: has the name of PaySg__Tokens__CurrentKey, 't1'.")]
    [InlineData("PaySg:Secrets:PreviousKey", "k1:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=", "PaySg__Secrets__PreviousKey: has the name of PaySg__Secrets__CurrentKey, 'k1'.")]
    [InlineData("PaySg:Demo:ApiKey", "paysg_stag_demo", "PaySg__Demo__ApiKey: demo owners are for LocalHost alone.")]
    [InlineData("PaySg:Demo:ClientSecret", "mine", "PaySg__Demo__ClientSecret: demo owners are for LocalHost alone.")]
    [InlineData("PaySg:PreviousManagementKey", "6b1f0c2d9e8a7b35c4d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80a1b2c3d", "PaySg__PreviousManagementKey: set, although PaySg__ManagementKey is not.")]
    [InlineData("AzureWebJobsStorage", null, "AzureWebJobsStorage: missing.")]
    [InlineData("AzureWebJobsStorage", "", "AzureWebJobsStorage: missing.")]
    [InlineData("AzureWebJobsStorage", "AccountName=x", "AzureWebJobsStorage: not a connection string")]
    [InlineData("AzureWebJobsStorage", "storage", "AzureWebJobsStorage: not a connection string")]
    [InlineData("AzureWebJobsStorage", "@Microsoft.KeyVault(SecretUri=https://x)", "AzureWebJobsStorage: the Key Vault reference was not resolved.")]
    [InlineData("AzureWebJobsStorage:accountName", "stpaysg", "AzureWebJobsStorage: set, and AzureWebJobsStorage__… names an account, too.")]
    [InlineData("PaySg:Webhooks:AllowedNetworks", "10.1.0.0", "PaySg__Webhooks__AllowedNetworks: '10.1.0.0' is not a range")]
    [InlineData("PaySg:Webhooks:AllowedNetworks", "10.0.0.0/8,10.1.0.0/33", "PaySg__Webhooks__AllowedNetworks: '10.1.0.0/33' is not a range")]
    public void A_mistake_is_told_with_the_settings_name(string name, string? value, string expected)
    {
        var problem = Assert.Single(Problems((name, value)));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accountName", "https://stpaysg.table.core.windows.net", "AzureWebJobsStorage__accountName: 'https://stpaysg.table.core.windows.net' is not the name")]
    [InlineData("accountName", "st-paysg", "AzureWebJobsStorage__accountName: 'st-paysg' is not the name")]
    [InlineData("tableServiceUri", "https://stpaysg.table.core.windows.net", "AzureWebJobsStorage__queueServiceUri: '' is not an absolute https URL.")]
    [InlineData("queueServiceUri", "https://stpaysg.queue.core.windows.net", "AzureWebJobsStorage__tableServiceUri: '' is not an absolute https URL.")]
    public void An_account_that_is_not_named_well_is_refused(string name, string value, string expected)
    {
        var problem = Assert.Single(Problems(("AzureWebJobsStorage", null), ($"AzureWebJobsStorage:{name}", value)));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_is_named_or_addressed_or_given_with_its_key()
    {
        Assert.NotNull(Read(("AzureWebJobsStorage", null), ("AzureWebJobsStorage:accountName", "stpaysg4711")));
        Assert.NotNull(Read(
            ("AzureWebJobsStorage", null),
            ("AzureWebJobsStorage:tableServiceUri", "https://stpaysg.table.core.windows.net"),
            ("AzureWebJobsStorage:queueServiceUri", "https://stpaysg.queue.core.windows.net/")));
        Assert.NotNull(Read(("AzureWebJobsStorage", $"DefaultEndpointsProtocol=https;AccountName=stpaysg;AccountKey={Convert.ToBase64String(new byte[64])};EndpointSuffix=core.windows.net")));
    }

    [Fact]
    public void Live_mode_refuses_its_sandbox_networks_that_are_not_public_and_plain_http()
    {
        var problems = Problems(("PaySg:Mode", "live"), ("PaySg:Webhooks:AllowedNetworks", "10.1.0.0/16"), ("PaySg:PublicBaseUrl", "http://localhost:7071"));

        Assert.Equal(
            ["PaySg__PublicBaseUrl: 'http://localhost:7071' is plain HTTP,", "PaySg__Stripe__SecretKey: is missing. Live mode", "PaySg__Webhooks__AllowedNetworks: webhooks of real payments"],
            problems.Select(problem => string.Join(' ', problem.Split(' ').Take(5))));
    }

    [Fact]
    public void Demo_owners_and_published_keys_are_for_a_development_environment_alone()
    {
        (string, string?)[] local =
        [
            ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("PaySg:Demo:ApiKey", "paysg_stag_demo"), ("PaySg:ManagementKey", PublishedKeys.ManagementKey),
            ("PaySg:Secrets:CurrentKey", LocalKey), ("PaySg:Tokens:CurrentKey", LocalKey),
        ];

        Assert.NotNull(Read(local));
        Assert.Equal(
            ["PaySg__Demo__ApiKey", "PaySg__ManagementKey", "PaySg__Secrets__CurrentKey", "PaySg__Tokens__CurrentKey"],
            Problems(local[1..]).Select(problem => problem.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_does_not_start_says_why_line_by_line_and_ends_with_an_error()
    {
        var wrong = Assert.Throws<PaySgConfigurationException>(() => Read(("PaySg:Mode", "x"), ("PaySg:TablePrefix", "?")));
        await using var output = new StringWriter();

        Assert.Equal(1, StartUpRefusal.Print(wrong, output));
        Assert.Equal(
            ["PaySG does not start: 2 of its settings cannot be used.", .. wrong.Problems],
            output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var problems = Problems(
            ("PaySg:Mode", "x"),
            ("PaySg:PublicBaseUrl", "x"),
            ("PaySg:MaxAmountInCents", "x"),
            ("PaySg:TablePrefix", "?"),
            ("PaySg:Secrets:CurrentKey", "x"),
            ("PaySg:Secrets:PreviousKey", "x"),
            ("PaySg:Tokens:CurrentKey", "x"),
            ("PaySg:Tokens:PreviousKey", "x"),
            ("PaySg:Tokens:LifetimeSeconds", "x"),
            ("PaySg:Webhooks:AllowedNetworks", "x,y"));

        Assert.Equal(11, problems.Count);
        Assert.All(problems, problem => Assert.Contains(problem, new PaySgConfigurationException(problems).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_never_shows_a_key()
    {
        Assert.DoesNotContain("c2VjcmV0", string.Concat(Problems(("PaySg:Secrets:CurrentKey", "k1:c2VjcmV0"))), StringComparison.Ordinal);
        Assert.Equal("k1", SecretKey.Parse(Key)!.ToString());
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("development", true)]
    [InlineData("Production", false)]
    [InlineData("Staging", false)]
    [InlineData(null, false)]
    public void The_key_of_local_settings_is_taken_in_a_development_environment_alone(string? environment, bool expected)
    {
        var configuration = Configuration([("PaySg:Secrets:CurrentKey", LocalKey), ("AZURE_FUNCTIONS_ENVIRONMENT", environment)]);

        Assert.Equal(expected, Record.Exception(() => ReadSettings.From(configuration)) is null);
    }

    [Fact]
    public void The_longest_table_prefix_is_taken()
    {
        var longest = new string('a', 40);

        Assert.Equal(longest, Read(("PaySg:TablePrefix", longest)).App.TablePrefix);
    }

    private static ReadSettings Read(params (string Name, string? Value)[] changes) => ReadSettings.From(Configuration(changes));

    private static IReadOnlyList<string> Problems(params (string Name, string? Value)[] changes) =>
        Assert.Throws<PaySgConfigurationException>(() => Read(changes)).Problems;

    private static IConfiguration Configuration((string Name, string? Value)[] changes)
    {
        var all = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["PaySg:Mode"] = "test",
            ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
            ["PaySg:Secrets:CurrentKey"] = Key,
            ["PaySg:Tokens:CurrentKey"] = TokenKey,
        };
        foreach (var (name, value) in changes)
            all[name] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
