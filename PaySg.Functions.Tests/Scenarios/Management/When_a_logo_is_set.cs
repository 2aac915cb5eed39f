using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Languages;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A logo is fetched once, when its address is set, and shown from our own origin.</summary>
public sealed class When_a_logo_is_set(ManagedAgencyApp managed) : IClassFixture<ManagedAgencyApp>, IAsyncLifetime
{
    private PictureServer agency = null!;
    private string service = "";

    private ManagementClient Management => managed.Management;

    private PageClient Pages => new(managed.App.BaseAddress);

    private string ServicePath => $"{ManagementClient.ServicesPath}/{service}";

    public async Task InitializeAsync()
    {
        agency = await PictureServer.StartAsync();
        service = await Management.CreatedServiceAsync("Licences");
    }

    public async Task DisposeAsync() => await agency.DisposeAsync();

    [Fact]
    public async Task Should_keep_the_picture_and_give_it_from_an_address_that_never_changes_what_it_is()
    {
        var picture = PictureServer.Png(96, 48);
        agency.Send(picture);

        var set = (await SetAsync()).Expect(HttpStatusCode.OK);
        var path = await PathAsync();

        Assert.Equal(agency.Url, set["logo_url"]);
        Assert.Matches($"^logos/{service}/[0-9a-f]{{32}}\\.png$", path);
        using var http = new HttpClient { BaseAddress = managed.App.BaseAddress };
        using var answer = await http.GetAsync(path);
        Assert.Equal(picture, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("max-age=31536000, public, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control").SelectMany(value => value.Split(", ")).OrderBy(value => value is "immutable").ThenBy(value => value)));
        Assert.Equal(("nosniff", "default-src 'none'"), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.Equal(1, agency.Fetches);

        // Another picture has another address, and the old one stays: receipts name it.
        agency.Send(PictureServer.Png(96, 48, shade: 1));
        (await SetAsync()).Expect(HttpStatusCode.OK);
        Assert.NotEqual(path, await PathAsync());
        Assert.Equal(HttpStatusCode.OK, (await Pages.GetAsync("/" + path)).Status);
    }

