using System.Text;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The types of the npm package <c>stripe</c>, asked with the TypeScript compiler.</summary>
internal static partial class StripeTypes
{
    private const string OpenEnd = "export type OtherString = string & Record<never, never>;";

    /// <summary>What is wrong, each with the origin of the constant; none if all are of their types. Needs <c>node_modules</c>.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(IReadOnlyList<StripeConstant> constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        var folder = Directory.CreateTempSubdirectory("paysg-stripe-").FullName;
        try
        {
            var modules = Path.Combine(Document.Repository.Root, "node_modules");
            LayOut(modules, folder);
            var written = constants.DistinctBy(constant => (constant.Type, constant.Value.ToJsonString())).ToList();
            await File.WriteAllTextAsync(Path.Combine(folder, "constants.mts"), Source(written));
            var end = await ChildProcess.RunToEndAsync("node", Path.Combine(modules, "typescript/bin/tsc"), "-p", folder, "--pretty", "false");
            var faults = end.Output.Split('\n').Where(line => line.Contains("error TS", StringComparison.Ordinal)).Select(line => Named(line, written)).ToList();
            return end.ExitCode == 0 || faults.Count > 0 ? faults : [$"The compiler ended with {end.ExitCode}: {end.Output}{end.Errors}"];
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>One constant a line, so that the compiler's lines are theirs.</summary>
    private static string Source(List<StripeConstant> constants)
    {
        var source = new StringBuilder("import type Stripe from 'stripe';\n");
        for (var i = 0; i < constants.Count; i++)
            source.Append("export const c").Append(i).Append(": ").Append(constants[i].Type).Append(" = ").Append(constants[i].Value.ToJsonString()).Append(";\n");
        return source.ToString();
    }

    private static string Named(string error, List<StripeConstant> constants) =>
        Line().Match(error) is { Success: true } found && int.Parse(found.Groups["line"].Value) - 2 is >= 0 and var index && index < constants.Count
            ? $"{constants[index].Origin}: {error[(error.IndexOf("error", StringComparison.Ordinal) + 6)..]}"
            : error;

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
        File.WriteAllText(
            Path.Combine(folder, "tsconfig.json"),
            """
            {
              "compilerOptions": {
                "strict": true, "noEmit": true, "target": "es2022", "module": "nodenext", "lib": ["es2022"], "types": ["node"],
                "skipLibCheck": true, "preserveSymlinks": true
              },
              "files": ["constants.mts"]
            }
            """);
    }

    // The links to folders go first: what they lead to is not ours to delete.
    private static void Remove(string folder)
    {
        foreach (var below in new DirectoryInfo(folder).GetDirectories("node_modules").SelectMany(modules => modules.GetDirectories("stripe/esm").Append(modules)))
        {
            foreach (var link in below.GetDirectories().Where(directory => directory.LinkTarget is not null))
                link.Delete();
        }

        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"constants\.mts\((?<line>\d+),", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
