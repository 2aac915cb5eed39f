using FsCheck;
using FsCheck.Fluent;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What a <see cref="LinkStep"/> does.</summary>
public enum LinkStepKind
{
    Pay,
    Update,
    Read,
    Decide,
}

/// <summary>One random step at one of the links: a payer's, the owner's, or the payer's bank's.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Link">Which of the links.</param>
/// <param name="Instance">Which process is asked.</param>
/// <param name="Outcome">Of a payment.</param>
/// <param name="Uses">The <c>max_usage</c> of an update.</param>
/// <param name="IsOpen">The <c>status</c> of an update.</param>
/// <param name="IsKeyed">Whether the payer sends an idempotency key, and the request twice.</param>
public sealed record LinkStep(LinkStepKind Kind, int Link, int Instance, string Outcome, int Uses, bool IsOpen, bool IsKeyed)
{
    private static readonly Gen<LinkStep> Any =
        from kind in Gen.Frequency(
            (8, Gen.Constant(LinkStepKind.Pay)), (4, Gen.Constant(LinkStepKind.Update)), (1, Gen.Constant(LinkStepKind.Read)), (2, Gen.Constant(LinkStepKind.Decide)))
        from link in Gen.Choose(0, 2)
        from instance in Gen.Choose(0, 1)
        from outcome in Gen.Frequency((6, Gen.Constant("succeeded")), (2, Gen.Constant("pending")), (1, Gen.Constant("failed")))
        from uses in Gen.Choose(1, 9)
        from isOpen in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        from isKeyed in Gen.Elements(true, false)
        select new LinkStep(kind, link, instance, outcome, uses, isOpen, isKeyed);

    /// <summary>Steps that happen batch by batch, those of one batch at once.</summary>
    public static Gen<LinkStep[][]> Batches(int batches, int atOnce) => Any.ArrayOf(atOnce).ArrayOf(batches);
}
