namespace PaySg.Functions.Platform.Storage;

/// <summary>A table with rows of work: of something that is to be done at a time.</summary>
internal enum WorkPlace
{
    /// <summary>The owner's own table, with its outbox.</summary>
    Owner,

    /// <summary>The table of webhook endpoints, with an outbox of its own.</summary>
    Webhooks,

    /// <summary>The table of deliveries, with their due rows. Its partitions are endpoints.</summary>
    Deliveries,
}
