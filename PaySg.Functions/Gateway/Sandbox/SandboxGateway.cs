using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>
/// The gateway of test mode: no money moves, but its memory is as strict as a real one's. It only ever inserts rows, so that
/// whoever is first wins whatever runs in parallel: <c>charge</c> (it is charged, once), <c>end:{attempt}</c> (the attempt is
/// decided, once), <c>begun:{attempt}</c> (it is pending), <c>intent</c> (the owner and the amount), <c>refund:{refund}</c>.
/// An attempt that it decides later is also found by its own id: <c>attempt</c>, in a partition of that name.
/// </summary>
internal sealed class SandboxGateway(PaySgTables tables, PaymentServiceStore services, IdGenerator ids, IEnumerable<MethodsDecidedLater> decidedLater) : IGateway
{
    private const string State = "state";
    private const string Reason = "reason";
    private const string Intent = "intent";
    private const string Pointer = "attempt";
    private const string ChargeColumn = "charge_id";
    private const string OwnerColumn = "owner_id";
    private const string AmountColumn = "amount";
    private const string CurrencyColumn = "currency";
    private const string RefusesRefundsColumn = "refuses_refunds";
    private const string BrandColumn = "card_brand";
    private const string LastFourColumn = "card_last_four";

    public bool IsSandbox => true;

    public bool TakesLinkMethods => true;

    public IReadOnlyList<OfferedMethod> Methods { get; } = [new(MethodKinds.Card, TakesCardHere: true), new(MethodKinds.PayNow)];

    public ICardTokens Cards { get; } = new TestCardTokens();

    public Task<string?> AccountOfAsync(string ownerId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public async Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, PaymentMethod method, CancellationToken cancellationToken)
    {
        // Most charges are opened and decided by their first attempt at once: one write does both, or neither.
        var outcome = SandboxMethods.OutcomeOf(method, decidedLater);
        if (outcome.State != ChargeState.Pending
            && await InsertAsync(cancellationToken, [IntentOf(attempt), .. Decision(attempt.Key, outcome, method)]) is WriteResult.Committed)
        {
            return outcome;
        }

        await BeginAsync(attempt, cancellationToken);
        return await ConfirmAsync(attempt, method, cancellationToken);
    }

    /// <summary>Opens the charge that the attempt is one of. It can succeed only once, whichever of its attempts does it.</summary>
    internal async Task BeginAsync(GatewayAttempt attempt, CancellationToken cancellationToken)
    {
        if (await InsertAsync(cancellationToken, IntentOf(attempt)) is WriteResult.Conflict { Main: { } existing } && ReadMoney(existing) != attempt.Amount)
            throw new InvalidOperationException($"Charge {attempt.Key.ChargeId} was begun with another amount.");
    }

    /// <summary>Decides the attempt, as its method says, or leaves it to be decided later.</summary>
    internal async Task<ChargeOutcome> ConfirmAsync(GatewayAttempt charged, PaymentMethod method, CancellationToken cancellationToken)
    {
        var outcome = SandboxMethods.OutcomeOf(method, decidedLater);
        if (outcome.State == ChargeState.Pending)
            return await PendAsync(charged, outcome.Card, cancellationToken);

        if (await InsertAsync(cancellationToken, Decision(charged.Key, outcome, method)) is WriteResult.Conflict)
        {
            var known = await FindAsync(charged, cancellationToken);
            return known.State == ChargeState.Unknown ? new ChargeOutcome(ChargeState.ChargedByAnother) : known;
        }

        return outcome;
    }

    /// <summary>The notice that the decision of an attempt would be; null: no attempt of this id was to be decided later.</summary>
    public async Task<AttemptKey?> FindPendingAsync(string attemptId, CancellationToken cancellationToken)
    {
        var pointer = await tables.Sandbox.FindAsync(attemptId, Pointer, cancellationToken);
        if (pointer is null)
            return null;

        var chargeId = pointer.GetString(ChargeColumn);
        var intent = await tables.Sandbox.FindAsync(chargeId, Intent, cancellationToken);
        return intent is null ? null : new AttemptKey(intent.GetString(OwnerColumn), chargeId, attemptId);
    }

    /// <summary>Decides a pending attempt. Where it was decided or voided before, that stands, and is the answer.</summary>
    public async Task<ChargeOutcome> DecideAsync(AttemptKey attempt, bool succeeds, CancellationToken cancellationToken)
    {
        var outcome = succeeds ? new ChargeOutcome(ChargeState.Succeeded) : new ChargeOutcome(ChargeState.Declined, "declined");
        if (await InsertAsync(cancellationToken, Decision(attempt, outcome, method: null)) is WriteResult.Committed)
            return outcome;

        var known = await StateOfAsync(attempt, cancellationToken);
        if (known.State != ChargeState.Pending)
            return known;

        // Not decided, and yet refused: another attempt has made the charge.
        await InsertAsync(cancellationToken, End(attempt, new ChargeOutcome(ChargeState.ChargedByAnother)));
        return await StateOfAsync(attempt, cancellationToken);
    }

    private async Task<ChargeOutcome> PendAsync(GatewayAttempt charged, ChargedCard? card, CancellationToken cancellationToken)
    {
        var attempt = charged.Key;

        // First what it is found by: so whatever is pending can be decided.
        await InsertAsync(cancellationToken, new TableEntity(attempt.AttemptId, Pointer) { [ChargeColumn] = attempt.ChargeId });
        var begun = new TableEntity(attempt.ChargeId, "begun:" + attempt.AttemptId);
        Write(begun, card);
        await InsertAsync(cancellationToken, begun);

        // It may have been voided before it arrived here.
        return await FindAsync(charged, cancellationToken);
    }

