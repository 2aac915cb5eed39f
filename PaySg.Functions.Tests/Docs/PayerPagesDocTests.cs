using Microsoft.AspNetCore.Http;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Languages;
using PaySg.Functions.Pages;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Docs;

public sealed class PayerPagesDocTests
{
    // More takes a phone a while to load.
    private const long MostBytes = 650_000;

    private static Document Guide => Document.Read("docs/operate/payer-pages.md");

    [Fact]
    public void The_test_cards_are_those_of_the_sandbox() =>
        Assert.Equal(
            TestCard.All.Select(card => (card.Number, card.Meaning)),
            Guide.Table("card").Select(row => (row[0].Replace(" ", "", StringComparison.Ordinal), row[1])));

    [Fact]
    public async Task The_headers_are_those_that_are_sent()
    {
        await using var parts = PaySgParts.Build("UseDevelopmentStorage=true");
        var sent = parts.Get<PageAnswers>().ErrorFor(new DefaultHttpContext().Request)(ApiErrors.UnknownPath().Error, "req_1");

        Assert.Equal(
            sent.Headers.Append(new("Cache-Control", sent.CacheControl)).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"),
            Assert.Single(Guide.Code("http")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        Assert.Contains($"After {FailedTries.Limit} failed attempts within {FailedTries.Window.TotalHours} hours", Guide.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"asked after {string.Join(" and ", PendingSchedule.AskedAfter.Select(delay => delay.TotalMinutes))} minutes; after an hour the attempt is withdrawn",
            Guide.Text,
            StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromHours(1), PendingSchedule.WithdrawnAfter);
        Assert.Contains($"A form is valid for {FormKey.GoodFor.TotalHours} hours", Guide.Text, StringComparison.Ordinal);
        Assert.Contains($"`{PayNowQr.SandboxUen}`", Guide.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_language_has_a_sheet_of_its_pages_that_is_quick_to_load() =>
        Assert.All(Language.All, language => Assert.InRange(new FileInfo(Path.Combine(Document.Repository.Root, "docs", "images", $"language-{language.Tag}.webp")).Length, 1, MostBytes));

    [Fact]
    public void Each_state_of_the_page_has_its_pictures() =>
        Assert.All(PageState.All.Where(state => !state.IsOnSheetsOnly), state => Assert.All(
            (string[])["phone", "desktop-dark"],
            kind => Assert.True(File.Exists(Path.Combine(Document.Repository.Root, "docs", "images", $"{state.Name}-{kind}.png")), $"{state.Name}-{kind}.png is missing.")));
}
