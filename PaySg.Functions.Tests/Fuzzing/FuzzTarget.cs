namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>Something of the product that reads bytes from outside, and what must be true whatever they are.</summary>
/// <param name="Name">Its name, and that of its folder below <c>corpus</c>.</param>
/// <param name="Property">What must be true besides what is asked of all of them (<see cref="FuzzRun"/>), for the reader of a failure.</param>
/// <param name="TakeAsync">
/// Reads the input; true: it was taken, false: it was refused as such things are refused. Any exception is a finding.
/// </param>
internal sealed record FuzzTarget(string Name, string Property, Func<byte[], Task<bool>> TakeAsync)
{
    /// <summary>Pieces that lead further than chance would.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Puts the values of this run into an input of the corpus, such as the id of a payment that exists.</summary>
    public Func<byte[], byte[]> Fill { get; init; } = static input => input;

    public override string ToString() => Name;
}