    public async Task<ChargeOutcome> VoidAsync(GatewayAttempt attempt, CancellationToken cancellationToken) =>
        await InsertAsync(cancellationToken, End(attempt.Key, new ChargeOutcome(ChargeState.Voided))) is WriteResult.Conflict
            ? await FindAsync(attempt, cancellationToken)
            : new ChargeOutcome(ChargeState.Voided);

    public async Task<ChargeOutcome> FindAsync(GatewayAttempt attempt, CancellationToken cancellationToken)
    {
        var outcome = await StateOfAsync(attempt.Key, cancellationToken);
        return outcome.State == ChargeState.Pending ? outcome with { NextStep = await NextStepOfAsync(attempt, cancellationToken) } : outcome;
    }

    /// <summary>The QR code of a payer who chose PayNow, which nobody can be paid by; null: there is nothing to show.</summary>
    private async Task<NextStep?> NextStepOfAsync(GatewayAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Method != MethodKinds.PayNow)
            return null;

        var payee = Payee.Of(await services.FindRememberedAsync(attempt.Key.OwnerId, cancellationToken));
        return NextStep.QrCode(PayNowQr.Of(
            PayNowQr.SandboxUen, payee.Name, attempt.Amount.Amount, attempt.Key.ChargeId, attempt.BegunAt + PendingSchedule.WithdrawnAfter));
    }

    private async Task<ChargeOutcome> StateOfAsync(AttemptKey attempt, CancellationToken cancellationToken)
    {
        if (await FindEndAsync(attempt, cancellationToken) is { } end)
            return new ChargeOutcome(Enum.Parse<ChargeState>(end.GetString(State)), end.GetString(Reason)) { Card = ReadCard(end) };

        var begun = await tables.Sandbox.FindAsync(attempt.ChargeId, "begun:" + attempt.AttemptId, cancellationToken);
        return begun is null ? new ChargeOutcome(ChargeState.Unknown) : new ChargeOutcome(ChargeState.Pending) { Card = ReadCard(begun) };
    }

    public async Task<RefundOutcome> RefundAsync(GatewayRefund refund, CancellationToken cancellationToken)
    {
        var end = await FindEndAsync(refund.Charged.Key, cancellationToken);
        if (end?.GetString(State) != nameof(ChargeState.Succeeded))
            return RefundOutcome.Refused("charge_not_found");

        if (end.GetBoolean(RefusesRefundsColumn) == true)
            return RefundOutcome.Refused("card_does_not_take_refunds");

        var row = new TableEntity(refund.Charged.Key.ChargeId, RefundKeyOf(refund));
        Write(row, refund.Amount);
        if (await InsertAsync(cancellationToken, row) is WriteResult.Conflict { Main: { } existing } && ReadMoney(existing) != refund.Amount)
            throw new InvalidOperationException($"Refund {refund.Id} was sent with another amount.");

        return RefundOutcome.Succeeded;
    }

    public async Task<RefundOutcome> FindRefundAsync(GatewayRefund refund, CancellationToken cancellationToken) =>
        await tables.Sandbox.FindAsync(refund.Charged.Key.ChargeId, RefundKeyOf(refund), cancellationToken) is null ? RefundOutcome.Unknown : RefundOutcome.Succeeded;

    private static string RefundKeyOf(GatewayRefund refund) => "refund:" + refund.Id;

    private Task<TableEntity?> FindEndAsync(AttemptKey attempt, CancellationToken cancellationToken) =>
        tables.Sandbox.FindAsync(attempt.ChargeId, "end:" + attempt.AttemptId, cancellationToken);

    private static void Write(TableEntity row, Money money)
    {
        row[AmountColumn] = money.Amount;
        row[CurrencyColumn] = money.Currency;
    }

    private static void Write(TableEntity row, ChargedCard? card)
    {
        if (card is not null)
            (row[BrandColumn], row[LastFourColumn]) = (card.Brand, card.LastFour);
    }

    private static ChargedCard? ReadCard(TableEntity row) => ChargedCard.Of(row.GetString(BrandColumn), row.GetString(LastFourColumn));

    private static Money ReadMoney(TableEntity row) => new(row.GetInt64(AmountColumn)!.Value, row.GetString(CurrencyColumn));

    private static TableEntity IntentOf(GatewayAttempt attempt)
    {
        var intent = new TableEntity(attempt.Key.ChargeId, Intent) { [OwnerColumn] = attempt.Key.OwnerId };
        Write(intent, attempt.Amount);
        return intent;
    }

    /// <summary>The rows that decide an attempt: a success takes the charge too, of which there is only one.</summary>
    /// <param name="method">What was charged; null: it was decided later.</param>
    private static TableEntity[] Decision(AttemptKey attempt, ChargeOutcome outcome, PaymentMethod? method)
    {
        var end = End(attempt, outcome);
        if (method is not null && SandboxMethods.RefusesRefunds(method))
            end[RefusesRefundsColumn] = true;

        return outcome.State == ChargeState.Succeeded ? [end, new TableEntity(attempt.ChargeId, "charge") { ["attempt_id"] = attempt.AttemptId }] : [end];
    }

    private static TableEntity End(AttemptKey attempt, ChargeOutcome outcome)
    {
        var end = new TableEntity(attempt.ChargeId, "end:" + attempt.AttemptId) { [State] = outcome.State.ToString(), [Reason] = outcome.Reason };
        Write(end, outcome.Card);
        return end;
    }

    private Task<WriteResult> InsertAsync(CancellationToken cancellationToken, params TableEntity[] rows) =>
        tables.Sandbox.SubmitAsync(
            rows.Aggregate(new EntityGroup(ids.NewWriteId()), (group, row) => group.Insert(row)), cancellationToken);
}
