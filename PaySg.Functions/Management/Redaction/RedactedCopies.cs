namespace PaySg.Functions.Management.Redaction;

/// <summary>How many copies a redaction has changed, by where they were.</summary>
internal sealed class RedactedCopies
{
    public int Events { get; set; }

    public int Deliveries { get; set; }

    public int Answers { get; set; }

    public int Attempts { get; set; }
}
