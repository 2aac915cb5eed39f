namespace PaySg.Functions.Tests.Soak;

/// <summary>One look at a process.</summary>
/// <param name="At">Since the soak began.</param>
/// <param name="Role">Which process of the product it is.</param>
/// <param name="ProcessId">Its number; another one after a kill.</param>
/// <param name="WorkingSet">Bytes in memory.</param>
/// <param name="Heap">Bytes of objects on the managed heap after its last collection of whatever generation.</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Connections">Established TCP connections.</param>
/// <param name="Threads">Threads of the process.</param>
internal sealed record ProcessSample(TimeSpan At, string Role, int ProcessId, long WorkingSet, long Heap, int Descriptors, int Connections, int Threads);
