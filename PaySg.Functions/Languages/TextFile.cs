using System.Collections.Frozen;

namespace PaySg.Functions.Languages;

/// <summary>The sentences of one language, from the file <c>Texts/…json</c> in this assembly: groups of keys, each with one sentence.</summary>
internal sealed class TextFile
{
    private readonly FrozenDictionary<(string Group, string Key), string> sentences;

    private TextFile(FrozenDictionary<(string Group, string Key), string> sentences) => this.sentences = sentences;

    /// <summary>All sentences, in no order.</summary>
    public IEnumerable<(string Group, string Key, string Sentence)> All => sentences.Select(entry => (entry.Key.Group, entry.Key.Key, entry.Value));

    /// <summary>Reads the file of a language.</summary>
    /// <param name="tag">The language's tag, such as <c>en</c>.</param>
    public static TextFile Of(string tag)
    {
        using var stream = typeof(TextFile).Assembly.GetManifestResourceStream($"PaySg.Functions.Languages.Texts.{tag}.json")
            ?? throw new InvalidOperationException($"There is no text file {tag}.json in the assembly.");
        using var file = JsonDocument.Parse(stream);
        return new TextFile(file.RootElement.EnumerateObject()
            .SelectMany(group => group.Value.EnumerateObject().Select(entry => KeyValuePair.Create((group.Name, entry.Name), entry.Value.GetString()!)))
            .ToFrozenDictionary());
    }

    /// <exception cref="InvalidOperationException">There is no such sentence: a mistake of ours, which tests find.</exception>
    public string Find(string group, string key) => sentences.TryGetValue((group, key), out var sentence)
        ? sentence
        : throw new InvalidOperationException($"The text files have no sentence {group}.{key}.");
}
