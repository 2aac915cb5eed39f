using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>States what is true of every value, and lets FsCheck look for one of which it is not.</summary>
internal static class Properties
{
    /// <summary>Half of the texts are of letters, the others of anything: controls, other scripts, pairs of surrogates.</summary>
    public static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Elements("a b-c_Z0.:~".ToCharArray()).ArrayOf().Select(characters => new string(characters)),
        Gen.Frequency(
            (4, Gen.Choose(0x20, 0x7E)),
            (2, Gen.Choose(0, 0x1F)),
            (2, Gen.Choose(0x7F, 0xD7FF)),
            (1, Gen.Choose(0xE000, 0xFFFF)),
            (1, Gen.Choose(0x10000, 0x10FFFF))).ArrayOf().Select(scalars => string.Concat(scalars.Select(char.ConvertFromUtf32))));

    /// <summary>Any UTF-16 at all, halves of pairs too.</summary>
    public static Gen<string> CodeUnits { get; } = Gen.Frequency(
        (3, Gen.Choose(0, 0xFF)),
        (2, Gen.Choose(0xD800, 0xDFFF)),
        (1, Gen.Choose(0, 0xFFFF)),
        (1, Gen.Elements('"', '\\', '\u2028').Select(character => (int)character)))
        .ArrayOf().Select(units => new string([.. units.Select(unit => (char)unit)]));

    /// <summary>Any integer within the bounds.</summary>
    public static Gen<long> Between(long min, long max) => FsCheck.FSharp.Gen.Choose64(min, max);

    /// <summary>Fails where the property throws, and tells the smallest value found and the seed.</summary>
    public static void Hold<T>(Gen<T> values, Action<T> property, int tests = 200) =>
        Hold(Arb.From(values), property, tests);

    /// <summary>The same for sequences, which are made shorter while they still fail.</summary>
    public static void HoldForSequences<T>(Gen<T> items, Action<IReadOnlyList<T>> property, int tests = 200) =>
        Hold(Arb.From(items.ArrayOf(), Shorter), property, tests);

    private static void Hold<T>(Arbitrary<T> values, Action<T> property, int tests)
    {
        var seed = TestSeed.Next();
        var config = Config.QuickThrowOnFailure
            .WithQuietOnSuccess(true)
            .WithMaxTest(tests)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        try
        {
            Check.One(config, Prop.ForAll(values, property));
        }
        catch (Exception failure)
        {
            throw new XunitException($"{TestSeed.Replay(seed)}\n{failure.Message}", failure);
        }
    }

    private static IEnumerable<T[]> Shorter<T>(T[] sequence)
    {
        for (var length = sequence.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < sequence.Length; start += length)
                yield return [.. sequence[..start], .. sequence[Math.Min(start + length, sequence.Length)..]];
        }
    }
}
