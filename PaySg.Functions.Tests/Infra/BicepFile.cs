namespace PaySg.Functions.Tests.Infra;

/// <summary>What the grammar found in one file.</summary>
/// <param name="Errors">Where the file does not parse.</param>
/// <param name="Arrays">The entries of each array that a variable names.</param>
/// <param name="Properties">The name of each property of each object.</param>
/// <param name="Strings">Each text.</param>
/// <param name="Parameters">Each parameter, and whether it has a default.</param>
/// <param name="Modules">Each module by its file, and the names of the parameters that it is given.</param>
public sealed record BicepFile(
    IReadOnlyList<string> Errors,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Arrays,
    IReadOnlyList<string> Properties,
    IReadOnlyList<string> Strings,
    IReadOnlyDictionary<string, bool> Parameters,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Modules);
