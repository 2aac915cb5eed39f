using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_tells_its_story
{
    private static readonly IReadOnlyList<string> Types = [.. EventTypes.Subscribable.Where(type => type.StartsWith("payment.", StringComparison.Ordinal))];

    [Fact]
    public async Task Should_show_every_type_of_event_with_its_deliveries()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "view");
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("*"));
        var payments = new List<string> { await RefundedInVainAsync(app) };
        foreach (var type in Types)
            payments.Add((await app.Client.PostAsync($"/sandbox/events/{type}", "")).Expect(HttpStatusCode.OK)["payment_id"]!);

        // The mail is sent behind the call.
        IReadOnlyList<WebhookEvent> events = [];
        await LocalHost.Eventually.TrueAsync(async () =>
        {
            events = [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "e:")).Select(EventRows.Read)];
            return Types.All(type => events.Any(found => found.Type == type));
        });
        await LocalHost.Eventually.TrueAsync(async () =>
            (await app.Client.GetAsync($"{ApiClient.DeliveriesPath(endpoint)}?limit=100&status=delivered")).Expect(HttpStatusCode.OK).Json.GetProperty("data").GetArrayLength() == events.Count);

        foreach (var payment in payments)
        {
            var told = PageText.Of((await officer.OpenAsync(OfficerClient.PathOf(payment))).Split("What happened")[1]);
            var own = events.Where(found => EventSubject.PaymentOf(found) == payment).ToList();
            Assert.All(own, found => Assert.Contains($"Event {found.Type} {found.Id}", told, StringComparison.Ordinal));
            Assert.Equal(own.Count, Regex.Count(told, "Webhook to 127\\.0\\.0\\.1:[0-9]+: delivered, 1 attempt 204", RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        var first = PageText.Of(await officer.OpenAsync(OfficerClient.PathOf(payments[0])));
        Assert.Matches("Refund of S\\$11\\.30 asked for .* Refunded S\\$11\\.30 .* Event payment\\.refunded .* The refund of S\\$11\\.30 came back .* Event payment\\.refund_failed", first);
    }

    /// <summary>A payment whose refund succeeded, and failed a while later.</summary>
    private static async Task<string> RefundedInVainAsync(PaySgApp app)
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().Of(1130));
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(id, 1130)).Expect(HttpStatusCode.OK);
        var payment = (await app.Services.GetRequiredService<PaymentStore>().GetAsync(ApiClient.ServiceId, id, CancellationToken.None)).Payment;
        await app.Services.GetRequiredService<IChargeFacts>().TakeRefundAsync(payment.AttemptKey(payment.PaidByAttemptId!), account: null, payment.Refunds[0].Id, static _ => RefundOutcome.Refused("lost_or_stolen_card"));
        return id;
    }
}
