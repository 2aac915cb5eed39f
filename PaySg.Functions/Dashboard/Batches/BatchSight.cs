using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>What the page of a batch shows.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Progress">How far it is now.</param>
internal sealed record BatchSight(PaymentBatch Batch, BatchProgress Progress)
{
    /// <summary>What is wrong in its file, or why lines became no payments.</summary>
    public IReadOnlyList<BatchMistake> Mistakes { get; init; } = [];

    /// <summary>The first lines that wait.</summary>
    public IReadOnlyList<(int Number, JsonElement Payment)> FirstLines { get; init; } = [];

    /// <summary>A batch of the same file that was started; null: there is none among those that are listed.</summary>
    public PaymentBatch? Before { get; init; }
}
