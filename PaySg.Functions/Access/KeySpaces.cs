using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Access;

/// <summary>The idempotency keys of those who call.</summary>
internal static class KeySpaces
{
    /// <summary>The keys of an API key's calls that change something of its payment service.</summary>
    public static KeySpace At(this ApiKey key, TableClient table) => new KeySpace(key.Id, table, key.PaymentServiceId);

    /// <summary>The keys of calls by whom a partition of the access table is changed: of the management API, and of pages for members.</summary>
    public static KeySpace InAccess(this Actor by, PaySgTables tables, string partitionKey) => new KeySpace(by.Id, tables.Access, partitionKey);

    /// <summary>The keys of a caller's calls that change something of its owner.</summary>
    public static KeySpace At(this Caller caller, TableClient table) => new KeySpace(caller.Id, table, caller.OwnerId);
}
