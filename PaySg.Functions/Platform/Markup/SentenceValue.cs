namespace PaySg.Functions.Platform.Markup;

/// <summary>What stands at a named place of a <see cref="Sentence"/>: a text, a number, a sentence, or a piece of HTML.</summary>
internal readonly struct SentenceValue
{
    private readonly object? value;

    private SentenceValue(object? value) => this.value = value;

    /// <summary>The value as a part of HTML: encoded, unless it is HTML.</summary>
    public Html Html => Html.Of($"{value}");

    /// <summary>The value as plain text, in one line.</summary>
    /// <exception cref="InvalidOperationException">It is HTML, which has no place in plain text.</exception>
    public string Text => value is Html
        ? throw new InvalidOperationException("A sentence with HTML in it was asked for as plain text.")
        : ShownText.OneLine(Convert.ToString(value, CultureInfo.InvariantCulture));

    public static implicit operator SentenceValue(string? text) => new(text);

    public static implicit operator SentenceValue(Html html) => new(html);

    public static implicit operator SentenceValue(Sentence sentence) => new(sentence);
}
