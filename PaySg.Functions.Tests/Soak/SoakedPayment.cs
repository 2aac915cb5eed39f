using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Soak;

/// <summary>A payment whose flow has ended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Calls">All calls about it, its create among them.</param>
/// <param name="EndedAt">The timestamp of the end.</param>
internal sealed record SoakedPayment(string Id, IReadOnlyList<RandomCall> Calls, long EndedAt);
