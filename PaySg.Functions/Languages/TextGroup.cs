using System.Runtime.CompilerServices;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>
/// A group of sentences of a text file. A member's name is its key and its parameters are the places in the sentence, so a key that is missing or a place that
/// is not filled shows in the compiler or in a test.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="name">The group's name in it.</param>
internal abstract class TextGroup(TextFile file, string name)
{
    protected string Say([CallerMemberName] string key = "") => file.Find(name, key);

    protected Sentence Say(
        SentenceValue one,
        [CallerMemberName] string key = "",
        [CallerArgumentExpression(nameof(one))] string nameOfOne = "") => new(Say(key), [(nameOfOne, one)]);

    protected Sentence Say(
        SentenceValue one,
        SentenceValue two,
        [CallerMemberName] string key = "",
        [CallerArgumentExpression(nameof(one))] string nameOfOne = "",
        [CallerArgumentExpression(nameof(two))] string nameOfTwo = "") => new(Say(key), [(nameOfOne, one), (nameOfTwo, two)]);

    protected Sentence Say(
        SentenceValue one,
        SentenceValue two,
        SentenceValue three,
        [CallerMemberName] string key = "",
        [CallerArgumentExpression(nameof(one))] string nameOfOne = "",
        [CallerArgumentExpression(nameof(two))] string nameOfTwo = "",
        [CallerArgumentExpression(nameof(three))] string nameOfThree = "") => new(Say(key), [(nameOfOne, one), (nameOfTwo, two), (nameOfThree, three)]);
}
