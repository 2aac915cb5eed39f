using System.Net;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Opens payers' pages and sends their forms as a browser without script does. It follows no redirect by itself.</summary>
public sealed partial class PageClient(Uri baseAddress) : IDisposable
{
    public const string GoodCard = "4242 4242 4242 4242";

    private readonly HttpClient http = new(new ContractHandler()) { BaseAddress = baseAddress };

    /// <summary>Headers that go with each request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string PathOf(string paymentId) => $"/payments/{paymentId}";

    /// <summary>Whether a text tells the number of a test card, typed or sent by a form. Four digits alone would be found in a random id now and then.</summary>
    public static bool TellsCardNumber(string text) => CardNumberStart().IsMatch(text);

    /// <summary>The fields of the card form, all of them good.</summary>
    public static IDictionary<string, string> Card(string number = GoodCard) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["action"] = "pay",
        ["method"] = "card",
        ["card_number"] = number,
        ["card_expiry"] = "12/39",
        ["card_code"] = "123",
        ["card_name"] = "Tan Ah Kow",
    };

    /// <summary>The fields of the PayNow form.</summary>
    public static IDictionary<string, string> PayNow() => new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = "pay", ["method"] = "paynow" };

    /// <summary>The fields of the buttons that simulate a payer's bank.</summary>
    public static IDictionary<string, string> Settle(string attemptId, string outcome = "succeeded") =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = "settle", ["attempt"] = attemptId, ["outcome"] = outcome };

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens a payment's page.</summary>
    public async Task<string> OpenAsync(string paymentId, string query = "") =>
        (await GetAsync(PathOf(paymentId) + query)).Expect(HttpStatusCode.OK).Body;

    public Task<Answer> SubmitAsync(string paymentId, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, PathOf(paymentId)) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Sends a form, and opens the page that it leads to.</summary>
    public async Task<string> FollowAsync(string paymentId, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var sent = (await SubmitAsync(paymentId, fields)).Expect(HttpStatusCode.SeeOther);
        Assert.Equal("", sent.Body);
        Assert.StartsWith(PathOf(paymentId), sent.Headers["Location"], StringComparison.Ordinal);
        return (await GetAsync(sent.Headers["Location"])).Expect(HttpStatusCode.OK).Body;
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            foreach (var (name, value) in Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            return await Answer.ReadAsync(await http.SendAsync(request));
        }
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("4242[ +]?4242", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CardNumberStart();
}
