using System.Collections.Concurrent;
using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What a random client does next.</summary>
public enum RandomCallKind
{
    Create,
    Pay,
    Cancel,
    Refund,
    Get,
    Replay,
    Repair,

    /// <summary>The payer's bank decides a pending attempt; where the step is keyed, its notice is lost.</summary>
    Settle,

    /// <summary>A notice comes: once more, or for what is not decided yet.</summary>
    Notice,

    /// <summary>What was on its way to the gateway arrives.</summary>
    Arrive,
}

/// <summary>One step of a random client, drawn before anything is known of the payments: numbers are taken modulo what there is.</summary>
public sealed record RandomStep(RandomCallKind Kind, int Instance, int Payment, int Amount, bool IsKeyed, string Outcome)
{
    /// <summary>The amount of each payment: small, so that refunds meet their limit.</summary>
    public const int AmountPaid = 30;

    /// <summary>Steps that are taken one after the other, each list of them at once.</summary>
    public static Gen<RandomStep[][]> Batches(int count, int atOnce) => Any.ArrayOf(atOnce).ArrayOf(count);

    private static Gen<RandomStep> Any =>
        from kind in Gen.Frequency(
            (1, Gen.Constant(RandomCallKind.Create)),
            (7, Gen.Constant(RandomCallKind.Pay)),
            (1, Gen.Constant(RandomCallKind.Cancel)),
            (8, Gen.Constant(RandomCallKind.Refund)),
            (1, Gen.Constant(RandomCallKind.Get)),
            (3, Gen.Constant(RandomCallKind.Replay)),
            (1, Gen.Constant(RandomCallKind.Repair)),
            (3, Gen.Constant(RandomCallKind.Settle)),
            (1, Gen.Constant(RandomCallKind.Notice)),
            (1, Gen.Constant(RandomCallKind.Arrive)))
        from instance in Gen.Choose(0, 1)
        from payment in Gen.Choose(0, 1000)
        from amount in Gen.Frequency((4, Gen.Choose(1, 6)), (1, Gen.Choose(1, AmountPaid + 1)))
        from isKeyed in Gen.Choose(0, 1)
        from outcome in Gen.Elements("succeeded", "succeeded", "declined", "pending")
        select new RandomStep(kind, instance, payment, amount, isKeyed == 1, outcome);
}

/// <summary>A call that was made, perhaps several times with one key, and what it was answered.</summary>
public sealed record RandomCall(RandomCallKind Kind, string? PaymentId, string Path, string Body, string? Key)
{
    /// <summary>Every answer, the unclear ones too.</summary>
    public ConcurrentQueue<Answer> Answers { get; } = new();

    /// <summary>The answers that say what became of the call.</summary>
    public IEnumerable<Answer> Decisions => Answers.Where(IsDecision);

    /// <summary>Whether the call was done, for all that its client knows.</summary>
    public bool IsDone => Decisions.Any(answer => (int)answer.Status < 300);

    /// <summary>Whether the client does not know.</summary>
    public bool IsUnclear => !Decisions.Any();

    private static bool IsDecision(Answer answer) =>
        (int)answer.Status < 500 && !(answer.Status == HttpStatusCode.Conflict && answer.ErrorCode == "idempotency_key_in_use");
}