    [Fact]
    public async Task Should_be_shown_on_pages_and_in_mails_from_our_own_origin_and_stay_on_a_receipt()
    {
        agency.Send(PictureServer.PngOf(32 * 1024));
        (await SetAsync()).Expect(HttpStatusCode.OK);
        var path = await PathAsync();
        var key = (await Management.IssuedKeyAsync(service, "\"view\",\"billing\"")).Secret;
        var id = (await managed.App.Client.PostAsync($"/v1/payment-services/{service}/payments", A.Payment().ToString(), key)).Expect(HttpStatusCode.Created)["id"]!;
        var shown = $"<p class=\"payee\"><img src=\"/{path}\" alt=\"\">Licences</p>";

        var page = await Pages.GetAsync(PageClient.PathOf(id));
        Assert.Contains(shown, page.Body, StringComparison.Ordinal);
        Assert.Contains("img-src 'self';", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain(agency.Url, page.Body, StringComparison.Ordinal);
        await CheckCostAsync(PageClient.PathOf(id), Language.OfPayments, trips: 1);

        // What the payer saw stays, whatever is set later: nothing remembers the payment service from here on.
        Assert.Contains(shown, await Pages.FollowAsync(id, PageClient.Card()), StringComparison.Ordinal);
        (await Management.PatchAsync(ServicePath, """{"logo_url":null}""")).Expect(HttpStatusCode.OK);
        Assert.Contains(shown, await Pages.OpenAsync(id), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Pages.GetAsync("/" + path)).Status);

        // A document to keep loads nothing.
        using var reader = new PageClient(managed.App.BaseAddress);
        (reader.Headers["x-api-key"], reader.Headers["Accept"]) = (key, "text/html");
        Assert.DoesNotContain("<img", (await reader.GetAsync($"/v1/payment-services/{service}/payments/{id}/receipt")).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_fetched_when_a_payment_service_is_created_too_and_be_cleared_by_null()
    {
        var created = (await Management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"n","logo_url":"{{agency.Url}}"}""")).Expect(HttpStatusCode.Created);
        service = created["id"]!;
        Assert.StartsWith($"logos/{service}/", await PathAsync(), StringComparison.Ordinal);

        (await Management.PatchAsync(ServicePath, """{"agency_name":"Another"}""")).Expect(HttpStatusCode.OK);
        Assert.NotNull(await PathAsync());
        Assert.Equal(1, agency.Fetches);

        (await Management.PatchAsync(ServicePath, """{"logo_url":null}""")).Expect(HttpStatusCode.OK);
        Assert.Null(await PathAsync());
    }

    [Fact]
    public async Task Should_be_shown_on_the_pages_of_an_account_that_has_one()
    {
        agency.Send(PictureServer.PngOf(32 * 1024));
        var body = $$"""{"name":"Toko Budi","email":"budi@example.com","phone":"08123993201","logo_url":"{{agency.Url}}"}""";
        var account = (await Management.PostAsync(ManagementClient.AccountsPath, body, "key")).Expect(HttpStatusCode.Created);
        Assert.Equal(account.Body, (await Management.PostAsync(ManagementClient.AccountsPath, body, "key")).Expect(HttpStatusCode.Created).Body);
        Assert.Equal((agency.Url, 1), (account["logo_url"], agency.Fetches));
        var link = await managed.App.AddLinkAsync(accountId: account["id"]!);

        var page = (await Pages.GetAsync(LinkPageClient.PathOf(link))).Expect(HttpStatusCode.OK).Body;
        Assert.Matches($"<p class=\"payee\"><img src=\"/logos/{account["id"]}/[0-9a-f]{{32}}\\.png\" alt=\"\">Toko Budi</p>", page);
        await CheckCostAsync(LinkPageClient.PathOf(link), Language.OfLinks, trips: 2);

        // A bad picture changes nothing, and null takes the logo away.
        var path = $"{ManagementClient.AccountsPath}/{account["id"]}";
        agency.Send([1, 2, 3]);
        Assert.Equal(["logo_url"], (await Management.PatchAsync(path, $$"""{"name":"Other","logo_url":"{{agency.Url}}"}""")).Expect(HttpStatusCode.BadRequest).ErrorFields);
        Assert.Equal((agency.Url, "Toko Budi"), ((await Management.GetAsync(path))["logo_url"], (await Management.GetAsync(path))["name"]));
        Assert.Equal(["logo_url"], (await Management.PatchAsync(path, """{"logo_url":"https://10.0.0.1/logo.svg"}""")).Expect(HttpStatusCode.BadRequest).ErrorFields);
        (await Management.PatchAsync(path, """{"phone":"1"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(agency.Url, (await Management.GetAsync(path))["logo_url"]);
        Assert.Null((await Management.PatchAsync(path, """{"logo_url":null}""")).Expect(HttpStatusCode.OK)["logo_url"]);
        Assert.DoesNotContain("<img", (await Pages.GetAsync(LinkPageClient.PathOf(link))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_fetched_once_for_a_call_that_is_repeated_with_its_key()
    {
        var body = $$"""{"logo_url":"{{agency.Url}}"}""";
        var first = (await Management.PatchAsync(ServicePath, body, "key")).Expect(HttpStatusCode.OK);
        agency.Responds = static context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        Assert.Equal(first.Body, (await Management.PatchAsync(ServicePath, body, "key")).Expect(HttpStatusCode.OK).Body);
        Assert.Equal(1, agency.Fetches);
    }

    [Theory]
    [InlineData("text", "must lead to a PNG, JPEG or WebP picture. What is there is none of these, or is not whole.")]
    [InlineData("empty", "must lead to a PNG, JPEG or WebP picture. What is there is none of these, or is not whole.")]
    [InlineData("gif", "must lead to a PNG, JPEG or WebP picture. What is there is none of these, or is not whole.")]
    [InlineData("half", "must lead to a PNG, JPEG or WebP picture. What is there is none of these, or is not whole.")]
    [InlineData("svg", "must lead to a PNG, JPEG or WebP picture. SVG is not accepted, because it can hold script. Save it as PNG.")]
    [InlineData("heavy", "must lead to a picture of at most 32 KiB. This one is larger.")]
    [InlineData("endless", "must lead to a picture of at most 32 KiB. This one is larger.")]
    [InlineData("wide", "must lead to a picture of at most 1024 × 1024 pixels. This one has 1025 × 2.")]
    [InlineData("high", "must lead to a picture of at most 1024 × 1024 pixels. This one has 2 × 1025.")]
    [InlineData("missing", "could not be fetched: the host answered with status 404.")]
    [InlineData("redirect", "must lead to the picture itself. This address redirects to another one.")]
    [InlineData("broken", "could not be fetched: the host could not be reached, or did not answer within 10 seconds.")]
    public async Task Should_be_refused_with_a_clear_error_and_change_nothing(string what, string message)
    {
        (await SetAsync()).Expect(HttpStatusCode.OK);
        var before = (await Management.GetAsync(ServicePath)).Body;
        var path = await PathAsync();
        var pictures = (await PicturesAsync()).Count;
        agency.Responds = Bad(what);

        var refused = (await SetAsync()).Expect(HttpStatusCode.BadRequest);

        Assert.Equal(["logo_url"], refused.ErrorFields);
        Assert.Contains(message, refused.Json.GetProperty("error").GetProperty("data").GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((before, path, pictures), ((await Management.GetAsync(ServicePath)).Body, await PathAsync(), (await PicturesAsync()).Count));

        var services = (await StoredRows.OfAsync(managed.App.Connection, "paysgaccess", "payment_service_")).Count;
        (await Management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"n","logo_url":"{{agency.Url}}"}""")).Expect(HttpStatusCode.BadRequest);
        Assert.Equal(services, (await StoredRows.OfAsync(managed.App.Connection, "paysgaccess", "payment_service_")).Count);
    }

    [Theory]
    [InlineData(32 * 1024)]
    [InlineData(200)]
    public async Task Should_be_taken_up_to_the_limit(int bytes)
    {
        agency.Send(PictureServer.PngOf(bytes));

        (await SetAsync()).Expect(HttpStatusCode.OK);

        using var http = new HttpClient { BaseAddress = managed.App.BaseAddress };
        Assert.Equal(bytes, (await http.GetByteArrayAsync(await PathAsync())).Length);
    }

    [Fact]
    public async Task Should_not_be_fetched_from_a_private_address()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__Webhooks__AllowedNetworks"] = "" });
        var management = new ManagementClient(app.BaseAddress);
        foreach (var url in (string[])[agency.Url, agency.Url.Replace("http:", "https:", StringComparison.Ordinal), "https://10.0.0.1/logo.png", "https://169.254.169.254/logo.png", "https://[::1]/logo.png"])
        {
            var refused = (await management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"n","logo_url":"{{url}}"}""")).Expect(HttpStatusCode.BadRequest);
            Assert.Contains("must be an absolute HTTPS URL on a public host", refused.Body, StringComparison.Ordinal);
            Assert.Contains("such as https://www.agency.gov.sg/logo.png", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(0, agency.Fetches);
    }

    [Fact]
    public async Task Should_be_not_found_under_any_other_name()
    {
        (await SetAsync()).Expect(HttpStatusCode.OK);
        var path = "/" + await PathAsync();
        string[] others =
        [
            path.Replace(".png", ".jpg", StringComparison.Ordinal), path.Replace(".png", "", StringComparison.Ordinal), path + "x", $"/logos/{service}/key", $"/logos/owners/{path[^36..]}",
            $"/logos/{service}/0123456789abcdef0123456789abcdef.png", "/logos/x/y",
        ];

        foreach (var other in others)
            Assert.Equal("text/html; charset=utf-8", (await Pages.GetAsync(other)).Expect(HttpStatusCode.NotFound).Headers["Content-Type"]);
    }

    /// <summary>Checks, with masthead and the largest logo, what a page weighs with all that it loads, compressed, and how often it asks storage.</summary>
    private async Task CheckCostAsync(string path, IReadOnlyList<Language> languages, int trips)
    {
        foreach (var language in languages)
        {
            managed.App.HttpTraffic.Forget();
            var page = (await Pages.GetAsync($"{path}?lang={language.Tag}")).Expect(HttpStatusCode.OK).Body;

            // Who is paid was read a moment ago, and is remembered.
            Assert.Equal(trips, managed.App.HttpTraffic.TableRequests.Count(request => !request.Url.AbsolutePath.Contains("access", StringComparison.Ordinal)));
            Assert.Contains("class=\"masthead\"", page, StringComparison.Ordinal);
            Assert.InRange(await PageWeight.OfAsync(managed.App.BaseAddress, page), 32 * 1024, PageWeight.Most);
        }
    }

    private static RequestDelegate Bad(string what) => async context =>
    {
        var body = context.Response.Body;
        switch (what)
        {
            case "text":
                await body.WriteAsync("This is no picture."u8.ToArray());
                break;
            case "gif":
                await body.WriteAsync(Encoding.Latin1.GetBytes("GIF89a\x01\x00\x01\x00\x80\x00\x00;"));
                break;
            case "half":
                await body.WriteAsync(PictureServer.Png(96, 48).AsMemory(0, 60));
                break;
            case "svg":
                context.Response.ContentType = "image/png";
                await body.WriteAsync("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray());
                break;
            case "heavy":
                await body.WriteAsync(PictureServer.PngOf((32 * 1024) + 1));
                break;
            case "endless":
                while (!context.RequestAborted.IsCancellationRequested)
                    await body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                break;
            case "wide":
                await body.WriteAsync(PictureServer.Png(1025, 2));
                break;
            case "high":
                await body.WriteAsync(PictureServer.Png(2, 1025));
                break;
            case "missing":
                context.Response.StatusCode = 404;
                break;
            case "redirect":
                context.Response.Redirect("http://169.254.169.254/logo.png");
                break;
            case "broken":
                context.Response.ContentLength = 1000;
                await body.WriteAsync(new byte[10]);
                context.Abort();
                break;
        }
    };

    private Task<Answer> SetAsync() => Management.PatchAsync(ServicePath, $$"""{"logo_url":"{{agency.Url}}"}""");

    /// <summary>Where pages and mails say the logo is.</summary>
    private async Task<string?> PathAsync() =>
        Assert.Single(await StoredRows.OfAsync(managed.App.Connection, "paysgaccess", service), row => row.PartitionKey == "owners").GetString("logo_path");

    private Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> PicturesAsync() => StoredRows.OfAsync(managed.App.Connection, "paysgaccess", "logo:");
}
