using System.Text;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The types of the npm package <c>stripe</c>, asked with the TypeScript compiler.</summary>
internal static class StripeTypes
{
    private const string OpenEnd = "export type OtherString = string & Record<never, never>;";

    private static readonly Lazy<TypeChecker> Checker = new(Start);

    /// <summary>What is wrong, each with the origin of the constant; none if all are of their types. Needs <c>node_modules</c>.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(IReadOnlyList<StripeConstant> constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        var written = constants.DistinctBy(constant => (constant.Type, constant.Value.ToJsonString())).ToList();
        return [.. (await Checker.Value.FaultsOfAsync(Source(written))).Select(fault => fault.Line is > 0 and var line && line <= written.Count ? $"{written[line - 1].Origin}: {fault.Message}" : fault.Message)];
    }

    private static TypeChecker Start()
    {
        var modules = Path.Combine(Document.Repository.Root, "node_modules");
        var folder = Directory.CreateTempSubdirectory("paysg-stripe-").FullName;
        LayOut(modules, folder);
        return new TypeChecker(modules, folder);
    }

    /// <summary>One constant a line, so that the compiler's lines are theirs.</summary>
    private static string Source(List<StripeConstant> constants)
    {
        var source = new StringBuilder("import type Stripe from 'stripe';\n");
        for (var i = 0; i < constants.Count; i++)
            source.Append("export const c").Append(i).Append(": ").Append(constants[i].Type).Append(" = ").Append(constants[i].Value.ToJsonString()).Append(";\n");
        return source.ToString();
    }

    // The package lets each enum be any text, for words that Stripe adds later. That end is closed here: a word that is not in the list is a fault. The compiler
    // is to take the links for what they stand for, so that the package's other files find the file that was changed.
    private static void LayOut(string modules, string folder)
    {
        var here = Path.Combine(folder, "node_modules");
        Directory.CreateDirectory(Path.Combine(here, "stripe/esm"));
        Directory.CreateSymbolicLink(Path.Combine(here, "@types"), Path.Combine(modules, "@types"));
        Directory.CreateSymbolicLink(Path.Combine(here, "undici-types"), Path.Combine(modules, "undici-types"));
        File.CreateSymbolicLink(Path.Combine(here, "stripe/package.json"), Path.Combine(modules, "stripe/package.json"));
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(modules, "stripe/esm")))
        {
            if (Path.GetFileName(entry) != "shared.d.ts")
                File.CreateSymbolicLink(Path.Combine(here, "stripe/esm", Path.GetFileName(entry)), entry);
        }

        var shared = File.ReadAllText(Path.Combine(modules, "stripe/esm/shared.d.ts"));
        Assert.Contains(OpenEnd, shared, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(here, "stripe/esm/shared.d.ts"), shared.Replace(OpenEnd, "export type OtherString = never;", StringComparison.Ordinal));
    }
}
