namespace PaySg.Functions.Events;

/// <summary>Something that happened. Its bytes are made once and are the same in every delivery.</summary>
/// <param name="Id">Such as <c>evt_…</c>; the same in every delivery, for receivers to drop repetitions by.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="OwnerId">The payment service or account that it belongs to.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="Body">The JSON that is delivered.</param>
internal sealed record WebhookEvent(string Id, string Type, string OwnerId, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Body)
{
    /// <summary>Makes the event and its bytes (guide, page "The event object").</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="now">When it happened.</param>
    /// <param name="sequence">Its number among the events of its payment; null where it is of no payment.</param>
    /// <param name="writeObject">Prints <c>data.object</c>.</param>
    public static WebhookEvent Print(string id, string type, string ownerId, DateTimeOffset now, int? sequence, Action<Utf8JsonWriter> writeObject)
    {
        return new WebhookEvent(id, type, ownerId, now, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("object", "event");
            json.WriteString("type", type);
            json.WriteSingaporeTime("created_at", now);
            json.WriteNumber("created", now.ToUnixTimeMilliseconds());
            json.WriteString("payment_service_id", ownerId);
            json.WriteNumberOrNull("sequence", sequence);
            json.WriteStartObject("data");
            json.WritePropertyName("object");
            writeObject(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }));
    }
}
