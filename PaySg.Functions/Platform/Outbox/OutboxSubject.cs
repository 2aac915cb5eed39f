namespace PaySg.Functions.Platform.Outbox;

/// <summary>The subject of an outbox row about something that belongs to a payment: <c>{payment}.{part}</c>.</summary>
internal static class OutboxSubject
{
    /// <summary>Names a part of a payment.</summary>
    public static string Of(string paymentId, string partId) => $"{paymentId}.{partId}";

    public static (string PaymentId, string PartId) Parse(string subject)
    {
        var dot = subject.IndexOf('.', StringComparison.Ordinal);
        return (subject[..dot], subject[(dot + 1)..]);
    }
}
