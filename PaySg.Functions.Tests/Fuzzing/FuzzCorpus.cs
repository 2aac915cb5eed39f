using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>The inputs that are kept: valid ones, and ones that are nearly valid. New ones are made of them.</summary>
internal static class FuzzCorpus
{
    public static string Folder { get; } = Path.Combine(Document.Repository.Root, "PaySg.Functions.Tests", "Fuzzing", "corpus");

    /// <summary>The inputs of a target, in the order of their names.</summary>
    public static IReadOnlyList<byte[]> Of(FuzzTarget target) =>
        [.. Directory.GetFiles(Path.Combine(Folder, target.Name)).Order(StringComparer.Ordinal).Select(file => target.Fill(File.ReadAllBytes(file)))];
}
