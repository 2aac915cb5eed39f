namespace PaySg.Functions.Platform.Idempotency;

/// <summary>
/// The record of a keyed request, written in the same transaction as its effect. <c>k:{hash}</c> holds the fingerprint and the
/// answer; <c>x:{hour}:{hash}</c> lets a timer find old records by a range of keys.
/// </summary>
internal static class IdempotencyRecords
{
    private const string RecordPrefix = "k:";
    private const string ExpiryPrefix = "x:";
    private const string Document = "doc";
    private const string Fingerprint = "fingerprint";
    private const string Status = "status";

    /// <summary>The record's row key.</summary>
    public static string Key(IdempotentRequest request) => RecordPrefix + request.Hash;

    /// <summary>
    /// Adds the record of a decided request to the transaction of its effect. Added first it is the main row, so that the one read after a
    /// conflict tells our own first try, a replay and a misuse apart.
    /// </summary>
    public static EntityGroup InsertRecord(
        this EntityGroup group, IdempotentRequest request, string partitionKey, ApiAnswer answer, DateTimeOffset now)
    {
        return group.Insert(Record(request, partitionKey, answer)).Insert(Expiry(request, partitionKey, now));
    }

    /// <summary>Adds the record of a request that is begun and not decided: until it is, its key answers 409.</summary>
    public static EntityGroup InsertRunningRecord(this EntityGroup group, IdempotentRequest request, string partitionKey, DateTimeOffset now)
    {
        return group
            .Insert(new TableEntity(partitionKey, Key(request)) { [Fingerprint] = request.Fingerprint })
            .Insert(Expiry(request, partitionKey, now));
    }

    /// <summary>Adds the answer of a request that was begun before.</summary>
    public static EntityGroup DecideRecord(this EntityGroup group, IdempotentRequest request, string partitionKey, ApiAnswer answer) =>
        group.Upsert(Record(request, partitionKey, answer));

    /// <summary>Reads the record of a keyed request; null where the request has no key, or its key was not used.</summary>
    public static async Task<TableEntity?> FindRecordAsync(
        this TableClient table, string partitionKey, IdempotentRequest? request, CancellationToken cancellationToken)
    {
        if (request is null)
            return null;

        return await table.FindAsync(partitionKey, Key(request), cancellationToken);
    }

    /// <summary>The stored answer of an earlier request with the same key.</summary>
    /// <param name="record">The record's row; null: there is none, and so no answer.</param>
    /// <exception cref="ApiException">409 where that request had other parameters, or is not decided yet.</exception>
    public static ApiAnswer? AnswerOf(TableEntity? record, IdempotentRequest request)
    {
        if (record is null)
            return null;

        if (!request.IsRepetitionOf(record.GetString(Fingerprint)))
            throw ApiErrors.IdempotencyKeyMismatch();

        return record.GetInt32(Status) is { } status
            ? new ApiAnswer(status, ChunkedDocument.Read(record, Document)).WithHeader("Idempotent-Replayed", "true")
            : throw ApiErrors.IdempotencyKeyInUse();
    }

    private static TableEntity Record(IdempotentRequest request, string partitionKey, ApiAnswer answer)
    {
        var record = new TableEntity(partitionKey, Key(request))
        {
            [Fingerprint] = request.Fingerprint,
            [Status] = answer.Status,
        };
        ChunkedDocument.Write(record, Document, answer.Body);
        return record;
    }

    /// <summary>The bounds of the expiry rows that were written before the hour of a time.</summary>
    public static (string From, string To) ExpiryKeysBefore(DateTimeOffset time) => (ExpiryPrefix, ExpiryPrefix + Hour(time));

    /// <summary>The row key of the record that an expiry row is about.</summary>
    public static string KeyOfExpiry(string expiryRowKey) => RecordPrefix + expiryRowKey[(expiryRowKey.LastIndexOf(':') + 1)..];

    private static string Hour(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static TableEntity Expiry(IdempotentRequest request, string partitionKey, DateTimeOffset now) =>
        new(partitionKey, $"{ExpiryPrefix}{Hour(now)}:{request.Hash}");
}
