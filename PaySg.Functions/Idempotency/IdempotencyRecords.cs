using System.Globalization;
using Azure.Data.Tables;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Idempotency;

/// <summary>
/// The record of a keyed request, written in the same transaction as its effect. <c>k:{hash}</c> holds the fingerprint and the
/// answer; <c>x:{hour}:{hash}</c> lets a timer find old records by a range of keys.
/// </summary>
public static class IdempotencyRecords
{
    private const string Document = "doc";

    /// <summary>The record's row key.</summary>
    public static string Key(IdempotentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return "k:" + request.Hash;
    }

    /// <summary>
    /// Adds the record of a decided request to the transaction of its effect. Added first it is the main row, so that the one read after a
    /// conflict tells our own first try, a replay and a misuse apart.
    /// </summary>
    public static EntityGroup InsertRecord(
        this EntityGroup group, IdempotentRequest request, string partitionKey, ApiAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        var record = new TableEntity(partitionKey, Key(request))
        {
            ["fingerprint"] = request.Fingerprint,
            ["status"] = answer.Status,
        };
        ChunkedDocument.Write(record, Document, answer.Body.Span);
        var hour = now.ToUniversalTime().ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        return group.Insert(record).Insert(new TableEntity(partitionKey, $"x:{hour}:{request.Hash}"));
    }

    /// <summary>The stored answer of an earlier request with the same key.</summary>
    /// <param name="record">The record's row; null: there is none, and so no answer.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="ApiException">409 where that request had other parameters.</exception>
    public static ApiAnswer? AnswerOf(TableEntity? record, IdempotentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (record is null)
        {
            return null;
        }

        return record.GetString("fingerprint") == request.Fingerprint
            ? new ApiAnswer(record.GetInt32("status")!.Value, ChunkedDocument.Read(record, Document)).WithHeader("Idempotent-Replayed", "true")
            : throw ApiErrors.IdempotencyKeyMismatch();
    }
}
