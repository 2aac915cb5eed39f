using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>
/// Sends inputs to a target: those of the corpus as they are, then new ones. Of each target is asked that it ends within a bound of time and of memory, and throws
/// nothing but what it refuses with; more is asked by the target itself.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, ulong seed)
{
    /// <summary>The longest input is read within milliseconds: this is for a machine that has much else to do.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(3);

    /// <summary>A thousand times the largest input: what grows with its square would be beyond.</summary>
    private const long MostMemory = 64 * 1024 * 1024;

    private const int ShrinkingTries = 1500;
    private readonly IReadOnlyList<byte[]> corpus = FuzzCorpus.Of(target);

    private bool isTaken;

    public int Inputs { get; private set; }

    public int Taken { get; private set; }

    /// <summary>Until so many inputs were sent, or the time is over.</summary>
    public async Task RunAsync(int most, TimeSpan time)
    {
        foreach (var input in corpus)
            await SendAsync(input);
#pragma warning disable RS0030 // Seeded: it draws the same for the same seed.
        var mutator = new Mutator(new Random((int)(seed ^ (seed >> 32))), target.Tokens);
#pragma warning restore RS0030
        var started = TimeProvider.System.GetTimestamp();
        for (var sent = 0; sent < most && TimeProvider.System.GetElapsedTime(started) < time; sent++)
            await SendAsync(mutator.Next(corpus));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{target.Name,-20} {Inputs,10} inputs, {100.0 * Taken / Math.Max(1, Inputs),5:F1} % of them taken");

    private async Task SendAsync(byte[] input)
    {
        Inputs++;
        if (await TryAsync(input) is not { } failure)
        {
            Taken += isTaken ? 1 : 0;
        }
        else
        {
            var shortest = await ShrinkAsync(input, failure);
            throw new FuzzFinding(
                $"""
                {target.Name}: {failure.Message}
                What must be true: {target.Property}
                The shortest input that fails ({shortest.Length} bytes): {Show(shortest)}
                In base64: {Convert.ToBase64String(shortest.AsSpan(0, Math.Min(shortest.Length, 6000)))}
                {failure}
                """,
                failure);
        }
    }

    /// <summary>What is wrong; null: nothing.</summary>
    private async Task<Exception?> TryAsync(byte[] input)
    {
        if (await MeasureAsync(input) is var first && first is not FuzzFinding { Message: TooSlow or TooLarge })
            return first;

        // Another process had the processor, or another test the memory? Then not again.
        return await MeasureAsync(input);
    }

    private const string TooSlow = "It took too long.";
    private const string TooLarge = "It took too much memory.";

    private async Task<Exception?> MeasureAsync(byte[] input)
    {
        var memory = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var thread = Environment.CurrentManagedThreadId;
        try
        {
            isTaken = await target.TakeAsync(input);
        }
        catch (Exception fault)
        {
            return fault;
        }

        if (Stopwatch.GetElapsedTime(started) > LongestTime)
            return new FuzzFinding(TooSlow);
        return thread == Environment.CurrentManagedThreadId && GC.GetAllocatedBytesForCurrentThread() - memory > MostMemory ? new FuzzFinding(TooLarge) : null;
    }

    /// <summary>Takes away what is not needed to fail in the same way.</summary>
    private async Task<byte[]> ShrinkAsync(byte[] input, Exception failure)
    {
        var tries = 0;
        for (var length = Math.Max(1, input.Length / 2); length > 0; length /= 2)
        {
            for (var at = 0; at + length <= input.Length && tries < ShrinkingTries; tries++)
            {
                byte[] without = [.. input[..at], .. input[(at + length)..]];
                if (await TryAsync(without) is { } again && again.GetType() == failure.GetType() && again.TargetSite == failure.TargetSite)
                    input = without;
                else
                    at += length;
            }
        }

        return input;
    }

    private static string Show(byte[] input)
    {
        var text = new StringBuilder();
        foreach (var value in input.Take(2000))
            text.Append(value is >= 0x20 and < 0x7F or (byte)'\n' ? (char)value : $"\\x{value:X2}");
        return text.ToString();
    }
}
