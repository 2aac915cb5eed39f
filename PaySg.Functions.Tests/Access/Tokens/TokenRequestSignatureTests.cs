using PaySg.Functions.Access.Tokens;

namespace PaySg.Functions.Tests.Access.Tokens;

[Trait("Category", "Rules")]
public sealed class TokenRequestSignatureTests
{
    private const string ClientId = "client-id-1";
    private const string Secret = "client-secret-1";
    private const string NewYear2025 = "e59fc22e86dcde6e21e6d547a830ce072e512e21f2419be445f1016ae53a17fa7dbba7ca2ed1cb871401b83798c0037a7750f7bdf57385070a93fdb3203bfe90";
    private const string November2026 = "878408d1d35f6c104b447b6133cc1b371d866d07fc30f0176c8eed89147074e480bd19072dbf6ac2f5777e3a510f157670cb02b40f9d407ed6696677277ca99e";

    [Theory]
    [InlineData("20250101", NewYear2025)]
    [InlineData("20261122", November2026)]
    public void The_signature_is_that_of_the_known_clients(string date, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(TokenRequestSignature.Of(ClientId, Secret, date)));

    [Theory]
    [InlineData("2024-12-31T23:54:59+07:00", false)]
    [InlineData("2024-12-31T23:55:00+07:00", true)]
    [InlineData("2025-01-01T00:00:00+07:00", true)]
    [InlineData("2025-01-01T12:00:00+07:00", true)]
    [InlineData("2025-01-01T16:59:59+00:00", true)]
    [InlineData("2025-01-02T00:04:59+07:00", true)]
    [InlineData("2025-01-02T00:05:00+07:00", false)]
    [InlineData("2025-01-01T23:00:00+00:00", false)]
    public void A_signature_is_good_on_its_day_in_Jakarta_and_five_minutes_around_it(string now, bool expected) =>
        Assert.Equal(expected, TokenRequestSignature.Matches(ClientId, Secret, NewYear2025, DateTimeOffset.Parse(now, null)));

    [Theory]
    [InlineData("")]
    [InlineData("e59f")]
    [InlineData(November2026)]
    [InlineData(NewYear2025 + "00")]
    [InlineData("z" + "59fc22e86dcde6e21e6d547a830ce072e512e21f2419be445f1016ae53a17fa7dbba7ca2ed1cb871401b83798c0037a7750f7bdf57385070a93fdb3203bfe90")]
    [InlineData("f59fc22e86dcde6e21e6d547a830ce072e512e21f2419be445f1016ae53a17fa7dbba7ca2ed1cb871401b83798c0037a7750f7bdf57385070a93fdb3203bfe90")]
    public void Anything_else_is_not_a_signature(string signature) =>
        Assert.False(TokenRequestSignature.Matches(ClientId, Secret, signature, new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.FromHours(7))));

    [Fact]
    public void Each_part_counts()
    {
        var noon = new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.FromHours(7));

        Assert.False(TokenRequestSignature.Matches("client-id-2", Secret, NewYear2025, noon));
        Assert.False(TokenRequestSignature.Matches(ClientId, "client-secret-2", NewYear2025, noon));
    }
}
