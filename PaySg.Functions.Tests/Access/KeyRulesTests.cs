using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

/// <summary>A key that is weak, published, cut off or used twice stops the start of a deployed app, with one line that names the setting and shows none of the key.</summary>
[Trait("Category", "Rules")]
public sealed class KeyRulesTests
{
    private const string One = "3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=";
    private const string Two = "j1pZx7QmT0cV4uKd9RwHq3BsYfLeNg8Xa6vCi2DoMkE=";
    private const string Three = "9H2sLrVbqXgYt5Wn0cJd8eKmZa7UfPo3Ci1RxTvQhBw=";
    private const string Hex = "6b1f0c2d9e8a7b35c4d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80a1b2c3d";

    private static readonly string LocalSecret = LocalSetting("PaySg__Secrets__CurrentKey").Split(':')[1];
    private static readonly string LocalToken = LocalSetting("PaySg__Tokens__CurrentKey").Split(':')[1];

    public static TheoryData<string, string> WeakManagementKeys => new()
    {
        { Hex[..63], "is neither hexadecimal nor base64" },
        { Hex[..62], "holds 31 bytes" },
        { Hex[..40], "holds 20 bytes" },
        { One[..43], "is neither hexadecimal nor base64" },
        { One[..40], "holds 30 bytes" },
        { " " + Hex, "is neither hexadecimal nor base64" },
        { "correct-horse-battery-staple-and-so-on-and-on", "is neither hexadecimal nor base64" },
        { "password", "holds 6 bytes" },
        { new string('0', 64), "repeats itself" },
        { string.Concat(Enumerable.Repeat("deadbeef", 8)), "repeats itself" },
        { string.Concat(Enumerable.Repeat("0123456789abcdef", 4)), "repeats itself" },
        { Convert.ToBase64String(Encoding.ASCII.GetBytes("the quick brown fox jumps over the lazy dog")), "holds words" },
        { Convert.ToHexString(Encoding.ASCII.GetBytes("the quick brown fox jumps over the lazy dog")), "holds words" },
        { PublishedKeys.ManagementKey, "this is the key of local.settings.json" },
        { LocalSecret, "this is the key of local.settings.json" },
        { LocalToken, "this is the key of local.settings.json" },
        { Convert.ToHexString(Convert.FromBase64String(LocalSecret)), "this is the key of local.settings.json" },
        { Convert.ToBase64String(Encoding.ASCII.GetBytes(PublishedKeys.ManagementKey)), "this is the key of local.settings.json" },
    };

    [Theory]
    [InlineData(Hex)]
    [InlineData("6B1F0C2D9E8A7B35C4D6E7F8091A2B3C4D5E6F708192A3B4C5D6E7F80A1B2C3D")]
    [InlineData(Three)]
    public void A_management_key_of_32_random_bytes_in_hexadecimal_or_base64_is_taken(string key) =>
        Assert.NotNull(Read(("PaySg:ManagementKey", key)).ManagementKeyDigest);

