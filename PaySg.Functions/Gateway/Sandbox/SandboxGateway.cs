namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>
/// The gateway of test mode: no money moves, but its memory is as strict as a real one's. It only ever inserts rows, so that
/// whoever is first wins whatever runs in parallel: <c>charge</c> (it is charged, once), <c>end:{attempt}</c> (the attempt is
/// decided, once), <c>begun:{attempt}</c> (it is pending), <c>intent</c> (the owner and the amount), <c>refund:{refund}</c>.
/// An attempt that it decides later is also found by its own id: <c>attempt</c>, in a partition of that name.
/// </summary>
internal sealed class SandboxGateway(PaySgTables tables, IdGenerator ids, IEnumerable<MethodsDecidedLater> decidedLater) : IGateway
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

    public bool IsSandbox => true;

    public async Task BeginAsync(Charge charge, CancellationToken cancellationToken)
    {
        var intent = new TableEntity(charge.Id, Intent) { [OwnerColumn] = charge.OwnerId };
        Write(intent, charge.Amount);
        if (await InsertAsync(cancellationToken, intent) is WriteResult.Conflict { Main: { } existing } && ReadMoney(existing) != charge.Amount)
            throw new InvalidOperationException($"Charge {charge.Id} was begun with another amount.");
    }

    public async Task<ChargeOutcome> ConfirmAsync(string chargeId, string attemptId, PaymentMethod method, CancellationToken cancellationToken)
    {
        var outcome = SandboxMethods.OutcomeOf(method, decidedLater);
        if (outcome.State == ChargeState.Pending)
            return await PendAsync(chargeId, attemptId, cancellationToken);

        var decision = Decision(chargeId, attemptId, outcome);
        if (SandboxMethods.RefusesRefunds(method))
            decision[0][RefusesRefundsColumn] = true;

        if (await InsertAsync(cancellationToken, decision) is WriteResult.Conflict)
        {
            var known = await FindAsync(chargeId, attemptId, cancellationToken);
            return known.State == ChargeState.Unknown ? new ChargeOutcome(ChargeState.ChargedByAnother) : known;
        }

        return outcome;
    }

    /// <summary>The notice that the decision of an attempt would be; null: no attempt of this id was to be decided later.</summary>
    public async Task<GatewayNotice?> FindPendingAsync(string attemptId, CancellationToken cancellationToken)
    {
        var pointer = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(attemptId, Pointer, cancellationToken: cancellationToken);
        if (!pointer.HasValue)
            return null;

        var chargeId = pointer.Value!.GetString(ChargeColumn);
        var intent = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(chargeId, Intent, cancellationToken: cancellationToken);
        return intent.HasValue ? new GatewayNotice(intent.Value!.GetString(OwnerColumn), chargeId, attemptId) : null;
    }

    /// <summary>Decides a pending attempt. Where it was decided or voided before, that stands, and is the answer.</summary>
    public async Task<ChargeOutcome> DecideAsync(string chargeId, string attemptId, bool succeeds, CancellationToken cancellationToken)
    {
        var outcome = succeeds ? new ChargeOutcome(ChargeState.Succeeded) : new ChargeOutcome(ChargeState.Declined, "declined");
        if (await InsertAsync(cancellationToken, Decision(chargeId, attemptId, outcome)) is WriteResult.Committed)
            return outcome;

        var known = await FindAsync(chargeId, attemptId, cancellationToken);
        if (known.State != ChargeState.Pending)
            return known;

        // Not decided, and yet refused: another attempt has made the charge.
        await InsertAsync(cancellationToken, End(chargeId, attemptId, new ChargeOutcome(ChargeState.ChargedByAnother)));
        return await FindAsync(chargeId, attemptId, cancellationToken);
    }

    private async Task<ChargeOutcome> PendAsync(string chargeId, string attemptId, CancellationToken cancellationToken)
    {
        // First what it is found by: so whatever is pending can be decided.
        await InsertAsync(cancellationToken, new TableEntity(attemptId, Pointer) { [ChargeColumn] = chargeId });
        await InsertAsync(cancellationToken, new TableEntity(chargeId, "begun:" + attemptId));

        // It may have been voided before it arrived here.
        return await FindAsync(chargeId, attemptId, cancellationToken);
    }

    public async Task<ChargeOutcome> VoidAsync(string chargeId, string attemptId, CancellationToken cancellationToken) =>
        await InsertAsync(cancellationToken, End(chargeId, attemptId, new ChargeOutcome(ChargeState.Voided))) is WriteResult.Conflict
            ? await FindAsync(chargeId, attemptId, cancellationToken)
            : new ChargeOutcome(ChargeState.Voided);

    public async Task<ChargeOutcome> FindAsync(string chargeId, string attemptId, CancellationToken cancellationToken)
    {
        if (await FindEndAsync(chargeId, attemptId, cancellationToken) is { } end)
            return new ChargeOutcome(Enum.Parse<ChargeState>(end.GetString(State)), end.GetString(Reason));

        var begun = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(chargeId, "begun:" + attemptId, cancellationToken: cancellationToken);
        return new ChargeOutcome(begun.HasValue ? ChargeState.Pending : ChargeState.Unknown);
    }

    public async Task<RefundOutcome> RefundAsync(
        string chargeId, string attemptId, string refundId, Money amount, CancellationToken cancellationToken)
    {
        var end = await FindEndAsync(chargeId, attemptId, cancellationToken);
        if (end?.GetString(State) != nameof(ChargeState.Succeeded))
            return RefundOutcome.Refused("charge_not_found");

        if (end.GetBoolean(RefusesRefundsColumn) == true)
            return RefundOutcome.Refused("card_does_not_take_refunds");

        var refund = new TableEntity(chargeId, "refund:" + refundId);
        Write(refund, amount);
        if (await InsertAsync(cancellationToken, refund) is WriteResult.Conflict { Main: { } existing } && ReadMoney(existing) != amount)
            throw new InvalidOperationException($"Refund {refundId} was sent with another amount.");

        return RefundOutcome.Succeeded;
    }

    private async Task<TableEntity?> FindEndAsync(string chargeId, string attemptId, CancellationToken cancellationToken)
    {
        var end = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(chargeId, "end:" + attemptId, cancellationToken: cancellationToken);
        return end.HasValue ? end.Value : null;
    }

    private static void Write(TableEntity row, Money money)
    {
        row[AmountColumn] = money.Amount;
        row[CurrencyColumn] = money.Currency;
    }

    private static Money ReadMoney(TableEntity row) => new(row.GetInt64(AmountColumn)!.Value, row.GetString(CurrencyColumn));

    /// <summary>The rows that decide an attempt: a success takes the charge as well, which there is once.</summary>
    private static TableEntity[] Decision(string chargeId, string attemptId, ChargeOutcome outcome)
    {
        var end = End(chargeId, attemptId, outcome);
        return outcome.State == ChargeState.Succeeded ? [end, new TableEntity(chargeId, "charge") { ["attempt_id"] = attemptId }] : [end];
    }

    private static TableEntity End(string chargeId, string attemptId, ChargeOutcome outcome) =>
        new(chargeId, "end:" + attemptId) { [State] = outcome.State.ToString(), [Reason] = outcome.Reason };

    private Task<WriteResult> InsertAsync(CancellationToken cancellationToken, params TableEntity[] rows) =>
        tables.Sandbox.SubmitAsync(
            rows.Aggregate(new EntityGroup(ids.NewWriteId()), (group, row) => group.Insert(row)), cancellationToken);
}
