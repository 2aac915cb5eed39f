using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>An API key is no means to fill a stranger's mailbox.</summary>
public sealed class When_mails_are_asked_for_too_often : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync()
    {
        // Far from midnight in Singapore, whatever the time is now.
        var now = TimeProvider.System.GetUtcNow();
        clock.Shift = now.Date.AddDays(1).AddHours(1) - now.UtcDateTime;
        app = await PaySgApp.StartAsync(
            settings: new Dictionary<string, string> { ["PaySg__RateLimit__MailsPerRecipientAndDay"] = "3" },
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_wait_for_a_minute_between_two_mails_of_a_payment()
    {
        var id = await PaymentAsync("payer@example.com");
        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);

        var refused = (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal("too_many_mails", refused.ErrorCode);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 60);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"));
        clock.Shift += TimeSpan.FromMinutes(1);
        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_not_store_the_refusal_under_the_idempotency_key_but_replay_what_was_taken()
    {
        var id = await PaymentAsync("payer@example.com");
        var path = $"{ApiClient.PaymentsPath}/{id}/send-email";
        (await app.Client.PostAsync(path, "{}", idempotencyKey: "first")).Expect(HttpStatusCode.OK);

        (await app.Client.PostAsync(path, "{}", idempotencyKey: "second")).Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("true", (await app.Client.PostAsync(path, "{}", idempotencyKey: "first")).Expect(HttpStatusCode.OK).Headers["Idempotent-Replayed"]);

        clock.Shift += TimeSpan.FromMinutes(1);
        Assert.DoesNotContain("Idempotent-Replayed", (await app.Client.PostAsync(path, "{}", idempotencyKey: "second")).Expect(HttpStatusCode.OK).Headers.Keys);
    }

    [Fact]
    public async Task Should_send_so_many_to_one_address_a_day_whatever_payment_and_spelling_and_store_no_address()
    {
        foreach (var address in (string[])["victim@example.com", "VICTIM@example.com", "victim+1@EXAMPLE.com"])
            (await app.Client.SendEmailAsync(await PaymentAsync(address))).Expect(HttpStatusCode.OK);

        var last = await PaymentAsync("victim+2@example.com");
        var refused = (await app.Client.SendEmailAsync(last)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal("too_many_mails", refused.ErrorCode);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 3600, 86400);
        (await app.Client.SendEmailAsync(await PaymentAsync("other@example.com"))).Expect(HttpStatusCode.OK);
        var counts = await StoredRows.OfAsync(app.Connection, "paysgpayments", "c:");
        Assert.Equal([1, 3], counts.Select(row => row.GetInt32("count")!.Value).Order());
        Assert.DoesNotContain(counts, row => row.RowKey.Contains("victim", StringComparison.OrdinalIgnoreCase));

        clock.Shift += TimeSpan.FromDays(1);
        (await app.Client.SendEmailAsync(last)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_cost_no_round_trip_more_for_the_first_mail_of_the_day()
    {
        var id = await PaymentAsync("payer@example.com");
        app.HttpTraffic.Forget();

        (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal([false, true], app.HttpTraffic.TableRequests.Select(request => request.IsTransaction));
        Assert.Single(app.HttpTraffic.QueueRequests);
    }

    [Fact]
    public async Task Should_let_receipts_over_the_limit_wait_for_the_next_day()
    {
        // One after the other: receipts are counted when they are sent, so those of one moment do not know of each other.
        foreach (var sent in Enumerable.Range(1, 4))
        {
            (await app.Client.PayAsync(await PaymentAsync("payer@example.com"))).Expect(HttpStatusCode.OK);
            await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count + app.Log.Of(5007).Count == sent);
        }

        Assert.Equal((3, 1), (app.Log.Of(5001).Count, app.Log.Of(5007).Count));

        var waiting = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:"), row => row.GetString("state") == "Pending");
        Assert.Equal("RecipientLimit", waiting.GetString("last_error"));
        var due = waiting.GetDateTimeOffset("due_at")!.Value.ToOffset(TimeSpan.FromHours(8));
        Assert.Equal((TimeSpan.Zero, 0), (due.TimeOfDay, waiting.GetInt32("attempt_count")));
    }

    [Fact]
    public async Task Should_hold_the_limit_where_many_are_asked_for_at_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PaymentAsync("payer@example.com")));

        var answers = await Task.WhenAll(ids.Select(id => app.Client.SendEmailAsync(id)));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    private Task<string> PaymentAsync(string address) => app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", address));
}
