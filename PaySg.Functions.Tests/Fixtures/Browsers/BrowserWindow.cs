using System.Collections.Concurrent;
using Microsoft.Playwright;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A browser's window that notes errors and where requests go.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    // Milliseconds. A step takes well under a second; on a busy machine Chromium has stood still for a minute.
    private const float Patience = 180_000;
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentQueue<string> requests = new();

    private BrowserWindow(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>The addresses that were asked for.</summary>
    public IReadOnlyList<Uri> Requests => [.. requests.Select(address => new Uri(address))];

    internal static async Task<BrowserWindow> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(Patience);
        return await NewAsync(context);
    }

    /// <summary>Another tab of the same window.</summary>
    public Task<BrowserWindow> TabAsync() => NewAsync(context);

    public Task OpenAsync(string paymentId, string query = "") => Page.GotoAsync(PageClient.PathOf(paymentId) + query);

    internal Task OpenAsync(PaymentLink link, string query = "") => Page.GotoAsync(LinkPageClient.PathOf(link) + query);

    /// <summary>Fills in who pays.</summary>
    public async Task FillCustomerAsync()
    {
        await Page.GetByLabel("Your name").FillAsync("Siti Café");
        await Page.GetByLabel("Email address").FillAsync("siti@example.com");
        await Page.GetByLabel("Phone number").FillAsync("081234567890");
    }

    /// <summary>Fills the card form in.</summary>
    public async Task FillCardAsync(string number = PageClient.GoodCard)
    {
        await Page.GetByLabel("Card number").FillAsync(number);
        await Page.GetByLabel("Expiry date").FillAsync("12/39");
        await Page.GetByLabel("Security code").FillAsync("123");
        await Page.GetByLabel("Name on card").FillAsync("Tan Ah Kow");
    }

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button }).ClickAsync();

    /// <summary>Loads the page again in a language, as if that had been chosen before. What a form was answered is answered again.</summary>
    internal async Task ReloadInAsync(Language language)
    {
        await context.AddCookiesAsync([new Cookie { Name = "lang", Value = language.Tag, Url = new Uri(Page.Url).GetLeftPart(UriPartial.Authority) }]);
        var answer = await Page.ReloadAsync();
        Assert.Equal(language.HtmlTag, await Page.EvaluateAsync<string>("document.documentElement.lang"));

        // Chromium reports a page with an error status as an error of its own.
        if (answer?.Ok == false)
            Forgive();
    }

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link }).First.ClickAsync();

    /// <summary>Waits for the page with this heading.</summary>
    public Task SeesAsync(string heading) => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading, Level = 1 }).WaitForAsync();

    /// <summary>How many pixels the page is too wide for its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Errors that the test brings about itself.</summary>
    public void Forgive() => errors.Clear();

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(errors);
    }

    private static async Task<BrowserWindow> NewAsync(IBrowserContext context)
    {
        var window = new BrowserWindow(context, await context.NewPageAsync());
        window.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                window.errors.Enqueue(message.Text);
        };
        window.Page.PageError += (_, error) => window.errors.Enqueue(error);
        window.Page.Request += (_, request) => window.requests.Enqueue(request.Url);
        return window;
    }
}
