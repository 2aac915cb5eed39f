using PaySg.Functions.Access;

namespace PaySg.Functions.Events;

/// <summary>Lists events, newest first, down to a time: what a receiver that missed webhooks asks.</summary>
internal sealed class ListEvents(PaySgTables tables)
{
    /// <summary>200 and a page.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        var query = call.Request.Query;
        var wanted = ForwardPage.Read(query, EventRows.IdPrefix, "type", "since");
        var type = query.TryGetValue("type", out var types) ? types.ToString() : null;
        if (type is not null && !EventTypes.Subscribable.Contains(type))
            throw ApiErrors.InvalidParameter("type", $"must be one of {string.Join(", ", EventTypes.Subscribable)}.");

        DateTimeOffset? since = null;
        if (query.TryGetValue("since", out var times))
            since = RequestTime.Parse(times) ?? throw ApiErrors.InvalidParameter("since", RequestTime.WhyNot(times.ToString()));

        Func<WebhookEvent, bool>? matches = type is null ? null : candidate => candidate.Type == type;
        var range = EventRows.Range(key.PaymentServiceId, wanted.After, since);
        var page = await tables.Payments.PageAsync(range, wanted.Limit, EventRows.Read, matches, select: null, call.ClientLeft);
        return wanted.Answer(page, found => found.Id, (json, found) => json.WriteRawValue(found.Body.Span, skipInputValidation: true));
    }
}
