using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>
/// Takes a notice: checks who sent it, keeps it, and answers. What it tells of is read from Stripe afterwards, so that notices may be late, doubled or out of
/// order. Kept means in a row of the outbox: work is done at least once, and a notice that comes while another is worked on is not lost.
/// </summary>
internal sealed class TakeStripeNotice(
    StripeSettings settings, PaySgTables tables, OutboxNudge nudge, IdGenerator ids, TimeProvider clock, ILogger<TakeStripeNotice> log)
{
    /// <summary>The largest notice, in bytes.</summary>
    public const int Limit = 256 * 1024;

    private static readonly ApiAnswer Taken = new(200, """{"received":true}"""u8.ToArray());

    /// <summary>200 where it is kept, was kept before, or is of no interest.</summary>
    /// <exception cref="ApiException">400: it is not signed by Stripe, or no event. 413.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call)
    {
        var body = await RequestBody.ReadRawAsync(call.Request, Limit, call.ClientLeft);
        var now = clock.GetUtcNow();
        var header = call.Request.Headers["Stripe-Signature"].ToString();
        if (header.Length == 0 || !StripeNoticeReader.IsSigned(Encoding.UTF8.GetString(body.Span), header, settings.WebhookSecrets, now))
            throw ApiErrors.InvalidNoticeSignature();

        var happened = StripeNoticeReader.Read(body);
        if (!StripeNotice.Types.Contains(happened.Type))
            return Taken;

        if (happened.IsLive != settings.IsLive)
        {
            Log.StripeNoticeOfOtherMode(log, happened.Id, happened.IsLive ? "live" : "test");
            return Taken;
        }

        if (happened.ObjectId is null)
            throw ApiErrors.InvalidBody("The event names no object.");

        await KeepAsync(new StripeNotice(happened.Id, happened.Type, happened.ObjectId, happened.Account), happened.CreatedAt, now);
        return Taken;
    }

    /// <summary>The row is due when the event happened, so that a notice that comes twice meets its own row.</summary>
    private async Task KeepAsync(StripeNotice notice, long? createdAt, DateTimeOffset now)
    {
        var happenedAt = createdAt is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : now;
        var row = new OutboxRow(OwnerIds.Gateway, happenedAt < now ? happenedAt : now, OutboxKind.StripeNotice, notice.Subject);
        if (await tables.Payments.SubmitAsync(new EntityGroup(ids.NewWriteId()).Insert(row.ToEntity()), CancellationToken.None) is WriteResult.Committed)
            await nudge.SendAsync(row);
    }
}
