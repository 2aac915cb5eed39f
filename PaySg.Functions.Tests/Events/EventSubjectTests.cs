using System.Diagnostics;
using System.Text;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Diagnostics;

namespace PaySg.Functions.Tests.Events;

public sealed class EventSubjectTests
{
    [Theory]
    [InlineData("payment.created", """{"data":{"object":{"id":"p1"}}}""", TraceTag.PaymentId, "p1")]
    [InlineData("payment-link-transaction", """{"data":{"transaction":{"reff_no":"n1"},"payment":{"additional_info":{"payment_link":{"id":47}}}}}""", TraceTag.PaymentLinkId, "47")]
    [InlineData("payment-link-transaction", """{"data":{"transaction":{"reff_no":"n1"}}}""", TraceTag.AttemptId, "n1")]
    [InlineData("payment-link-transaction", """{"data":{"transaction":{"reff_no":"n1"}}}""", TraceTag.PaymentLinkId, null)]
    [InlineData("webhook.test", """{"data":{"object":{"id":"p1"}}}""", TraceTag.PaymentId, null)]
    [InlineData("payment.created", """{"data":[]}""", TraceTag.PaymentId, null)]
    [InlineData("payment.created", """{"data":{"object":{"id":{}}}}""", TraceTag.PaymentId, null)]
    [InlineData("payment.created", "[]", TraceTag.PaymentId, null)]
    [InlineData("payment.created", "no JSON", TraceTag.PaymentId, null)]
    public void An_event_says_what_it_is_about_as_far_as_its_body_does(string type, string body, string tag, string? expected)
    {
        using var step = new Activity("step").Start();

        EventSubject.Tell(new WebhookEvent("evt_1", type, "owner", DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(body)));

        Assert.Equal(("evt_1", expected), (step.GetTagItem(TraceTag.EventId), step.GetTagItem(tag)));
    }
}
