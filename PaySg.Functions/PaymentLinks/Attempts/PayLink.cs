using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// A payer pays on a payment link. The order is always: write the intention (attempt and in-doubt row, one transaction), call the gateway, write the
/// outcome. Whoever has begun holds no use of the link: that is counted when the payer was charged.
/// </summary>
internal sealed class PayLink(
    PaymentLinkStore links,
    AccountStore accounts,
    PaySgTables tables,
    GatewayBorder gateway,
    SettleLinkAttempt settle,
    LinkMethods methods,
    HotRowRetry hotRow,
    IRandomSource random,
    IdGenerator ids,
    TimeProvider clock,
    PageMetrics metrics,
    ILogger<PayLink> log)
{
    /// <summary>How many attempts on one link may be begun at once, on each instance: a crowd comes at once.</summary>
    public const int AtOnce = 300;

    /// <summary>How many may be begun in a minute in the long run.</summary>
    public const int PerMinute = 60;

    /// <summary>When to come again where every place for attempts that wait is taken.</summary>
    public static readonly TimeSpan WaitForPlace = TimeSpan.FromMinutes(5);

    private readonly TokenBuckets rates = new(AtOnce, PerMinute, clock);

    /// <summary>Charges the payer once, and tells what came of it.</summary>
    /// <param name="order">What the payer asks for.</param>
    /// <param name="keyed">The call. With an idempotency key, asking again charges nobody again.</param>
    /// <param name="clientLeft">Ends what comes before the first write.</param>
    /// <exception cref="ApiException">404; 409; 429 where too many start on the link at once, or too many are waiting.</exception>
    public async Task<LinkPayment> RunAsync(LinkOrder order, KeyedCall keyed, CancellationToken clientLeft)
    {
        clientLeft.ThrowIfCancellationRequested();
        var place = new DrawnPlace();
        var begun = await hotRow.UntilDecidedAsync(() => TryBeginAsync(order, keyed, place), CancellationToken.None);
        if (begun.Ended is { } ended)
            return ended;

        if (await ChargeAsync(begun.Play!, order.Method) is not { } settled)
            return new LinkPayment.Refused(LinkRefusal.InDoubt);

        // Where the repair was faster, the answer that it stored is the one that all repetitions get.
        var answer = (settled.EndsDoubt ? null : await keyed.FindAnswerAsync()) ?? LinkAttemptAnswer.Of(settled.Attempt, keyed.RequestId);
        return new LinkPayment.Made(answer, settled.Attempt);
    }

    private async Task<Begun?> TryBeginAsync(LinkOrder order, KeyedCall keyed, DrawnPlace place)
    {
        var recordRead = keyed.FindAnswerAsync();
        var linkRead = links.FindAsync(order.Claim, CancellationToken.None);
        if (await recordRead.BesideAsync(linkRead) is { } replay)
            return new Begun(new LinkPayment.Made(replay, null), null);

        var stored = await linkRead ?? throw ApiErrors.PaymentLinkNotFound();
        var account = await accounts.RecallAsync(order.Claim.AccountId, CancellationToken.None);
        var now = clock.NowInMilliseconds();
        if (LinkRefusals.Of(stored.Link, account, order, gateway.TakesLinkMethods, now) is { } refusal)
            return new Begun(new LinkPayment.Refused(refusal), null);

        await DrawAsync(place, stored.Link);
        return await WriteIntentionAsync(stored, account, order, keyed, place, now);
    }

    /// <summary>Counts the attempt where it is tried first, and draws its place: any at first, and where that was taken one of those that are free.</summary>
    private async Task DrawAsync(DrawnPlace place, PaymentLink link)
    {
        if (!place.IsDrawn)
        {
            if (rates.Take(link.Id.ToString(CultureInfo.InvariantCulture)) is { } wait)
                throw Refused(wait);

            place.Draw((int)(random.NextDouble() * PendingPlaceRows.PerLink));
        }
        else if (place.WasTaken)
        {
            var taken = new HashSet<int>();
            await foreach (var row in tables.PaymentLinks.QueryAsync<TableEntity>(PendingPlaceRows.Range(link.AccountId, link.Id), select: ["RowKey"]))
            {
                taken.Add(PendingPlaceRows.PlaceOf(row.RowKey));
            }

            var free = Enumerable.Range(0, PendingPlaceRows.PerLink).Where(number => !taken.Contains(number)).ToList();
            place.Draw(free.Count > 0 ? free[(int)(random.NextDouble() * free.Count)] : throw Refused(WaitForPlace));
        }
    }

    private ApiException Refused(TimeSpan wait)
    {
        metrics.AttemptRefused();
        return ApiErrors.TooManyAttemptsAtOnce((int)Math.Ceiling(wait.TotalSeconds));
    }

    private async Task<Begun?> WriteIntentionAsync(StoredPaymentLink stored, Account? payee, LinkOrder order, KeyedCall keyed, DrawnPlace place, DateTimeOffset now)
    {
        var id = PaymentLinkId.New(random, now);
        var reffNo = LinkAttemptNo.New(id, random);
        var method = methods.MakeOut(order.ChosenMethod, stored.Link.TotalAmount, reffNo);
        var attempt = LinkAttempt.Begin(stored.Link, id, reffNo, method, order.Customer, now).To(payee) with
        {
            Call = keyed.Request is { } key ? new AttemptCall(key, keyed.RequestId) : null,
            Place = place.Number,
        };
        Tracing.Tell(TraceTag.AttemptId, reffNo);
        var group = new EntityGroup(ids.NewWriteId())
            .Insert(LinkAttemptRows.Write(attempt))
            .Insert(LinkAttemptRows.Doubt(attempt).ToEntity());
        if (!stored.Link.HasHistories)
        {
            // So that the link is not deleted behind the payer's back. Later attempts leave its row alone: they begin at the same time as they like.
            group.Replace(PaymentLinkRows.Write(stored.Link.WithHistories()), stored.Version);
        }

        if (attempt.Call is { } call)
            group.InsertRunningRecord(call.Keyed, attempt.AccountId, now);

        group.Insert(PendingPlaceRows.Write(attempt));
        CallerPatience.TellInDoubt(ApiErrors.LinkChargeInDoubt());
        switch (await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None))
        {
            case WriteResult.Committed when stored.Link.HasHistories:
                return new Begun(null, new LinkAttemptInPlay(attempt, Azure.ETag.All, stored));
            case WriteResult.Committed { ETags: [_, _, var linkVersion, ..] }:
                return new Begun(null, new LinkAttemptInPlay(attempt, Azure.ETag.All, new StoredPaymentLink(stored.Link.WithHistories(), linkVersion)));
            case WriteResult.Conflict { Main: { } existing } when LinkAttemptRows.Read(existing).ReffNo != reffNo:
                // Another attempt of this account has the same id, which is made of the same millisecond: the next try makes another.
                return null;
            case WriteResult.Conflict { Main: null } conflict:
                place.WasTaken = conflict.FailedIndex == group.Actions.Count - 1;
                return null;
            default:
                // An earlier try of ours was written and its answer was lost. A repair may have gone on from there: the attempt is not begun twice.
                return new Begun(null, (await settle.FindAsync(attempt.AccountId, reffNo))!);
        }
    }

    /// <summary>Null: it is not known what came of it.</summary>
    private async Task<SettledLinkAttempt?> ChargeAsync(LinkAttemptInPlay play, PaymentMethod method)
    {
        var attempt = play.Attempt;
        var outcome = await gateway.ChargeAsync(attempt.AtGateway, method);
        if (outcome.State == ChargeState.NotKnown)
        {
            Log.LinkChargeInDoubt(log, attempt.PaymentLinkId, attempt.ReffNo, null);
            return null;
        }

        try
        {
            return await settle.RunAsync(play, outcome);
        }
        catch (Exception fault)
        {
            // The gateway has decided and it could not be written down: the in-doubt row stands, and brings the repair.
            Log.LinkChargeInDoubt(log, attempt.PaymentLinkId, attempt.ReffNo, fault);
            return null;
        }
    }

    /// <summary>The place that an attempt takes.</summary>
    private sealed class DrawnPlace
    {
        public bool IsDrawn { get; private set; }

        /// <summary>Whether another attempt has it.</summary>
        public bool WasTaken { get; set; }

        public int Number { get; private set; }

        public void Draw(int number) => (IsDrawn, WasTaken, Number) = (true, false, number);
    }

    private sealed record Begun(LinkPayment? Ended, LinkAttemptInPlay? Play);
}
