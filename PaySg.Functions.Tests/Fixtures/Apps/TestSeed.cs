using System.Globalization;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// Where the random tests begin: another seed in each run, told by each failure. <c>PAYSG_TEST_SEED</c> sets it, so that what failed is run again.
/// </summary>
public static class TestSeed
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "PAYSG_TEST_SEED";

    /// <summary>The given seed, or a fresh one.</summary>
    public static ulong Next() => ulong.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var given)
        ? given
        : BitConverter.ToUInt64(new SystemRandomSource().Bytes(8));

    /// <summary>How to run it again.</summary>
    public static string Replay(ulong seed) => $"Run it again with {Variable}={seed}.";
}
