namespace PaySg.Functions.Dashboard.Batches;

/// <summary>What the forms of a batch's page do.</summary>
internal static class BatchSteps
{
    public const string Start = "start";
    public const string Discard = "discard";
    public const string Mail = "mail";
}
