namespace PaySg.Functions.Platform.Markup;

/// <summary>
/// A sentence that payers read, with values at its named places, such as <c>Pay {amount}</c>. In HTML the sentence and its values are encoded: only a value that is
/// <see cref="Markup.Html"/> itself is not. In plain text they stand as they are.
/// </summary>
/// <param name="Template">The sentence. A place that no value is given for is a mistake of ours.</param>
/// <param name="Values">The values by the names of their places.</param>
internal sealed record Sentence(string Template, IReadOnlyList<(string Name, SentenceValue Value)> Values)
{
    /// <summary>The sentence as a part of HTML.</summary>
    public Html Html => new(Fill(text => Markup.Html.OfText(text).Text, value => value.Html.Text));

    /// <summary>The sentence as plain text.</summary>
    /// <exception cref="InvalidOperationException">A value is HTML.</exception>
    public override string ToString() => Values.Count == 0 ? Template : Fill(text => text, value => value.Text);

    public static implicit operator string(Sentence sentence) => sentence.ToString();

    /// <summary>Each place is filled once: what a value holds is never read as a place.</summary>
    private string Fill(Func<string, string> ofTemplate, Func<SentenceValue, string> ofValue)
    {
        var filled = new StringBuilder();
        var rest = Template.AsSpan();
        while (rest.IndexOf('{') is var start and >= 0)
        {
            var name = rest[(start + 1)..rest.IndexOf('}')].ToString();
            filled.Append(ofTemplate(rest[..start].ToString())).Append(ofValue(ValueOf(name)));
            rest = rest[(start + name.Length + 2)..];
        }

        return filled.Append(ofTemplate(rest.ToString())).ToString();
    }

    private SentenceValue ValueOf(string name)
    {
        foreach (var (known, value) in Values)
        {
            if (known == name)
                return value;
        }

        throw new InvalidOperationException($"The sentence \"{Template}\" has a place {{{name}}} that no value is given for.");
    }
}
