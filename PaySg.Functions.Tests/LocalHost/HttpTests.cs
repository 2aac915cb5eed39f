using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Tests.LocalHost.Samples;
using PaySg.LocalHost;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class HttpTests : IAsyncLifetime
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false });
    private readonly Journal journal = new();
    private readonly ListLogger log = new();
    private LocalFunctionHost host = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        journal.Gate.TrySetResult();
        if (host is not null)
            await host.DisposeAsync();
    }

    [Fact]
    public async Task Functions_are_tried_in_the_order_of_their_names_and_literals_have_no_precedence()
    {
        await StartAsync(options => options with { AllowedOverlaps = [("ListThings", "GetThing")] }, typeof(ListsThings), typeof(GetsThing));

        Assert.Equal("thing list", await TextAsync("things/list"));
    }

    [Fact]
    public async Task The_method_is_a_part_of_the_match()
    {
        await StartAsync(typeof(GetsThing), typeof(PostsThing));

        Assert.Equal("thing 1", await TextAsync("things/1"));
        using var answer = await Client.PostAsync(At("things/1"), new StringContent("body"));
        Assert.Equal("1: body", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task A_wrong_method_is_an_empty_404(string method)
    {
        await StartAsync(typeof(GetsThing));
        using var request = new HttpRequestMessage(new HttpMethod(method), At("things/1"));
        using var answer = await Client.SendAsync(request);

        await AssertEmpty404Async(answer);
        Assert.Empty(answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task An_unknown_path_is_an_empty_404()
    {
        await StartAsync(typeof(GetsThing));
        using var answer = await Client.GetAsync(At("nothing"));

        await AssertEmpty404Async(answer);
    }

    [Theory]
    [InlineData("THINGS/aB", "thing aB")]
    [InlineData("things/a/", "thing a")]
    [InlineData("things/a%20b", "thing a b")]
    [InlineData("things/a+b", "thing a+b")]
    [InlineData("things/a%3Fb%23%25", "thing a?b#%")]
    [InlineData("things/%C3%A9", "thing é")]
    [InlineData("things/a%252Fb", "thing a%2Fb")]
    [InlineData("things/a%2Fb", "thing a%2Fb")]
    [InlineData("things/%2541", "thing %41")]
    [InlineData("other/../things/a", "thing a")]
    public async Task A_route_value_keeps_its_case_and_is_decoded_once(string path, string expected)
    {
        await StartAsync(typeof(GetsThing));

        Assert.EndsWith($"\r\n\r\n{expected}", await RawAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("things/a//")]
    [InlineData("things//a")]
    [InlineData("/things/a")]
    public async Task An_empty_segment_is_an_empty_404(string path)
    {
        await StartAsync(typeof(GetsThing));
        var answer = await RawAsync(path);

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("constrained/12", "number 12")]
    [InlineData("constrained/ab", "letters ab")]
    [InlineData("pattern/AB1", "AB1")]
    public async Task A_constraint_decides_between_functions_and_a_pattern_ignores_case(string path, string expected)
    {
        await StartAsync(typeof(Constrained));

        Assert.Equal(expected, await TextAsync(path));
    }

    [Fact]
    public async Task A_failing_constraint_is_no_match()
    {
        await StartAsync(typeof(Constrained));
        using var answer = await Client.GetAsync(At("constrained/a1"));

        await AssertEmpty404Async(answer);
    }

    [Fact]
    public async Task Without_a_route_the_functions_name_is_the_route_below_the_prefix()
    {
        await StartAsync(options => options with { HostJson = new HostJson() }, typeof(GetsThing), typeof(WithoutRoute));

        Assert.Equal("thing 1", await TextAsync("api/things/1"));
        Assert.Equal("named", await TextAsync("api/withoutroute"));
    }

    [Fact]
    public async Task The_root_shows_the_hosts_page()
    {
        await StartAsync(typeof(GetsThing));
        using var answer = await Client.PostAsync(At(""), content: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_setting_turns_the_hosts_page_off()
    {
        await StartAsync(options => options.With("AzureWebJobsDisableHomepage", "true"), typeof(GetsThing));
        using var answer = await Client.GetAsync(At(""));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task A_function_at_the_root_wins_over_the_hosts_page()
    {
        await StartAsync(typeof(AtTheRoot));

        Assert.Equal("root", await TextAsync(""));
    }

    [Fact]
    public async Task A_catch_all_gets_unknown_paths_wrong_methods_and_the_root()
    {
        await StartAsync(typeof(CatchesAll), typeof(GetsThing));
        using var wrongMethod = await Client.DeleteAsync(At("things/1"));
        using var unknown = await Client.GetAsync(At("a/b"));
        using var root = await Client.GetAsync(At(""));

        Assert.Equal("caught DELETE things/1", await wrongMethod.Content.ReadAsStringAsync());
        Assert.Equal("caught GET a/b", await unknown.Content.ReadAsStringAsync());
        Assert.Equal("caught GET ", await root.Content.ReadAsStringAsync());
        Assert.Equal("thing 1", await TextAsync("things/1"));
    }

    [Fact]
    public async Task Every_preflight_ends_before_the_functions_without_cors_headers()
    {
        await StartAsync(typeof(TakesEveryMethod));
        using var preflight = new HttpRequestMessage(HttpMethod.Options, At("every"));
        preflight.Headers.Add("Origin", "https://example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await Client.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(journal.Entries);

        using var other = new HttpRequestMessage(HttpMethod.Options, At("every"));
        using var passed = await Client.SendAsync(other);
        Assert.Equal("OPTIONS", await passed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_unhandled_exception_is_an_empty_500_and_a_line_in_the_log()
    {
        await StartAsync(typeof(Throws));
        using var answer = await Client.GetAsync(At("throws"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.False(answer.Headers.Contains("X-Half"));
        Assert.True(log.Has("Function Throws failed: the caller gets an empty 500, as in Azure The sample fails."));
    }

    [Fact]
    public async Task A_null_result_is_an_empty_200()
    {
        await StartAsync(typeof(AnswersNull));
        using var answer = await Client.GetAsync(At("null"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_chunked_body_arrives()
    {
        await StartAsync(typeof(PostsThing));
        using var request = new HttpRequestMessage(HttpMethod.Post, At("things/1")) { Content = new StringContent("chunks") };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await Client.SendAsync(request);

        Assert.Equal("1: chunks", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_client_says_of_where_it_comes_from_is_not_believed()
    {
        await StartAsync(typeof(ShowsRequest));
        using var request = new HttpRequestMessage(HttpMethod.Get, At("request"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7:4321");
        request.Headers.Add("X-Forwarded-Host", "paysg.azurewebsites.net");
        using var answer = await Client.SendAsync(request);
        var seen = await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>();

        Assert.Equal(("http", host.BaseAddress.Authority, "127.0.0.1", ""), (seen!["scheme"], seen["host"], seen["address"], seen["forwarded"]));
    }

    [Fact]
    public async Task The_function_writes_to_the_requests_own_context()
    {
        await StartAsync(typeof(ShowsRequest));
        using var answer = await Client.GetAsync(At("request"));

        Assert.Equal(2, answer.Headers.GetValues("Set-Cookie").Count());
    }

    [Fact]
    public async Task The_token_fires_when_the_client_leaves()
    {
        await StartAsync(typeof(Waits));
        using var leave = new CancellationTokenSource();
        var request = Client.GetAsync(At("waits"), leave.Token);
        await Eventually.TrueAsync(() => journal.Running == 1);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Eventually.TrueAsync(() => journal.Entries.Contains("cancelled"));
    }

    [Fact]
    public async Task A_stop_waits_for_the_request_under_way()
    {
        await StartAsync(typeof(Waits));
        var request = Client.GetStringAsync(At("waits"));
        await Eventually.TrueAsync(() => journal.Running == 1);

        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        journal.Gate.SetResult();

        Assert.Equal("waited", await request);
        await stop;
    }

    [Fact]
    public async Task Each_call_has_its_own_scope_and_function_object_and_the_object_is_not_disposed()
    {
        await StartAsync(options => options with { ConfigureServices = (services, _) => services.AddSingleton(journal).AddScoped<ScopedThing>().AddSingleton(new ShowsObjects(journal, new ScopedThing(journal))) }, typeof(ShowsObjects));
        await TextAsync("objects");
        await TextAsync("objects");

        Assert.Equal(2, journal.Objects.Distinct().Count());
        Assert.Equal(2, journal.Objects.Cast<ShowsObjects>().Select(function => function.Scoped).Distinct().Count());
        await Eventually.TrueAsync(() => journal.Entries.Count(entry => string.Equals(entry, "scope disposed", StringComparison.Ordinal)) == 2);
        Assert.Equal(2, journal.Entries.Count(entry => string.Equals(entry, "same scope", StringComparison.Ordinal)));
        Assert.DoesNotContain("function disposed", journal.Entries);
    }

    [Theory]
    [InlineData("AzureWebJobs.GetThing.Disabled", "1")]
    [InlineData("AzureWebJobs_GetThing_Disabled", "true")]
    public async Task A_disabled_function_keeps_its_route_and_answers_404(string setting, string value)
    {
        await StartAsync(options => options.With(setting, value), typeof(GetsThing), typeof(CatchesAll));
        using var answer = await Client.GetAsync(At("things/1"));

        await AssertEmpty404Async(answer);
    }

    [Fact]
    public async Task Custom_headers_of_host_json_are_added_where_absent()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Own"] = "value", ["Content-Type"] = "other/type" };
        await StartAsync(options => options with { HostJson = Sample.HostJson with { CustomHeaders = headers } }, typeof(GetsThing));
        using var answer = await Client.GetAsync(At("things/1"));
        using var unknown = await Client.GetAsync(At("nothing"));

        Assert.Equal("value", answer.Headers.GetValues("X-Own").Single());
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("value", unknown.Headers.GetValues("X-Own").Single());
    }

    [Fact]
    public async Task Local_endpoints_answer_before_the_functions()
    {
        await StartAsync(
            options => options with { LocalEndpoints = endpoints => endpoints.MapGet("/sandbox/inbox", () => "inbox") },
            typeof(CatchesAll));

        Assert.Equal("inbox", await TextAsync("sandbox/inbox"));
        using var other = await Client.GetAsync(At("sandbox/other"));
        Assert.Equal("caught GET sandbox/other", await other.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_the_workers_limit_is_an_empty_500()
    {
        await StartAsync(typeof(PostsThing));

        var answer = await SendAsync("POST /things/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 30000001\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 500", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin/host/status")]
    [InlineData("ADMIN/functions")]
    [InlineData("runtime/webhooks/anything")]
    public async Task The_hosts_own_paths_ask_for_a_token(string path)
    {
        await StartAsync(typeof(CatchesAll));
        using var answer = await Client.GetAsync(At(path));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_function_that_outlives_function_timeout_is_cancelled_and_has_failed()
    {
        await StartAsync(options => options with { HostJson = Sample.HostJson with { FunctionTimeout = TimeSpan.FromMilliseconds(50) } }, typeof(Waits));
        using var answer = await Client.GetAsync(At("waits"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("cancelled", journal.Entries);
    }

    [Fact]
    public async Task Nothing_is_compressed_and_no_page_shows_an_exception()
    {
        await StartAsync(typeof(GetsThing), typeof(Throws));
        using var request = new HttpRequestMessage(HttpMethod.Get, At("things/1"));
        request.Headers.Add("Accept-Encoding", "gzip, br");
        using var answer = await Client.SendAsync(request);
        using var failed = await Client.GetAsync(At("throws"));

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(0, failed.Content.Headers.ContentLength);
    }

    private static async Task AssertEmpty404Async(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private Uri At(string path) => new(host.BaseAddress, path);

    private Task<string> TextAsync(string path) => Client.GetStringAsync(At(path));

    /// <summary>A GET whose path is not touched by a client on its way.</summary>
    private Task<string> RawAsync(string path) => SendAsync($"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task StartAsync(params Type[] functions) => StartAsync(options => options, functions);

    private async Task StartAsync(Func<LocalHostOptions, LocalHostOptions> change, params Type[] functions) =>
        host = await change(Sample.Options(functions).With(journal) with { LoggerFactory = log.AsFactory() }).StartAsync();
}
