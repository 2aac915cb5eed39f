using System.Net;
using System.Text;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Uses the dashboard as an officer's browser without script does. It follows no redirect by itself.</summary>
public sealed class OfficerClient : IDisposable
{
    private static readonly string[] Hidden = ["action", "token", "form", "amount", "left"];
    private readonly HttpClient http;

    public OfficerClient(Uri baseAddress)
    {
        http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = baseAddress };
    }

    /// <summary>Headers that go with each request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string ListPath => $"/dashboard/{ApiClient.ServiceId}/payments";

    public static string PathOf(string paymentId) => $"{ListPath}/{paymentId}";

    /// <summary>An officer who is signed in as one of LocalHost's demo people.</summary>
    public static async Task<OfficerClient> SignedInAsync(Uri baseAddress, string person)
    {
        var officer = new OfficerClient(baseAddress);
        (await officer.GetAsync($"/.auth/login/aad?person={person}")).Expect(HttpStatusCode.Found);
        return officer;
    }

    public Task<Answer> SignOutAsync() => GetAsync("/.auth/logout");

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens a page.</summary>
    public async Task<string> OpenAsync(string path) => (await GetAsync(path)).Expect(HttpStatusCode.OK).Body;

    public Task<Answer> SubmitAsync(string paymentId, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, PathOf(paymentId)) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>The batches of the demo's payment service.</summary>
    public static string BatchesPath => $"/dashboard/{ApiClient.ServiceId}/batches";

    public Task<Answer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Sends a file of payments, as the form of the list does.</summary>
    public Task<Answer> UploadAsync(byte[] file, string token, string path, string name = "fees.csv") => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new MultipartFormDataContent { { new StringContent(token), "token" }, { new ByteArrayContent(file), "file", name } },
    });

    /// <summary>Sends a file that can be read; the path of its batch.</summary>
    public async Task<string> UploadedAsync(string csv) =>
        (await UploadAsync(Encoding.UTF8.GetBytes(csv), PageText.Hidden(await OpenAsync(BatchesPath), "token"), BatchesPath)).Expect(HttpStatusCode.SeeOther).Headers["Location"];

    /// <summary>Does what a button of a batch's page does.</summary>
    public async Task<Answer> PressAsync(string batch, string action) =>
        await PostAsync(batch, new Dictionary<string, string> { ["action"] = action, ["token"] = PageText.Hidden(await OpenAsync(BatchesPath), "token") });

    /// <summary>The fields of the form of a page, all of which are hidden.</summary>
    public static IDictionary<string, string> FormOf(string page) => Hidden
        .Where(name => page.Contains($"name=\"{name}\"", StringComparison.Ordinal))
        .ToDictionary(name => name, name => PageText.Hidden(page, name), StringComparer.Ordinal);

    /// <summary>The form that refunds an amount, once it is confirmed.</summary>
    public async Task<IDictionary<string, string>> RefundFormAsync(string paymentId, string amount) =>
        FormOf(await OpenAsync($"{PathOf(paymentId)}?step=confirm&amount={amount}"));

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
}