    [Theory]
    [MemberData(nameof(WeakManagementKeys))]
    public void A_management_key_that_is_weak_cut_off_or_published_is_refused(string key, string why)
    {
        AssertRefused("PaySg__ManagementKey", why, key, ("PaySg:ManagementKey", key));
        AssertRefused("PaySg__PreviousManagementKey", why, key, ("PaySg:ManagementKey", Hex), ("PaySg:PreviousManagementKey", key));
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "repeats itself")]
    [InlineData("c29tZWJvZHktdHlwZWQtdGhpcy1zZWNyZXQtaW4tMzI=", "holds words")]
    public void A_named_key_that_is_weak_is_refused(string key, string why)
    {
        foreach (var setting in (string[])["Secrets:CurrentKey", "Secrets:PreviousKey", "Tokens:CurrentKey", "Tokens:PreviousKey"])
            AssertRefused("PaySg__" + setting.Replace(":", "__", StringComparison.Ordinal), why, key, ("PaySg:" + setting, "x1:" + key));
    }

    [Theory]
    [InlineData("Secrets:CurrentKey")]
    [InlineData("Secrets:PreviousKey")]
    [InlineData("Tokens:CurrentKey")]
    [InlineData("Tokens:PreviousKey")]
    public void A_published_key_is_refused_under_another_name_and_for_another_purpose(string setting)
    {
        foreach (var key in (string[])[LocalSecret, LocalToken])
            AssertRefused("PaySg__" + setting.Replace(":", "__", StringComparison.Ordinal), "this is the key of local.settings.json", key, ("PaySg:" + setting, "mine7:" + key));
    }

    [Theory]
    [InlineData("PaySg:Tokens:CurrentKey", "t9:" + One, "PaySg__Tokens__CurrentKey", "PaySg__Secrets__CurrentKey")]
    [InlineData("PaySg:Secrets:PreviousKey", "k9:" + One, "PaySg__Secrets__PreviousKey", "PaySg__Secrets__CurrentKey")]
    [InlineData("PaySg:Secrets:PreviousKey", "k9:" + Two, "PaySg__Tokens__CurrentKey", "PaySg__Secrets__PreviousKey")]
    [InlineData("PaySg:Tokens:PreviousKey", "t9:" + One, "PaySg__Tokens__PreviousKey", "PaySg__Secrets__CurrentKey")]
    [InlineData("PaySg:ManagementKey", One, "PaySg__Secrets__CurrentKey", "PaySg__ManagementKey")]
    [InlineData("PaySg:ManagementKey", "8F5A59C7B4264F4715E2E29DF51C07AB706C61F2DE360F176BABC28B60E83241", "PaySg__Tokens__CurrentKey", "PaySg__ManagementKey")]
    public void A_key_for_two_purposes_is_refused_whatever_its_name_and_spelling(string setting, string key, string refused, string same)
    {
        // The last one is the key of tokens in hexadecimal.
        var spelled = key.Length == 64 ? Convert.ToHexString(Convert.FromBase64String(Two)) : key;
        AssertRefused(refused, $"is the same key as {same},", spelled, (setting, spelled));
    }

    [Fact]
    public void The_management_key_before_must_be_another_one() =>
        AssertRefused("PaySg__PreviousManagementKey", "is the same key as PaySg__ManagementKey,", Hex, ("PaySg:ManagementKey", Hex), ("PaySg:PreviousManagementKey", Hex.ToUpperInvariant()));

    [Theory]
    [InlineData("Secrets")]
    [InlineData("Tokens")]
    public void A_named_key_that_was_cut_off_is_refused(string kind)
    {
        foreach (var key in (string[])[One[..43], One[..40], One[..20], ""])
            AssertRefused($"PaySg__{kind}__CurrentKey", "not a key. It must be a name, a colon and 32 bytes in base64", key.Length > 0 ? key : "(none)", ($"PaySg:{kind}:CurrentKey", "k1:" + key));
    }

    [Fact]
    public void Each_key_of_local_settings_is_known_as_published()
    {
        string[] keys = ["PaySg__ManagementKey", "PaySg__Secrets__CurrentKey", "PaySg__Tokens__CurrentKey", "PaySg__Demo__ApiKey", "PaySg__Demo__ViewOnlyApiKey", "PaySg__Demo__ClientSecret"];

        Assert.All(keys, name => Assert.True(PublishedKeys.Contains(GivenKey.OfManagement(name, LocalSetting(name).Split(':')[^1])), name));
        Assert.False(PublishedKeys.Contains(GivenKey.OfManagement("mine", Hex)));
    }

    [Fact]
    public void A_named_key_is_made_as_it_is_written() =>
        Assert.Equal("name:$(openssl rand -base64 32)", GivenKey.Of("PaySg__Secrets__CurrentKey", new SecretKey("k1", Convert.FromBase64String(One))).HowToMake);

    [Fact]
    public void In_a_development_environment_the_published_keys_do() =>
        Assert.NotNull(Read(
            ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("PaySg:ManagementKey", PublishedKeys.ManagementKey), ("PaySg:Secrets:CurrentKey", "x:" + LocalSecret), ("PaySg:Tokens:CurrentKey", "x:" + LocalSecret)));

    private static string LocalSetting(string name) =>
        JsonSerializer.Deserialize<JsonElement>(Document.Repository.Read("local.settings.json")).GetProperty("Values").GetProperty(name).GetString()!;

    private static void AssertRefused(string setting, string why, string key, params (string Name, string? Value)[] settings)
    {
        var problem = Assert.Single(Assert.Throws<PaySgConfigurationException>(() => Read(settings)).Problems);
        Assert.StartsWith($"{setting}: ", problem, StringComparison.Ordinal);
        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    private static AccessSettings Read(params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["PaySg:Mode"] = "test",
            ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
            ["PaySg:Secrets:CurrentKey"] = "k1:" + One,
            ["PaySg:Tokens:CurrentKey"] = "t1:" + Two,
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        return ReadSettings.From(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).Access;
    }
}
