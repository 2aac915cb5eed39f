using Microsoft.Extensions.Configuration;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Configuration;

namespace PaySg.Functions.Tests.Pages;

public sealed class PageSettingsTests
{
    [Theory]
    [InlineData("https://pay.agency.gov.sg", true)]
    [InlineData("https://pay.agency.gov.sg/pay", true)]
    [InlineData("https://PAY.AGENCY.GOV.SG:8443", true)]
    [InlineData("https://gov.sg", true)]
    [InlineData("https://pay.gov.sg.", true)]
    [InlineData("https://pay-gov.sg", false)]
    [InlineData("https://agov.sg", false)]
    [InlineData("https://gov.sg.example.com", false)]
    [InlineData("https://example.com/pay.gov.sg", false)]
    [InlineData("https://pay.azurewebsites.net", false)]
    [InlineData("http://localhost:7071", false)]
    [InlineData("", false)]
    public void Pages_of_gov_sg_have_the_masthead(string publicBaseUrl, bool hasMasthead) => Assert.Equal(hasMasthead, Read(null, publicBaseUrl).HasMasthead);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void The_setting_has_the_last_word(string text, bool hasMasthead)
    {
        Assert.Equal(hasMasthead, Read(text, "https://pay.agency.gov.sg").HasMasthead);
        Assert.Equal(hasMasthead, Read(text, "https://pay.example.com").HasMasthead);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("True")]
    [InlineData("1")]
    public void Anything_else_is_refused(string text)
    {
        var settings = Reader(text);

        PageSettings.Read(settings, "https://pay.agency.gov.sg");

        Assert.Equal($"PaySg__GovernmentMasthead: '{text}' is neither true nor false.", Assert.Single(settings.Problems));
    }

    private static PageSettings Read(string? text, string publicBaseUrl)
    {
        var settings = Reader(text);
        var read = PageSettings.Read(settings, publicBaseUrl);
        Assert.Empty(settings.Problems);
        return read;
    }

    private static SettingsReader Reader(string? text) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["PaySg:GovernmentMasthead"] = text })
        .Build());
}
