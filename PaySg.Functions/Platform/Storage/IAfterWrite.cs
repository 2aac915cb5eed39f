namespace PaySg.Functions.Platform.Storage;

/// <summary>What is to be done at once when rows are written.</summary>
internal interface IAfterWrite
{
    /// <summary>Starts the work that the rows ask for. A failure is no failure of the writer's.</summary>
    /// <param name="written">The rows. They stand.</param>
    /// <param name="now">The time of the transaction: what is due later is not seen to.</param>
    Task RunAsync(EntityGroup written, DateTimeOffset now);
}
