namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// Work that a transaction leaves behind, in the partition of its owner: <c>o:{milliseconds due}:{kind}:{subject}</c>. It is deleted when
/// the work is done; what is more than 30 s late is found by the sweeper.
/// </summary>
/// <param name="DueAt">When the work is due. Most is due at once: then it is the time of the transaction.</param>
/// <param name="Kind">One of <see cref="OutboxKind"/>.</param>
/// <param name="Subject">What it is about: an event's id, <c>{payment}.{attempt}</c>, <c>{payment}.{mail}.{attempt number}</c>, the id of a payment or a batch, or the number of an attempt on a link.</param>
internal sealed record OutboxRow(string OwnerId, DateTimeOffset DueAt, string Kind, string Subject)
{
    /// <summary>What all row keys of the outbox begin with.</summary>
    public const string Prefix = "o:";

    public string RowKey => $"{Prefix}{RowKeys.Milliseconds(DueAt)}:{Kind}:{Subject}";

    /// <summary>The row, with the trace of the request that writes it.</summary>
    public TableEntity ToEntity()
    {
        var row = new TableEntity(OwnerId, RowKey);
        if (Tracing.Current is { } traceParent)
            row[Tracing.TraceParent] = traceParent;

        return row;
    }

    /// <summary>Tells the trace what the work is about.</summary>
    public void TellTrace()
    {
        Tracing.Tell(OwnerIds.KindOf(OwnerId) == OwnerKind.Account ? TraceTag.AccountId : TraceTag.PaymentServiceId, OwnerId);
        var part = Subject.Split('.');
        switch (Kind)
        {
            case OutboxKind.Event or OutboxKind.EndpointDisabled:
                Tracing.Tell(TraceTag.EventId, Subject);
                break;
            case OutboxKind.Charge or OutboxKind.PendingCharge or OutboxKind.LateCharge:
                Tracing.Tell(TraceTag.PaymentId, part[0]);
                Tracing.Tell(TraceTag.AttemptId, part[1]);
                break;
            case OutboxKind.Refund or OutboxKind.PendingRefund:
                Tracing.Tell(TraceTag.PaymentId, part[0]);
                Tracing.Tell(TraceTag.RefundId, part[^1]);
                break;
            case OutboxKind.Mail or OutboxKind.Redaction:
                Tracing.Tell(TraceTag.PaymentId, part[0]);
                break;
            case OutboxKind.LinkCharge or OutboxKind.LinkLateCharge or OutboxKind.LinkRedaction:
                Tracing.Tell(TraceTag.AttemptId, part[0]);
                break;
            case OutboxKind.EndpointDeleted or OutboxKind.Recovery:
                Tracing.Tell(TraceTag.EndpointId, part[0]);
                break;
        }
    }

    /// <summary>The work that a deleted endpoint leaves, due at a time.</summary>
    public static OutboxRow OfDeletedEndpoint(string ownerId, DateTimeOffset due, string endpointId, DateTimeOffset deletedAt) =>
        new(ownerId, due, OutboxKind.EndpointDeleted, OutboxSubject.Of(endpointId, RowKeys.Milliseconds(deletedAt)));

    /// <summary>Reads a row key; null where it is not one of the outbox.</summary>
    public static OutboxRow? Parse(string ownerId, string rowKey)
    {
        if (!rowKey.StartsWith(Prefix, StringComparison.Ordinal))
            return null;

        var parts = rowKey.Split(':', 4);
        return parts.Length == 4 && parts[1].Length == RowKeys.MillisecondsLength
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? new OutboxRow(ownerId, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), parts[2], parts[3])
            : null;
    }
}
