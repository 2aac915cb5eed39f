using System.Text.Json.Serialization;
using PaySg.Functions.Access;

namespace PaySg.Functions.Payments.Batches;

/// <summary>Payments that are created together, of the lines of one file. Immutable. It holds no payer's data: its lines do, until each is a payment.</summary>
internal sealed record PaymentBatch
{
    /// <summary>How long a file waits for somebody to say that its payments are to be created.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);

    /// <summary>Such as <c>batch_…</c>.</summary>
    public required string Id { get; init; }

    public required string PaymentServiceId { get; init; }

    /// <summary>What the file was called, at most 100 characters.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal: tells that a file was sent before.</summary>
    public required string FileHash { get; init; }

    /// <summary>How many payments the file holds.</summary>
    public required int Lines { get; init; }

    /// <summary>How many mistakes it holds.</summary>
    public int Mistakes { get; init; }

    /// <summary>References that more than one line has, until its payments are created; null: there are none.</summary>
    public RepeatedReferences? Repeated { get; init; }

    /// <summary>What the payments add up to, in cents.</summary>
    public required long TotalInCents { get; init; }

    public required BatchStatus Status { get; init; }

    /// <summary>The member who sent the file.</summary>
    public required string UploadedBy { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The member in whose name the payments are created; null: nobody has said so yet.</summary>
    public string? StartedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public BatchMailing Mailing { get; init; }

    /// <summary>The member who had the links sent, or null.</summary>
    public string? MailedBy { get; init; }

    /// <summary>How many lines were done when it was written last: all of them once it is done. While it is running its rows are counted.</summary>
    public BatchProgress Progress { get; init; } = BatchProgress.None;

    /// <summary>Whether its payments are being created, or their links sent.</summary>
    [JsonIgnore]
    public bool IsRunning => Status == BatchStatus.Running || Mailing == BatchMailing.Running;

    /// <summary>Whether its payments may be created now.</summary>
    public bool MayStartAt(DateTimeOffset now) => Status == BatchStatus.Ready && now - UploadedAt < WaitsFor;

    /// <summary>Whether it has payments whose links were not sent together yet.</summary>
    [JsonIgnore]
    public bool MayMail => Status == BatchStatus.Done && Mailing == BatchMailing.NotAsked && Progress.Created > 0;

    /// <summary>Its payments are to be created.</summary>
    public PaymentBatch Start(string memberId, DateTimeOffset now) => MayStartAt(now)
        ? this with { Status = BatchStatus.Running, Repeated = null, StartedBy = memberId, StartedAt = now }
        : throw new InvalidOperationException($"Batch {Id} is {Status}.");

    /// <summary>No line is left.</summary>
    public PaymentBatch End(BatchProgress progress, DateTimeOffset now) => Status == BatchStatus.Running
        ? this with { Status = BatchStatus.Done, EndedAt = now, Progress = progress }
        : throw new InvalidOperationException($"Batch {Id} is {Status}.");

    /// <summary>The links of its payments are to be sent.</summary>
    public PaymentBatch Mail(string memberId) => MayMail
        ? this with { Mailing = BatchMailing.Running, MailedBy = memberId }
        : throw new InvalidOperationException($"Batch {Id} is {Status}.");

    /// <summary>Each link is on its way, or need not be.</summary>
    public PaymentBatch EndMailing(BatchProgress progress) => this with { Mailing = BatchMailing.Done, Progress = progress };

    /// <summary>The member as operations know those who call: what they have asked for is done in their name.</summary>
    public static ApiKey KeyOf(string memberId, PaymentService service, DateTimeOffset now) =>
        new(memberId, service.Id, service.Code, memberId, Permission.Billing, "", now) { By = Actor.OfBatch(memberId) };
}
