using Azure.Data.Tables;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Checkout.Sandbox;

/// <summary>
/// The gateway of test mode: no money moves, but its memory is as strict as a real one's. It only ever inserts rows, so that
/// whoever is first wins whatever runs in parallel: <c>charge</c> (the payment is charged, once), <c>end:{attempt}</c> (the attempt is
/// decided, once), <c>begun:{attempt}</c> (it is pending), <c>intent</c> (the amount), <c>refund:{refund}</c>.
/// </summary>
public sealed class SandboxGateway(PaySgTables tables, IdGenerator ids) : IGateway
{
    /// <summary>The kind of method whose token says the outcome: <c>succeeded</c>, <c>declined</c> or <c>pending</c>.</summary>
    public const string Simulated = "simulated";

    private const string State = "state";

    /// <inheritdoc />
    public bool IsSandbox => true;

    /// <inheritdoc />
    public async Task BeginAsync(string paymentId, long amountInCents, CancellationToken cancellationToken)
    {
        var intent = new TableEntity(paymentId, "intent") { ["amount_in_cents"] = amountInCents };
        if (await InsertAsync(cancellationToken, intent) is WriteResult.Conflict { Main: { } existing }
            && existing.GetInt64("amount_in_cents") != amountInCents)
        {
            throw new InvalidOperationException($"Payment {paymentId} was begun with another amount.");
        }
    }

    /// <inheritdoc />
    public async Task<ChargeOutcome> ConfirmAsync(string paymentId, string attemptId, PaymentMethod method, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        var (outcome, rows) = (method.Kind, method.Token) switch
        {
            (Simulated, "succeeded") => (
                new ChargeOutcome(ChargeState.Succeeded),
                new[] { End(paymentId, attemptId, ChargeState.Succeeded), new TableEntity(paymentId, "charge") { ["attempt_id"] = attemptId } }),
            (Simulated, "declined") => (
                new ChargeOutcome(ChargeState.Declined, "card_declined"),
                [End(paymentId, attemptId, ChargeState.Declined)]),
            (Simulated, "pending") => (
                new ChargeOutcome(ChargeState.Pending),
                [new TableEntity(paymentId, "begun:" + attemptId)]),
            _ => throw new ArgumentException("The sandbox gateway does not know this method.", nameof(method)),
        };

        if (await InsertAsync(cancellationToken, rows) is WriteResult.Conflict)
        {
            var known = await FindAsync(paymentId, attemptId, cancellationToken);
            return known.State == ChargeState.Unknown ? new ChargeOutcome(ChargeState.ChargedByAnother) : known;
        }

        // A pending attempt may have been voided before it arrived here.
        return outcome.State == ChargeState.Pending ? await FindAsync(paymentId, attemptId, cancellationToken) : outcome;
    }

    /// <inheritdoc />
    public async Task<ChargeOutcome> VoidAsync(string paymentId, string attemptId, CancellationToken cancellationToken) =>
        await InsertAsync(cancellationToken, End(paymentId, attemptId, ChargeState.Voided)) is WriteResult.Conflict
            ? await FindAsync(paymentId, attemptId, cancellationToken)
            : new ChargeOutcome(ChargeState.Voided);

    /// <inheritdoc />
    public async Task<ChargeOutcome> FindAsync(string paymentId, string attemptId, CancellationToken cancellationToken)
    {
        var end = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(paymentId, "end:" + attemptId, cancellationToken: cancellationToken);
        if (end.HasValue)
        {
            var state = Enum.Parse<ChargeState>(end.Value!.GetString(State));
            return new ChargeOutcome(state, state == ChargeState.Declined ? "card_declined" : null);
        }

        var begun = await tables.Sandbox.GetEntityIfExistsAsync<TableEntity>(paymentId, "begun:" + attemptId, cancellationToken: cancellationToken);
        return new ChargeOutcome(begun.HasValue ? ChargeState.Pending : ChargeState.Unknown);
    }

    /// <inheritdoc />
    public async Task<RefundOutcome> RefundAsync(
        string paymentId, string attemptId, string refundId, long amountInCents, CancellationToken cancellationToken)
    {
        var end = await FindAsync(paymentId, attemptId, cancellationToken);
        if (end.State != ChargeState.Succeeded)
        {
            return new RefundOutcome(false, "charge_not_found");
        }

        var refund = new TableEntity(paymentId, "refund:" + refundId) { ["amount_in_cents"] = amountInCents };
        if (await InsertAsync(cancellationToken, refund) is WriteResult.Conflict { Main: { } existing }
            && existing.GetInt64("amount_in_cents") != amountInCents)
        {
            throw new InvalidOperationException($"Refund {refundId} was sent with another amount.");
        }

        return new RefundOutcome(true);
    }

    private static TableEntity End(string paymentId, string attemptId, ChargeState state) =>
        new(paymentId, "end:" + attemptId) { [State] = state.ToString() };

    private Task<WriteResult> InsertAsync(CancellationToken cancellationToken, params TableEntity[] rows) =>
        tables.Sandbox.SubmitAsync(
            rows.Aggregate(new EntityGroup(ids.NewWriteId()), (group, row) => group.Insert(row)), cancellationToken);
}
