using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Dashboard;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Dashboard;

[Trait("Category", "Rules")]
public sealed class FormTokensTests
{
    private static readonly Person Somebody = new("tenant", "1", "Tan", null);
    private readonly SkippingClock clock = new();

    [Fact]
    public void A_token_is_valid_for_its_person_and_for_twelve_hours()
    {
        var tokens = new FormTokens(ReadSettings.OfAccess(), clock);
        var token = tokens.For(Somebody);

        Assert.True(tokens.IsValid(token, Somebody));
        Assert.False(tokens.IsValid(token, new Person("tenant", "2", "Tan", null)));
        clock.Advance(TimeSpan.FromHours(12));
        Assert.True(tokens.IsValid(token, Somebody));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(tokens.IsValid(token, Somebody));
        clock.Advance(TimeSpan.FromHours(-14));
        Assert.False(tokens.IsValid(token, Somebody));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("490000.")]
    [InlineData("x.AAAA")]
    [InlineData("490000.*")]
    public void What_is_no_token_is_not_valid(string text) => Assert.False(new FormTokens(ReadSettings.OfAccess(), clock).IsValid(text, Somebody));

    [Fact]
    public void A_token_outlives_the_rotation_of_the_key_once()
    {
        var settings = ReadSettings.OfAccess();
        var token = new FormTokens(settings, clock).For(Somebody);
        var rotated = settings with { CurrentSecretKey = new SecretKey("k2", [.. Enumerable.Repeat((byte)1, 32)]), PreviousSecretKey = settings.CurrentSecretKey };

        Assert.True(new FormTokens(rotated, clock).IsValid(token, Somebody));
        Assert.False(new FormTokens(rotated with { PreviousSecretKey = null }, clock).IsValid(token, Somebody));
    }
}
