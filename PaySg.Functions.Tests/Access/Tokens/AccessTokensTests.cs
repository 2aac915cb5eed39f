using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access.Tokens;

public sealed class AccessTokensTests
{
    private const string Issuer = "https://pay.agency.gov.sg/api/v1.1/access-token/b2b";
    private static readonly SecretKey Key = new("t2", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly SecretKey OlderKey = new("t1", [.. Enumerable.Range(32, 32).Select(i => (byte)i)]);
    private readonly SkippingClock clock = new(DateTimeOffset.FromUnixTimeSeconds(1_768_440_600));

    [Fact]
    public void A_token_says_what_Singapays_says_and_names_its_key()
    {
        var token = Tokens().Issue("client", Issuer);

        Assert.Equal("""{"alg":"HS256","kid":"t2","typ":"JWT"}""", Sorted(Part(token, 0)));
        var claims = Part(token, 1);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "nbf", "sub"], claims.EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal));
        Assert.Equal((Issuer, "client"), (claims.GetProperty("iss").GetString(), claims.GetProperty("sub").GetString()));
        Assert.Equal("https://pay.agency.gov.sg", claims.GetProperty("aud").GetString());
        Assert.Equal(
            (1_768_440_600L, 1_768_440_600L, 1_768_444_200L),
            (claims.GetProperty("iat").GetInt64(), claims.GetProperty("nbf").GetInt64(), claims.GetProperty("exp").GetInt64()));
        Assert.Matches("^[0-9a-f]{32}$", claims.GetProperty("jti").GetString());
        var signed = token[..token.LastIndexOf('.')];
        Assert.Equal(Base64Url.EncodeToString(HMACSHA256.HashData(Key.Bytes, Encoding.ASCII.GetBytes(signed))), token[(signed.Length + 1)..]);
    }

    [Fact]
    public async Task No_two_tokens_are_alike()
    {
        var tokens = Tokens();
        var (one, other) = (tokens.Issue("client", Issuer), tokens.Issue("client", Issuer));

        Assert.NotEqual(one, other);
        Assert.Equal(("client", "client"), (await tokens.ReadAsync(one), await tokens.ReadAsync(other)));
    }

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-60, true)]
    [InlineData(0, true)]
    [InlineData(3599, true)]
    [InlineData(3659, true)]
    [InlineData(3660, false)]
    public async Task A_token_is_good_for_its_lifetime_and_a_minute_around_it(int secondsLater, bool expected)
    {
        var token = Tokens().Issue("client", Issuer);

        clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(expected ? "client" : null, await Tokens().ReadAsync(token));
    }

    [Fact]
    public async Task A_token_outlives_the_rotation_of_its_key_once()
    {
        var token = Tokens(Key).Issue("client", Issuer);

        Assert.Equal("client", await Tokens(OlderKey, Key).ReadAsync(token));
        Assert.Null(await Tokens(OlderKey).ReadAsync(token));
    }

    [Fact]
    public async Task A_token_of_another_key_of_the_same_name_is_forged()
    {
        Assert.Null(await Tokens().ReadAsync(Tokens(new SecretKey("t2", OlderKey.Bytes)).Issue("client", Issuer)));
    }

    [Theory]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", true)]
    [InlineData("""{"alg":"HS256","kid":"t2"}""", true)]
    [InlineData("""{"alg":"HS256","kid":"other"}""", true)]
    [InlineData("""{"alg":"HS512","kid":"t2","typ":"JWT"}""", false)]
    [InlineData("""{"alg":"RS256","kid":"t2","typ":"JWT"}""", false)]
    [InlineData("""{"alg":"none","typ":"JWT"}""", false)]
    [InlineData("""{"alg":"None"}""", false)]
    [InlineData("""{}""", false)]
    public async Task The_algorithm_is_HS256_whatever_the_header_says(string header, bool expected)
    {
        // Signed with the right key under HS256 in each case: only the header differs.
        Assert.Equal(expected ? "client" : null, await Tokens().ReadAsync(Signed(header, Claims())));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256","kid":"t2"}""")]
    public async Task A_token_without_a_signature_is_none(string header)
    {
        var token = Signed(header, Claims());

        Assert.Null(await Tokens().ReadAsync(token[..(token.LastIndexOf('.') + 1)]));
        Assert.Null(await Tokens().ReadAsync(token[..token.LastIndexOf('.')]));
    }

    [Fact]
    public async Task A_signature_under_another_algorithm_is_none()
    {
        const string header = """{"alg":"HS512","kid":"t2","typ":"JWT"}""";
        var signed = Encoded(header) + "." + Encoded(Claims());

        Assert.Null(await Tokens().ReadAsync(signed + "." + Base64Url.EncodeToString(HMACSHA512.HashData(Key.Bytes, Encoding.ASCII.GetBytes(signed)))));
    }

    [Theory]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","sub":"client","nbf":1768440600}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","sub":"client","exp":"soon","nbf":1768440600}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","sub":"client","exp":1768440000}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","sub":"client","exp":1768444200,"nbf":1768440661}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","exp":1768444200}""")]
    [InlineData("""{"sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"","sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg.example/a","sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"https://pay.other.gov.sg/a","aud":"https://pay.agency.gov.sg","sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","aud":"https://pay.other.gov.sg","sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/a","aud":["https://pay.other.gov.sg"],"sub":"client","exp":1768444200}""")]
    [InlineData("""[]""")]
    public async Task Claims_that_do_not_let_anybody_in_now_are_refused(string claims) =>
        Assert.Null(await Tokens().ReadAsync(Signed("""{"alg":"HS256","kid":"t2"}""", claims)));

    /// <summary>The release before this one wrote no audience.</summary>
    [Theory]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/api/v1.1/access-token/b2b","sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/api/v1.1/access-token/b2b","aud":"https://pay.agency.gov.sg","sub":"client","exp":1768444200}""")]
    [InlineData("""{"iss":"https://pay.agency.gov.sg/api/v1.1/access-token/b2b","aud":["https://x.example","https://pay.agency.gov.sg"],"sub":"client","exp":1768444200}""")]
    public async Task A_token_of_this_issuer_for_this_audience_or_for_none_is_taken(string claims) =>
        Assert.Equal("client", await Tokens().ReadAsync(Signed("""{"alg":"HS256","kid":"t2"}""", claims)));

    [Theory]
    [InlineData("http://localhost:7071", "http://127.0.0.1:50123", true)]
    [InlineData("http://[::1]:7071", "http://localhost:50123", true)]
    [InlineData("http://localhost:7071", "https://pay.agency.gov.sg", false)]
    [InlineData("https://pay.agency.gov.sg", "http://localhost:7071", false)]
    [InlineData("https://pay.agency.gov.sg", "https://pay.agency.gov.sg:8443", false)]
    public async Task Processes_of_one_laptop_take_the_tokens_of_each_other_and_installations_do_not(string issuedAt, string readAt, bool expected)
    {
        var token = At(issuedAt).Issue("client", issuedAt + "/api/v1.1/access-token/b2b");

        Assert.Equal(expected ? "client" : null, await At(readAt).ReadAsync(token));
    }

    [Fact]
    public async Task A_changed_claim_breaks_the_signature()
    {
        var parts = Tokens().Issue("client", Issuer).Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("client", "other1", StringComparison.Ordinal);

        Assert.Null(await Tokens().ReadAsync($"{parts[0]}.{Encoded(claims)}.{parts[2]}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("abc")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("😀.😀.😀")]
    public async Task A_text_that_is_no_token_is_refused(string text) => Assert.Null(await Tokens().ReadAsync(text));

    private static string Claims() => """{"iss":"https://pay.agency.gov.sg/api/v1.0/access-token/b2b","sub":"client","iat":1768440600,"nbf":1768440600,"exp":1768444200}""";

    private static string Signed(string header, string claims)
    {
        var signed = Encoded(header) + "." + Encoded(claims);
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Key.Bytes, Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static JsonElement Part(string token, int index) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[index]));

    private static string Sorted(JsonElement element) =>
        "{" + string.Join(',', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}")) + "}";

    private AccessTokens At(string baseUrl) => Tokens(baseUrl: baseUrl);

    private AccessTokens Tokens(SecretKey? key = null, SecretKey? previous = null, string baseUrl = "https://pay.agency.gov.sg")
    {
        var access = new AccessSettings { CurrentSecretKey = Key, CurrentTokenKey = key ?? Key, PreviousTokenKey = previous };
        return new AccessTokens(access, ReadSettings.OfApp(baseUrl), new IdGenerator(clock, new SystemRandomSource()), clock);
    }
}
