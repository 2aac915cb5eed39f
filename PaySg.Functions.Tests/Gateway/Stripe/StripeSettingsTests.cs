using Microsoft.Extensions.Configuration;
using PaySg.Functions.Gateway.Stripe;
using PaySg.Functions.Platform.Configuration;

namespace PaySg.Functions.Tests.Gateway.Stripe;

[Trait("Category", "Rules")]
public sealed class StripeSettingsTests
{
    private const string Secret = "whsec_abc+/=-_9";

    [Theory]
    [InlineData("test", "sk_test_abc_1")]
    [InlineData("test", "rk_test_abc1")]
    [InlineData("live", "sk_live_abc1")]
    [InlineData("live", "rk_live_abc1")]
    public void A_key_of_the_mode_and_a_secret_are_enough(string mode, string key)
    {
        var (settings, problems) = Read(mode, ("SecretKey", key), ("WebhookSecret", Secret), ("PreviousWebhookSecret", "whsec_before"));

        Assert.Empty(problems);
        Assert.Equal((key, mode == "live", null), (settings!.SecretKey, settings.IsLive, settings.ApiBase));
        Assert.Equal([Secret, "whsec_before"], settings.WebhookSecrets);
        Assert.DoesNotContain("abc", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_there_is_no_Stripe_in_test_mode_and_no_live_mode()
    {
        var sandbox = Read("test");
        Assert.Null(sandbox.Settings);
        Assert.Empty(sandbox.Problems);
        var (settings, problems) = Read("live");
        Assert.Null(settings);
        Assert.StartsWith("PaySg__Stripe__SecretKey: is missing. Live mode needs a gateway that moves real money.", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WebhookSecret", Secret)]
    [InlineData("PreviousWebhookSecret", Secret)]
    [InlineData("ApiBase", "http://127.0.0.1:1")]
    public void What_belongs_to_a_key_is_refused_without_one(string name, string value) => Assert.Equal(
        $"PaySg__Stripe__{name}: is set, and PaySg__Stripe__SecretKey is not. Set both or neither.", Assert.Single(Read("test", (name, value)).Problems));

    [Theory]
    [InlineData("test", "sk_test_a b", "holds a blank")]
    [InlineData("test", "sk_test_ab\n", "holds a blank")]
    [InlineData("test", "pk_test_ab", "is a publishable key")]
    [InlineData("live", "pk_live_ab", "is a publishable key")]
    [InlineData("test", "whsec_ab", "is not a secret key of Stripe")]
    [InlineData("test", "sk_ab", "is not a secret key of Stripe")]
    [InlineData("test", "sk_test_", "is not a secret key of Stripe")]
    [InlineData("test", "sk_test_a-b", "is not a secret key of Stripe")]
    [InlineData("test", "sk_live_ab", "is a key of Stripe's live mode, and PaySg__Mode is test")]
    [InlineData("live", "rk_test_ab", "is a key of Stripe's test mode, and PaySg__Mode is live")]
    public void A_key_that_cannot_be_right_is_refused_and_not_shown(string mode, string key, string why)
    {
        var problem = Assert.Single(Read(mode, ("SecretKey", key), ("WebhookSecret", Secret)).Problems);

        Assert.StartsWith($"PaySg__Stripe__SecretKey: {why}", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(key + " ", problem.Replace(" or", " ", StringComparison.Ordinal).Replace("sk_test_ ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_test_ab")]
    [InlineData("whsec_")]
    [InlineData("whsec_a b")]
    [InlineData("WHSEC_ab")]
    public void A_secret_that_cannot_be_right_is_refused_and_not_shown(string secret)
    {
        foreach (var name in (string[])["WebhookSecret", "PreviousWebhookSecret"])
        {
            var problem = Assert.Single(Read("test", [("SecretKey", "sk_test_k"), ("WebhookSecret", Secret), (name, secret)]).Problems);
            Assert.Equal($"PaySg__Stripe__{name}: is not the signing secret of a webhook endpoint. It begins with whsec_, and holds no blank.", problem);
        }
    }

    [Fact]
    public void A_key_without_a_secret_is_refused() => Assert.StartsWith(
        "PaySg__Stripe__WebhookSecret: is missing.", Assert.Single(Read("test", ("SecretKey", "sk_test_k")).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:12111", true)]
    [InlineData("http://localhost:12111/", true)]
    [InlineData("https://[::1]:12111", true)]
    [InlineData("https://api.stripe.com", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("http://127.0.0.1/v1", false)]
    [InlineData("http://127.0.0.1/#a", false)]
    [InlineData("127.0.0.1", false)]
    public void Another_address_is_one_of_this_machine(string address, bool isTaken)
    {
        var (settings, problems) = Read("test", ("SecretKey", "sk_test_k"), ("WebhookSecret", Secret), ("ApiBase", address));

        Assert.Equal(isTaken, problems.Count == 0);
        Assert.Equal(isTaken ? address.TrimEnd('/') : $"PaySg__Stripe__ApiBase: '{address}' is not an address of this machine, such as http://127.0.0.1:12111.", isTaken ? settings!.ApiBase : problems[0]);
    }

    [Fact]
    public void Live_mode_talks_to_Stripe_alone() => Assert.Equal(
        "PaySg__Stripe__ApiBase: is for tests. Live mode talks to Stripe alone: remove it.",
        Assert.Single(Read("live", ("SecretKey", "sk_live_k"), ("WebhookSecret", Secret), ("ApiBase", "http://127.0.0.1:1")).Problems));

    [Fact]
    public void Every_mistake_is_told_at_once() => Assert.Equal(
        ["PaySg__Stripe__SecretKey", "PaySg__Stripe__WebhookSecret", "PaySg__Stripe__PreviousWebhookSecret", "PaySg__Stripe__ApiBase"],
        Read("live", ("SecretKey", "pk_x"), ("WebhookSecret", "x"), ("PreviousWebhookSecret", "y"), ("ApiBase", "z")).Problems.Select(problem => problem.Split(':')[0]));

    private static (StripeSettings? Settings, IReadOnlyList<string> Problems) Read(string mode, params (string Name, string Value)[] values)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (name, value) in values)
            all[$"PaySg:Stripe:{name}"] = value;
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        return (StripeSettings.Read(reader, mode == "live" ? PaySgMode.Live : PaySgMode.Test), reader.Problems);
    }
}
