namespace PaySg.Functions.Platform.Outbox;

/// <summary>What a sweep finds in the index.</summary>
/// <param name="All">Every mark, those of times to come as well.</param>
/// <param name="WholeSweep">Whether every owner is to be looked at, whatever the marks say.</param>
internal sealed record ReadMarks(IReadOnlyList<WorkMark> All, WholeSweep WholeSweep);
