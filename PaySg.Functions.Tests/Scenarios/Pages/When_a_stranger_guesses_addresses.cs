using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>What somebody learns who knows, or guesses, the <c>reff_no</c> of a link that is meant for one payer.</summary>
public sealed class When_a_stranger_guesses_addresses : IAsyncLifetime, IDisposable
{
    private static readonly string[] OfThePayer = ["Rahma", "0812345678", "private.example"];

    private readonly SteadyClock clock = new();
    private readonly ConcurrentQueue<string> measured = new();
    private readonly MeterListener listener = new();
    private PaySgApp app = null!;
    private LinkPageClient pages = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        pages = new LinkPageClient(app.BaseAddress);
        var metrics = app.Services.GetRequiredService<PageMetrics>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == PageMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, metrics))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured.Enqueue($"{instrument.Name} {tags[0].Value}"));
        listener.Start();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose()
    {
        listener.Dispose();
        pages.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_show_nothing_of_the_payer_who_is_meant_on_any_page(bool asksWhoPays)
    {
        var link = await LinkForOneAsync(asksWhoPays);
        var queries = PaymentLinkMethods.All.Select(method => $"?step=details&method={method.Code}")
            .Concat(["", "?step=method", "?step=details", "?step=details&method=NOTHING", "?attempt=1", "?attempt=20260101000000000000000000000000", "?form=1", "?step=done"]);
        foreach (var query in queries)
            ShowsNothingOf(await pages.GetAsync(LinkPageClient.PathOf(link) + query));

        // A form that somebody else has sent, with and without mistakes, and what comes of it.
        var form = await pages.FormAsync(link, "NICEPAY_CARD", "4000000000000002");
        ShowsNothingOf(await pages.SubmitAsync(link, form));
        foreach (var (field, value) in new[] { ("method", "NOTHING"), ("form", "old"), ("customer_email", "x"), ("card_number", "1"), ("action", "nothing") })
            ShowsNothingOf(await pages.SubmitAsync(link, new Dictionary<string, string>(form) { [field] = value }));
        ShowsNothingOf(await pages.SubmitAsync(link, LinkPageClient.Act("look", "20260101000000000000000000000000")));

        // A stranger's own attempt, its receipt, and the link when it is used up.
        var own = LinkPageClient.Customer();
        own["customer_name"] = "Budi";
        own["customer_email"] = "budi@example.com";
        own["customer_phone"] = "0899999999";
        var begun = PageText.Hidden(await pages.FollowAsync(link, await pages.FormAsync(link, "QRIS", typed: own)), "attempt");
        ShowsNothingOf(await pages.SubmitAsync(link, LinkPageClient.Act("settle", begun, "failed")));
        ShowsNothingOf(await pages.GetAsync(LinkPageClient.PathOf(link) + LinkPageClient.AttemptOf(begun)));
        ShowsNothingOf(await app.Client.AttemptAsync(link, customer: """{"name":"Budi","email":"budi@example.com","phone":"0899999999"}"""));
        foreach (var attempt in await app.AttemptsAsync(link))
            ShowsNothingOf(await pages.GetAsync(LinkPageClient.PathOf(link) + LinkPageClient.AttemptOf(attempt.ReffNo)));
        ShowsNothingOf(await pages.GetAsync(LinkPageClient.PathOf(link)));
        ShowsNothingOf(await app.Client.AttemptAsync(link));
    }

    [Fact]
    public async Task Should_leave_the_published_form_of_the_url_and_tell_the_merchant_who_is_meant()
    {
        var link = await LinkForOneAsync(asksWhoPays: true);

        var shown = (await app.Singapay.GetAsync($"/api/v2.0/payment-link/{link.Id}")).Expect(HttpStatusCode.OK).Data();

        Assert.EndsWith($"/b2b/{link.ReffNo}", shown.GetProperty("payment_url").GetString(), StringComparison.Ordinal);
        Assert.Equal("siti.rahma@private.example", shown.GetProperty("customer_email").GetString());
    }

    [Fact]
    public async Task Should_refuse_guesses_beyond_the_limit_of_an_instance_and_go_on_serving_payers()
    {
        var link = await LinkForOneAsync(asksWhoPays: false);
        for (var i = 0; i < GuessLimits.UnknownPerInstance; i++)
            (await pages.GetAsync($"/b2b/INV-{i}")).Expect(HttpStatusCode.NotFound);
        app.HttpTraffic.Forget();

        foreach (var refused in await EachUnknownAsync())
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
            Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        }

        Assert.Equal("Please try again in a moment", PageText.Heading((await pages.GetAsync("/b2b/INV-7")).Body));
        await pages.OpenAsync(link);
        var receipt = await pages.FollowAsync(link, await pages.FormAsync(link, "NICEPAY_CARD"));
        Assert.Contains("paid", PageText.Heading(receipt), StringComparison.Ordinal);
        Assert.Equal(GuessLimits.UnknownPerInstance, measured.Count(line => line == $"{PageMetrics.Unknown} not_found"));
        Assert.Equal(9, measured.Count(line => line == $"{PageMetrics.Unknown} refused"));
        clock.Advance(TimeSpan.FromMinutes(1));
        (await pages.GetAsync("/b2b/INV-7")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_slow_down_a_client_whose_address_is_told_and_nobody_else()
    {
        var link = await LinkForOneAsync(asksWhoPays: false);
        var attempt = await pages.BegunAsync(link);
        pages.Headers["CLIENT-IP"] = "203.0.113.7:50123";
        for (var i = 0; i < GuessLimits.UnknownPerClient; i++)
            (await pages.GetAsync($"/b2b/INV-{i}")).Expect(HttpStatusCode.NotFound);
        (await pages.GetAsync("/b2b/INV-7")).Expect(HttpStatusCode.TooManyRequests);

        // Payers behind the same address get through, as long as what is found is not all asked for.
        for (var i = 0; i < GuessLimits.KnownPerGuesser; i++)
            await pages.OpenAsync(link);
        (await pages.GetAsync(LinkPageClient.PathOf(link))).Expect(HttpStatusCode.TooManyRequests);
        app.HttpTraffic.Forget();
        (await pages.GetAsync("/b2b/INV-7")).Expect(HttpStatusCode.TooManyRequests);
        Assert.Empty(app.HttpTraffic.Requests);
        await pages.OpenAsync(link, LinkPageClient.AttemptOf(attempt));

        pages.Headers["CLIENT-IP"] = "203.0.113.8:50123";
        (await pages.GetAsync("/b2b/INV-7")).Expect(HttpStatusCode.NotFound);
        pages.Headers["CLIENT-IP"] = "203.0.113.7:50124";
        clock.Advance(TimeSpan.FromMinutes(1));
        await pages.OpenAsync(link);
    }

    [Fact]
    public async Task Should_count_forms_that_tell_whether_a_link_exists()
    {
        var link = await LinkForOneAsync(asksWhoPays: false);
        pages.Headers["CLIENT-IP"] = "203.0.113.9";
        for (var i = 0; i < GuessLimits.UnknownPerClient; i++)
            (await pages.GetAsync($"/b2b/INV-{i}")).Expect(HttpStatusCode.NotFound);

        for (var i = 0; i < GuessLimits.KnownPerGuesser; i++)
            (await pages.SubmitAsync(link, new Dictionary<string, string> { ["action"] = "pay", ["method"] = "NOTHING" })).Expect(HttpStatusCode.BadRequest);

        (await pages.SubmitAsync(link, await FormAsync(link))).Expect(HttpStatusCode.TooManyRequests);
        Assert.Empty(await app.AttemptsAsync(link));
    }

    private static void ShowsNothingOf(Answer answer)
    {
        var all = new StringBuilder(answer.Body);
        foreach (var (name, value) in answer.Headers)
            all.Append(name).Append(": ").Append(value).Append('\n');
        Assert.All(OfThePayer, text => Assert.DoesNotContain(text, all.ToString(), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Set-Cookie", answer.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A form that another client was shown.</summary>
    private async Task<IDictionary<string, string>> FormAsync(PaymentLink link)
    {
        using var other = new LinkPageClient(app.BaseAddress);
        return await other.FormAsync(link);
    }

    /// <summary>Each public call about something that does not exist.</summary>
    private async Task<IReadOnlyList<Answer>> EachUnknownAsync()
    {
        const string payment = "P00000000000000000000";
        using var payments = new PageClient(app.BaseAddress);
        return
        [
            await pages.GetAsync("/b2b/INV-1"),
            await pages.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/b2b/INV-1") { Content = new FormUrlEncodedContent(LinkPageClient.Act("look", "1")) }),
            await payments.GetAsync($"/payments/{payment}"),
            await payments.SubmitAsync(payment, PageClient.PayNow()),
            await app.Client.GetAsync($"/v1/public/payments/{payment}-qr.png", apiKey: null),
            await app.Client.PayAsync(payment),
            await app.Client.SettleAsync("att_01234567-89ab-7def-8123-456789abcdef"),
            await app.Client.PostAsync("/sandbox/payment-links/INV-1/attempts", """{"payment_method":"QRIS","outcome":"pending"}""", apiKey: null),
        ];
    }

    private Task<PaymentLink> LinkForOneAsync(bool asksWhoPays) => app.AddLinkAsync(A.PaymentLink().MaxUsage(1).With(terms => terms with
    {
        RequiredCustomerDetail = asksWhoPays,
        CustomerName = "Siti Rahma",
        CustomerEmail = "siti.rahma@private.example",
        CustomerPhone = "0812345678",
    }));
}
