using PaySg.Functions.Dashboard.Developers;
using PaySg.Functions.Events;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// Finds the events of a payment and their deliveries without an index: an event's id begins with the millisecond of the change that it tells, and the payment says
/// when it changed. So each moment is a range that holds the few events of one millisecond.
/// </summary>
internal sealed class PaymentDeliveries(PaySgTables tables)
{
    /// <summary>How many moments are looked at, the newest: so many that most payments have fewer.</summary>
    public const int MostMoments = 12;

    /// <summary>How many endpoints are asked, the newest.</summary>
    public const int MostEndpoints = 5;

    /// <summary>How many events of one millisecond are read.</summary>
    private const int MostAtOnce = 100;

    /// <summary>The events as entries, each followed by its deliveries.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(Payment payment, IReadOnlyList<PaymentMail> mails, IReadOnlyList<WebhookEndpoint> endpoints, CancellationToken cancellationToken)
    {
        var moments = MomentsOf(payment, mails).ToList();
        var entries = await Task.WhenAll(moments.Take(MostMoments).Select(moment => ReadMomentAsync(payment, moment, endpoints, cancellationToken)));
        TimelineEntry[] older = moments.Count > MostMoments ? [new TimelineEntry(moments[MostMoments], "The events up to here are in the list of all events") { More = DeveloperPaths.Events }] : [];
        return [.. older, .. entries.SelectMany(static some => some)];
    }

    /// <summary>When events of the payment were written, the newest first.</summary>
    private static IEnumerable<DateTimeOffset> MomentsOf(Payment payment, IReadOnlyList<PaymentMail> mails)
    {
        IEnumerable<DateTimeOffset?> all =
        [
            payment.CreatedAt,
            payment.SucceededAt,
            payment.CancelledAt,
            payment.UpdatedAt,
            .. payment.Refunds.Where(refund => refund.Status != RefundStatus.Pending).SelectMany(refund => (DateTimeOffset?[])[refund.SucceededAt, refund.UpdatedAt]),
            .. mails.Where(mail => mail is { HasLink: true, State: MailState.Sent }).Select(mail => (DateTimeOffset?)mail.UpdatedAt),
            .. (payment.Disputes ?? []).SelectMany(dispute => (DateTimeOffset?[])[dispute.ToldAt, dispute.ClosedAt]),
        ];
        return all.OfType<DateTimeOffset>().Select(static time => time.ToUnixTimeMilliseconds()).Distinct().OrderDescending().Select(DateTimeOffset.FromUnixTimeMilliseconds);
    }

    private async Task<IReadOnlyList<TimelineEntry>> ReadMomentAsync(Payment payment, DateTimeOffset moment, IReadOnlyList<WebhookEndpoint> endpoints, CancellationToken cancellationToken)
    {
        var asked = endpoints.Take(MostEndpoints).ToList();
        var eventsRead = tables.Payments.FirstAsync(EventRows.RangeAt(payment.PaymentServiceId, moment), MostAtOnce, cancellationToken);
        var deliveriesRead = Task.WhenAll(asked.Select(endpoint =>
            tables.Deliveries.FirstAsync(DeliveryRows.RangeAt(endpoint.Id, moment), MostAtOnce, cancellationToken, DeliveryRows.WithoutBody)));
        await Task.WhenAll(eventsRead, deliveriesRead);
        var entries = new List<TimelineEntry>();
        foreach (var found in (await eventsRead).Select(EventRows.Read).Where(found => EventSubject.PaymentOf(found) == payment.Id))
        {
            entries.Add(new TimelineEntry(found.CreatedAt, $"Event {found.Type}", found.Id) { More = DeveloperPaths.Event(found.Id) });
            entries.AddRange(asked.Zip(await deliveriesRead).SelectMany(pair => pair.Second.Select(DeliveryRows.Read)
                .Where(delivery => delivery.Event.Id == found.Id)
                .Select(delivery => Of(pair.First, delivery))));
            if (endpoints.Count > asked.Count)
                entries.Add(new TimelineEntry(found.CreatedAt, $"{endpoints.Count - asked.Count} older endpoints are not shown here") { More = DeveloperPaths.Event(found.Id) });
        }

        return entries;
    }

    /// <summary>
    /// One delivery: at the time of its newest attempt, or of the event where there was none. Only the host is named: a URL may hold what whoever merely looks at
    /// payments must not know.
    /// </summary>
    private static TimelineEntry Of(WebhookEndpoint endpoint, WebhookDelivery delivery)
    {
        var answer = DeliveryWords.LastAnswer(delivery);
        var at = delivery.Attempts is [.., var last] ? last.AttemptedAt : delivery.Event.CreatedAt;
        return new TimelineEntry(at, $"Webhook to {new Uri(endpoint.Url).Authority}: {DeliveryWords.Name(delivery.State).ToLowerInvariant()}, {DeliveryWords.Attempts(delivery.AttemptCount)}", answer.Length > 0 ? answer : null)
        {
            More = DeveloperPaths.Delivery(endpoint.Id, delivery.Event.Id),
        };
    }
}
