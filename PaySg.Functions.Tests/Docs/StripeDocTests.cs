using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Stripe;
using PaySg.Functions.Languages;
using PaySg.Functions.Tests.Infra;

namespace PaySg.Functions.Tests.Docs;

public sealed class StripeDocTests
{
    private static Document Page => Document.Read("docs/operate/stripe.md");

    [Fact]
    public void The_events_to_choose_at_Stripe_are_those_that_are_acted_on() =>
        Assert.Equal(StripeNotice.Types, Assert.Single(Page.Code("text")).Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void The_lines_of_the_gateway_are_explained()
    {
        var lines = TelemetryQuery.Lines.Keys.Where(id => string.CompareOrdinal(id, "4010") >= 0 && string.CompareOrdinal(id, "5000") < 0).Order(StringComparer.Ordinal);

        Assert.Equal(lines, Page.Table("line").Select(row => row[0]));
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        Assert.Contains($"**{Texts.English.Dollars(StripeGateway.LeastInCents)} to {Texts.English.Dollars(StripeGateway.MostInCents).Replace(".00", "", StringComparison.Ordinal)}**", Page.Text, StringComparison.Ordinal);
        Assert.Contains($"at most {TakeStripeNotice.Limit / 1024} KiB", Page.Text, StringComparison.Ordinal);
        Assert.Contains($"after {GatewayKeys.RepeatedFor.TotalHours} hours", Page.Text, StringComparison.Ordinal);
    }
}
