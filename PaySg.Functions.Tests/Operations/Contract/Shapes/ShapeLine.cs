namespace PaySg.Functions.Tests.Operations.Contract.Shapes;

/// <summary>One promise of the API's document: what is said of a place in it.</summary>
/// <param name="Place">Its kind, then its name, such as <c>member Payment.id</c>.</param>
/// <param name="Terms">What is said, by keyword; a keyword that is said without a value has an empty one, and values that are sets are parted by <c>|</c>.</param>
internal sealed record ShapeLine(string Place, IReadOnlyDictionary<string, string> Terms)
{
    /// <summary>What sort of place it is: <c>operation</c>, <c>parameter</c>, <c>request</c>, <c>answer</c>, <c>errors</c>, <c>webhook</c>, <c>schema</c>, <c>member</c>.</summary>
    public string Kind => Place.Split(' ')[0];

    /// <summary>A value; null: it is not said.</summary>
    public string? this[string term] => Terms.GetValueOrDefault(term);

    public static ShapeLine Parse(string line)
    {
        var parts = line.Split('\t');
        return new ShapeLine(parts[0], parts.Skip(1).Select(term => term.Split(' ', 2)).ToDictionary(term => term[0], term => term.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal));
    }

    /// <summary>One line of text: tabs part the place and its terms.</summary>
    public override string ToString() => string.Join('\t', Terms.Select(term => $"{term.Key} {term.Value}".TrimEnd()).Prepend(Place));
}
