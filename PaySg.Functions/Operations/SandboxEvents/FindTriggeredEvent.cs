using PaySg.Functions.Events;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>Finds the event of something that was just made.</summary>
internal static class FindTriggeredEvent
{
    /// <summary>The newest event of the type that is about it; null: there is none yet.</summary>
    /// <param name="table">Where the owner's events are.</param>
    /// <param name="ownerId">The payment service or account.</param>
    /// <param name="since">When what the event is about was made.</param>
    /// <param name="isAbout">Whether the event's <c>data</c> is about it.</param>
    public static async Task<string?> RunAsync(TableClient table, string ownerId, string type, DateTimeOffset since, Func<JsonElement, bool> isAbout)
    {
        var page = await table.PageAsync(
            EventRows.Range(ownerId, after: null, since),
            limit: 1,
            EventRows.Read,
            found => found.Type == type && isAbout(JsonElement.Parse(found.Body.Span).GetProperty("data")),
            select: null,
            CancellationToken.None);
        return page.Entries.Count == 0 ? null : page.Entries[0].Id;
    }
}
