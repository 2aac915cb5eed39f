using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Docs;

/// <summary>An officer's first look at the dashboard, as <c>docs/operate/dashboard.md</c> describes it: each button and link that it names, in its order.</summary>
[Collection(OfficersBrowser.Name)]
public sealed partial class OfficersTourTests(Browser browser)
{
    [BrowserFact]
    public async Task The_tour_leads_where_it_says()
    {
        var labels = new Queue<string>(Labels().Matches(Document.Read("docs/operate/dashboard.md").Section("## A first look").Text).Select(label => label.Groups["label"].Value));
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync("/dashboard");

        await FollowAsync("Aisyah Rahman");
        await FollowAsync("Demo agency");
        await FollowAsync("New payment");
        await window.Page.GetByLabel("Reference").FillAsync("TOUR-1");
        await window.Page.GetByLabel("Payer’s name").FillAsync("Tan Ah Kow");
        await window.Page.GetByLabel("Payer’s email").FillAsync("tan@example.com");
        await window.Page.GetByLabel("Description").FillAsync("Licence fee");
        await window.Page.GetByLabel("Amount in S$").FillAsync("11.30");
        await PressAsync("Create the payment");
        await window.SeesAsync("TOUR-1");

        await PressAsync("Send the link");
        await window.Page.GetByText("The email with the link is on its way.").WaitForAsync();
        await FollowAsync("Open the payer’s page");
        await window.FollowAsync("Proceed");
        await window.Page.GetByLabel("Credit or debit card").CheckAsync();
        await window.ClickAsync("Continue");
        await window.FillCardAsync();
        await window.ClickAsync("Pay S$11.30");
        await window.SeesAsync("S$11.30 paid");

        await window.Page.GotoAsync(OfficerClient.ListPath);
        await window.FollowAsync("TOUR-1");
        await window.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = Next("What happened") }).WaitForAsync();
        await window.Page.GetByText("by card").First.WaitForAsync();
        await FollowAsync("Refund");
        await window.Page.GetByLabel("Amount in S$").FillAsync("1.30");
        await PressAsync("Continue");
        await PressAsync("Refund S$1.30");
        await window.Page.GetByText("The refund is made.").WaitForAsync();

        await FollowAsync("Payments");
        await window.SeesAsync("Payments");
        await window.Page.GetByText(Next("Search"), new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await window.Page.GetByLabel("Reference").FillAsync("TOUR-1");
        await window.ClickAsync("Search");
        Assert.Equal(1, await window.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "TOUR-1" }).CountAsync());
        await FollowAsync("Reports");
        await window.SeesAsync("Reports");
        await FollowAsync("Members");
        await window.SeesAsync("Members");

        await FollowAsync("Dashboard");
        await FollowAsync("Demo merchant");
        await window.SeesAsync("Payment links");

        await FollowAsync("Sign out");
        await FollowAsync("Daniel Tan");
        await window.FollowAsync("Demo agency");
        await window.FollowAsync("TOUR-1");
        await window.SeesAsync("TOUR-1");
        Assert.Equal(0, await window.Page.GetByRole(AriaRole.Button).CountAsync());
        Assert.Empty(labels);

        Task FollowAsync(string link) => window.FollowAsync(Next(link));

        Task PressAsync(string button) => window.ClickAsync(Next(button));

        // The tour names it next.
        string Next(string label)
        {
            Assert.Equal(label, labels.Dequeue());
            return label;
        }
    }

    [GeneratedRegex(@"\*\*(?<label>[^*]+)\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();
}
