using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Webhooks.Endpoints;

[Trait("Category", "Rules")]
public sealed class WebhookEndpointTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Earlier = Now.AddDays(-30);

    /// <summary>Every kind of answer at every kind of record: what becomes of the endpoint. Null: nothing, and nothing is written.</summary>
    [Theory]
    [InlineData(200, null, null)]
    [InlineData(200, 1.0, "healthy")]
    [InlineData(299, 6.0, "healthy")]
    [InlineData(500, null, "failing")]
    [InlineData(500, 0.0, null)]
    [InlineData(500, 4.999, null)]
    [InlineData(500, 5.0, "disabled: failing")]
    [InlineData(302, 5.0, "disabled: failing")]
    [InlineData(null, null, "failing")]
    [InlineData(null, 4.0, null)]
    [InlineData(null, 9.0, "disabled: failing")]
    [InlineData(410, null, "disabled: gone")]
    [InlineData(410, 1.0, "disabled: gone")]
    [InlineData(410, 6.0, "disabled: gone")]
    public void An_attempt_changes_an_enabled_endpoint_so(int? status, double? failingForDays, string? expected)
    {
        var before = New() with { FailingSince = failingForDays is { } days ? Now.AddDays(-days) : null };

        var after = before.After(Answer(status), Now);

        Assert.Equal(expected, ReferenceEquals(before, after) ? null : after.DisabledReason is { } reason ? $"disabled: {reason}" : after.FailingSince is null ? "healthy" : "failing");
        Assert.Equal(expected?.StartsWith("disabled", StringComparison.Ordinal) == true ? Now : Earlier, after.UpdatedAt);
        Assert.Equal(expected == "healthy" ? null : before.FailingSince ?? (expected is null ? null : Now), after.FailingSince);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(410)]
    [InlineData(500)]
    [InlineData(null)]
    public void An_attempt_changes_a_disabled_endpoint_no_more(int? status)
    {
        var disabled = New() with { DisabledReason = DisabledReason.Requested, FailingSince = Earlier };

        Assert.Same(disabled, disabled.After(Answer(status), Now));
    }

    [Fact]
    public void The_first_reason_stays_until_it_is_enabled()
    {
        var gone = New().Disable(DisabledReason.Gone, Now).Disable(DisabledReason.Requested, Now.AddDays(1));

        Assert.Equal((DisabledReason.Gone, Now, false), (gone.DisabledReason, gone.UpdatedAt, gone.Enabled));
        Assert.True(gone.Enable(Now).Enabled);
        Assert.Null((gone with { FailingSince = Now }).Enable(Now).FailingSince);
    }

    [Fact]
    public void The_old_secret_signs_until_it_expires_and_a_third_is_dropped()
    {
        var rotated = New().Rotate("second", TimeSpan.FromHours(1), Now);

        Assert.Equal(["second", "first"], rotated.SecretsAt(Now));
        Assert.Equal(["second", "first"], rotated.SecretsAt(Now.AddMinutes(59)));
        Assert.Equal(["second"], rotated.SecretsAt(Now.AddHours(1)));
        Assert.Equal(["third", "second"], rotated.Rotate("third", TimeSpan.FromHours(1), Now).SecretsAt(Now));
        Assert.Equal(["third"], rotated.Rotate("third", TimeSpan.Zero, Now).SecretsAt(Now));
        Assert.Null(rotated.Rotate("third", TimeSpan.Zero, Now).PreviousProtectedSecret);
        Assert.Null(rotated.Rotate("third", TimeSpan.Zero, Now).PreviousSecretExpiresAt);
        Assert.Equal((Now.AddHours(1), Now), (rotated.PreviousSecretExpiresAt!.Value, rotated.UpdatedAt));
        Assert.Equal(["second"], (rotated with { PreviousProtectedSecret = null }).SecretsAt(Now));
        Assert.Empty((rotated with { ProtectedSecret = null }).SecretsAt(Now));
    }

    [Fact]
    public void Who_enables_an_enabled_endpoint_changes_nothing()
    {
        var enabled = New() with { FailingSince = Earlier };

        Assert.Same(enabled, enabled.Enable(Now));
    }

    [Theory]
    [InlineData("payment.succeeded", "payment.succeeded", true)]
    [InlineData("payment.succeeded", "payment.refunded", false)]
    [InlineData("*", "payment.refunded", true)]
    public void Events_are_wanted_by_their_type_or_all_of_them(string subscribed, string type, bool expected) =>
        Assert.Equal(expected, (New() with { SubscribedEvents = [subscribed] }).SubscribesTo(type));

    [Fact]
    public void An_accounts_endpoint_takes_every_event_and_is_disabled_until_the_account_names_a_URL()
    {
        var silent = WebhookEndpoint.OfAccount("01ARZ3NDEKTSV4RRFFQ69G5FAV", url: null, Earlier);

        var heard = (silent with { FailingSince = Earlier }).PointAt("https://merchant.example.com/notify", Now);

        Assert.Equal(("we_01563e3a-b5d3-d676-4c61-efb99302bd5b", "", DisabledReason.NoUrl, true), (silent.Id, silent.Url, silent.DisabledReason, silent.SubscribesTo("payment-link.paid")));
        Assert.Equal(("https://merchant.example.com/notify", true, null, Now), (heard.Url, heard.Enabled, heard.FailingSince, heard.UpdatedAt));
        Assert.Equal(("", DisabledReason.NoUrl), (heard.PointAt(null, Now).Url, heard.PointAt(null, Now).DisabledReason));
    }

    private static WebhookEndpoint New() => new()
    {
        Id = "we_1",
        OwnerId = "payment_service_1",
        Url = "https://8.8.8.8/hook",
        SubscribedEvents = ["*"],
        ProtectedSecret = "first",
        CreatedAt = Earlier,
        UpdatedAt = Earlier,
    };

    private static PostResult Answer(int? status) => new(Now, TimeSpan.Zero, status, null, null, null);
}
