using System.Net;
using PaySg.Functions.PaymentLinks;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Opens the pages of payment links and sends their forms as a browser without script does. It follows no redirect by itself.</summary>
public sealed class LinkPageClient(Uri baseAddress) : IDisposable
{
    private readonly PageClient pages = new(baseAddress);

    /// <summary>Headers that go with each request.</summary>
    public IDictionary<string, string> Headers => pages.Headers;

    internal static string PathOf(PaymentLink link) => $"/b2b/{link.ReffNo}";

    /// <summary>The address of an attempt's page, as the payer comes back to it.</summary>
    public static string AttemptOf(string attemptNo) => $"?attempt={attemptNo}";

    /// <summary>The fields of who pays, all of them good.</summary>
    public static IDictionary<string, string> Customer() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["customer_name"] = "Siti Café",
        ["customer_email"] = "siti@example.com",
        ["customer_phone"] = "081234567890",
    };

    /// <summary>The fields of a button that does something about an attempt: <c>look</c>, or <c>settle</c> with an outcome.</summary>
    public static IDictionary<string, string> Act(string action, string attemptNo, string outcome = "") =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = action, ["attempt"] = attemptNo, ["outcome"] = outcome };

    /// <summary>Opens the details of a method; the fields of its form as they stand there, with the card and whatever else is typed.</summary>
    internal async Task<IDictionary<string, string>> FormAsync(
        PaymentLink link, string method = "QRIS", string card = PageClient.GoodCard, IDictionary<string, string>? typed = null)
    {
        var page = await OpenAsync(link, $"?step=details&method={method}");
        var form = method == "NICEPAY_CARD" ? PageClient.Card(card) : PageClient.PayNow();
        form["method"] = method;
        form["form"] = PageText.Hidden(page, "form");
        foreach (var (name, value) in typed ?? new Dictionary<string, string>())
            form[name] = value;
        return form;
    }

    public Task<Answer> GetAsync(string path) => pages.GetAsync(path);

    /// <summary>Opens a link's page.</summary>
    internal async Task<string> OpenAsync(PaymentLink link, string query = "") => (await GetAsync(PathOf(link) + query)).Expect(HttpStatusCode.OK).Body;

    internal Task<Answer> SubmitAsync(PaymentLink link, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, PathOf(link)) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Sends a form, and opens the page that it leads to, which may lead to another one of ours.</summary>
    internal async Task<string> FollowAsync(PaymentLink link, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var answer = (await SubmitAsync(link, fields)).Expect(HttpStatusCode.SeeOther);
        for (var i = 0; i < 3 && answer.Status == HttpStatusCode.SeeOther; i++)
        {
            Assert.Equal("", answer.Body);
            Assert.StartsWith(PathOf(link), answer.Headers["Location"], StringComparison.Ordinal);
            answer = await GetAsync(answer.Headers["Location"]);
        }

        return answer.Expect(HttpStatusCode.OK).Body;
    }

    /// <summary>Begins an attempt by a method that is decided later; its number.</summary>
    internal async Task<string> BegunAsync(PaymentLink link, string method = "QRIS")
    {
        var page = await FollowAsync(link, await FormAsync(link, method));
        return PageText.Hidden(page, "attempt");
    }

    public Task<Answer> SendAsync(HttpRequestMessage request) => pages.SendAsync(request);

    public void Dispose() => pages.Dispose();
}
