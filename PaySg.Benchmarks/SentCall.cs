namespace PaySg.Benchmarks;

/// <summary>What a call of the product has sent to storage.</summary>
/// <param name="Rows">The rows of its transaction.</param>
/// <param name="Messages">Its messages, as they were before they became Base64.</param>
internal sealed record SentCall(IReadOnlyList<Dictionary<string, object>> Rows, IReadOnlyList<string> Messages);
