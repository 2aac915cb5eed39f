using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>Decides a pending attempt as the payer's bank would, and has the product take the notice of it.</summary>
internal sealed class SettleSandboxAttempt(SandboxGateway sandbox, TakeGatewayNotice takeNotice, KeyedCalls keyedCalls) : ISimulatedBank
{
    private const int MaxIdLength = 60;
    private static readonly string[] Outcomes = ["succeeded", "failed"];

    /// <summary>Whether the text may be the id of an attempt, of a payment or of a link.</summary>
    public static bool IsAttemptId(string? text) => text is { Length: > 0 and <= MaxIdLength } && SortableAlphabet.Contains(text);

    /// <summary>200 and what the attempt was to pay, as its API prints it.</summary>
    /// <exception cref="ApiException">400; 402 where the attempt was decided otherwise before; 404; 409; 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string attemptId)
    {
        var fields = await call.ReadFieldsAsync();
        var outcome = fields.RequiredText("outcome", 20);
        if (outcome is not null && !Outcomes.Contains(outcome))
            fields.Wrong("outcome", $"must be one of {string.Join(", ", Outcomes)}.");

        fields.ThrowIfInvalid();
        var attempt = (IsAttemptId(attemptId)
            ? await sandbox.FindPendingAsync(attemptId, call.ClientLeft)
            : null) ?? throw ApiErrors.AttemptNotFound();
        var keyed = keyedCalls.Of(
            call,
            new KeySpace(SandboxMethods.Payer, takeNotice.BookOf(attempt.OwnerId).Table, attempt.OwnerId),
            new RequestParameters().With("outcome", outcome).OnceWrittenAs(outcome!));
        return await keyed.FindAnswerAsync()
            ?? await keyed.RunAsync(async () => await keyed.StoreAsync(new ApiAnswer(200, await RunAsync(attempt, succeeds: outcome == "succeeded"))));
    }

    /// <inheritdoc/>
    public async Task SettleAsync(AttemptKey attempt, bool succeeds)
    {
        if (!IsAttemptId(attempt.AttemptId) || await sandbox.FindPendingAsync(attempt.AttemptId, CancellationToken.None) != attempt)
            throw ApiErrors.AttemptNotFound();

        await RunAsync(attempt, succeeds);
    }

    /// <summary>Decides the attempt and takes the notice. Deciding it again the same way does nothing new.</summary>
    /// <returns>What the attempt was to pay, as its API prints it.</returns>
    /// <exception cref="ApiException">402 where the attempt was decided otherwise before; 404 where there is none; 503.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(AttemptKey attempt, bool succeeds)
    {
        var decided = await sandbox.DecideAsync(attempt, succeeds, CancellationToken.None);

        // Whatever was decided, now or before, is written: a notice that was lost is made good here.
        var paidFor = await takeNotice.RunAsync(attempt) ?? throw ApiErrors.ChargeInDoubt();
        return decided.State == (succeeds ? ChargeState.Succeeded : ChargeState.Declined)
            ? paidFor
            : throw ApiErrors.AttemptAlreadyDecided(NameOf(decided.State));
    }

    private static string NameOf(ChargeState state) => state switch
    {
        ChargeState.Succeeded => "succeeded",
        ChargeState.Declined => "failed",
        ChargeState.Voided => "withdrawn",
        _ => "superseded",
    };
}
