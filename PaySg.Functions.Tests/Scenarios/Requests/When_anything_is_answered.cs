using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Whatever is answered, and however it is refused: a browser takes it for what it is said to be, and comes by HTTPS from then on.</summary>
public sealed class When_anything_is_answered
{
    private static readonly (string Method, string Path)[] Calls =
    [
        ("GET", "/health"), ("GET", "/health/ready"), ("GET", "/external/api"), ("GET", "/external/api/openapi.json"), ("GET", "/external/api/assets/nothing.js"),
        ("GET", "/"), ("GET", "/nothing"), ("GET", "/api/nothing"), ("GET", "/b2b/nothing"), ("GET", "/payments/nothing"), ("GET", "/assets/1/pages.css"), ("GET", "/assets/1/nothing.css"),
        ("PUT", "/health"), ("DELETE", "/payments/-0123456789abcdefghij"), ("PATCH", "/api/v1.0/access-token/b2b"), ("POST", "/api/v1.0/access-token/b2b"),
        ("GET", ApiClient.PaymentsPath), ("GET", ManagementClient.ServicesPath), ("POST", "/sandbox/payments/-0123456789abcdefghij"), ("GET", "/v1/public/payments/-0123456789abcdefghij-qr.png"),
    ];

    [Fact]
    public async Task Should_have_the_headers_that_protect_it()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__PublicBaseUrl"] = "https://pay.agency.gov.sg" });

        await AssertProtectedAsync(app, "max-age=31536000");
    }

    [Fact]
    public async Task Should_have_them_where_a_fault_of_ours_happened_too()
    {
        await using var app = await PaySgApp.StartAsync(
            settings: new Dictionary<string, string> { ["PaySg__PublicBaseUrl"] = "https://pay.agency.gov.sg" },
            services: (group, services) => services.Replace(ServiceDescriptor.Singleton<IApiBoundary, FaultyBoundary>()));

        Assert.Contains(await AssertProtectedAsync(app, "max-age=31536000"), status => status == HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Should_not_ask_for_HTTPS_on_a_laptop()
    {
        await using var app = await PaySgApp.StartAsync();

        await AssertProtectedAsync(app, null);
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> AssertProtectedAsync(PaySgApp app, string? transport)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var seen = new List<HttpStatusCode>();
        foreach (var (method, path) in Calls)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(app.BaseAddress, path));
            using var response = await http.SendAsync(request);
            var sniff = response.Headers.TryGetValues("X-Content-Type-Options", out var options) ? string.Join(',', options) : null;
            var strict = response.Headers.TryGetValues("Strict-Transport-Security", out var ages) ? string.Join(',', ages) : null;
            Assert.True((sniff, strict) == ("nosniff", transport), $"{method} {path} answered {(int)response.StatusCode} with {sniff} and {strict}");
            seen.Add(response.StatusCode);
        }

        return seen;
    }
}
