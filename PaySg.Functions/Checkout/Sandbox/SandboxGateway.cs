using Azure.Data.Tables;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Checkout.Sandbox;

/// <summary>
/// The gateway of test mode: no money moves, but its memory is as strict as a real one's. It only ever inserts rows, so that
/// whoever is first wins whatever runs in parallel: <c>charge</c> (it is charged, once), <c>end:{attempt}</c> (the attempt is
/// decided, once), <c>begun:{attempt}</c> (it is pending), <c>intent</c> (the owner and the amount), <c>refund:{refund}</c>.
/// </summary>
public sealed class SandboxGateway(PaySgTables tables, IdGenerator ids) : IGateway
{
    /// <summary>The kind of method whose token says the outcome: <c>succeeded</c>, <c>declined</c> or <c>pending</c>.</summary>
    public const string Simulated = "simulated";

    private const string State = "state";
    private const string Intent = "intent";
    private const string OwnerColumn = "owner_id";
    private const string AmountColumn = "amount";
    private const string CurrencyColumn = "currency";

    /// <inheritdoc />
    public bool IsSandbox => true;

    /// <inheritdoc />
    public async Task BeginAsync(Charge charge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(charge);
        var intent = new TableEntity(charge.Id, Intent) { [OwnerColumn] = charge.OwnerId };
        Write(intent, charge.Amount);
        if (await InsertAsync(cancellationToken, intent) is WriteResult.Conflict { Main: { } existing } && ReadMoney(existing) != charge.Amount)
        {
            throw new InvalidOperationException($"Charge {charge.Id} was begun with another amount.");
        }
    }

    /// <inheritdoc />
    public async Task<ChargeOutcome> ConfirmAsync(string chargeId, string attemptId, PaymentMethod method, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        var (outcome, rows) = (method.Kind, method.Token) switch
        {
            (Simulated, "succeeded") => (
                new ChargeOutcome(ChargeState.Succeeded),
                new[] { End(chargeId, attemptId, ChargeState.Succeeded), new TableEntity(chargeId, "charge") { ["attempt_id"] = attemptId } }),
            (Simulated, "declined") => (
                new ChargeOutcome(ChargeState.Declined, "card_declined"),
                [End(chargeId, attemptId, ChargeState.Declined)]),
            (Simulated, "pending") => (
                new ChargeOutcome(ChargeState.Pending),
                [new TableEntity(chargeId, "begun:" + attemptId)]),
            _ => throw new ArgumentException("The sandbox gateway does not know this method.", nameof(method)),
        };

        if (await InsertAsync(cancellationToken, rows) is WriteResult.Conflict)
        {
            var known = await FindAsync(chargeId, attemptId, cancellationToken);
            return known.State == ChargeState.Unknown ? new ChargeOutcome(ChargeState.ChargedByAnother) : known;
        }

        // A pending attempt may have been voided before it arrived here.
        return outcome.State == ChargeState.Pending ? await FindAsync(chargeId, attemptId, cancellationToken) : outcome;
    }

    /// <inheritdoc />
    public async Task<ChargeOutcome> VoidAsync(string chargeId, string attemptId, CancellationToken cancellationToken) =>
        await InsertAsync(cancellationToken, End(chargeId, attemptId, ChargeState.Voided)) is WriteResult.Conflict
            ? await FindAsync(chargeId, attemptId, cancellationToken)
            : new ChargeOutcome(ChargeState.Voided);

    /// <inheritdoc />
    public async Task<ChargeOutcome> FindAsync(string chargeId, string attemptId, CancellationToken cancellationToken)
    {
        var end = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(chargeId, "end:" + attemptId, cancellationToken: cancellationToken);
        if (end.HasValue)
        {
            var state = Enum.Parse<ChargeState>(end.Value!.GetString(State));
            return new ChargeOutcome(state, state == ChargeState.Declined ? "card_declined" : null);
        }

        var begun = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(chargeId, "begun:" + attemptId, cancellationToken: cancellationToken);
        return new ChargeOutcome(begun.HasValue ? ChargeState.Pending : ChargeState.Unknown);
    }

    /// <inheritdoc />
    public async Task<RefundOutcome> RefundAsync(
        string chargeId, string attemptId, string refundId, Money amount, CancellationToken cancellationToken)
    {
        var end = await FindAsync(chargeId, attemptId, cancellationToken);
        if (end.State != ChargeState.Succeeded)
        {
            return new RefundOutcome(false, "charge_not_found");
        }

        var refund = new TableEntity(chargeId, "refund:" + refundId);
        Write(refund, amount);
        if (await InsertAsync(cancellationToken, refund) is WriteResult.Conflict { Main: { } existing } && ReadMoney(existing) != amount)
        {
            throw new InvalidOperationException($"Refund {refundId} was sent with another amount.");
        }

        return new RefundOutcome(true);
    }

    private static void Write(TableEntity row, Money money)
    {
        row[AmountColumn] = money.Amount;
        row[CurrencyColumn] = money.Currency;
    }

    private static Money ReadMoney(TableEntity row) => new(row.GetInt64(AmountColumn)!.Value, row.GetString(CurrencyColumn));

    private static TableEntity End(string chargeId, string attemptId, ChargeState state) =>
        new(chargeId, "end:" + attemptId) { [State] = state.ToString() };

    private Task<WriteResult> InsertAsync(CancellationToken cancellationToken, params TableEntity[] rows) =>
        tables.Sandbox.SubmitAsync(
            rows.Aggregate(new EntityGroup(ids.NewWriteId()), (group, row) => group.Insert(row)), cancellationToken);
}
