using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Ids;

public sealed class SortableAlphabetTests
{
    private static readonly string[] Digits = [.. Enumerable.Range(0, 64).Select(number => SortableAlphabet.Encode(number, 1))];

    [Fact]
    public void The_alphabet_is_64_url_safe_characters_in_ascii_order()
    {
        Assert.Equal(64, Digits.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Digits.Order(StringComparer.Ordinal), Digits);
        Assert.All(Digits, digit => Assert.Matches("^[A-Za-z0-9_-]$", digit));
    }

    [Theory]
    [InlineData(0, "---")]
    [InlineData(1, "--0")]
    [InlineData(63, "--z")]
    [InlineData(64, "-0-")]
    [InlineData((64 * 64 * 64) - 1, "zzz")]
    [InlineData(64 * 64 * 64, "---")]
    public void A_number_is_written_in_digits_of_six_bits(long number, string expected)
    {
        Assert.Equal(expected, SortableAlphabet.Encode(number, 3));
    }

    [Fact]
    public void The_complement_of_the_complement_is_the_text_itself()
    {
        var all = string.Concat(Digits);

        Assert.Equal(string.Concat(Digits.Reverse()), SortableAlphabet.Complement(all));
        Assert.Equal(all, SortableAlphabet.Complement(SortableAlphabet.Complement(all)));
    }

    [Fact]
    public void Complements_sort_in_the_opposite_order()
    {
        var random = new SystemRandomSource();
        var texts = Enumerable.Range(0, 500).Select(_ => SortableAlphabet.Random(random, 21)).Order(StringComparer.Ordinal).ToList();

        var byComplement = texts.OrderBy(SortableAlphabet.Complement, StringComparer.Ordinal);

        Assert.Equal(Enumerable.Reverse(texts), byComplement);
    }

    [Fact]
    public void Every_character_can_be_drawn()
    {
        Assert.Equal(Digits, Enumerable.Range(0, 64).Select(value => SortableAlphabet.Random(new FixedRandom((byte)value), 2)[..1]));
        Assert.Equal("zz", SortableAlphabet.Random(new FixedRandom(127), 3)[..2]);
    }

    [Fact]
    public void The_last_character_is_a_letter_or_a_figure_each_as_often_as_the_others()
    {
        var random = new SystemRandomSource();

        var drawn = Enumerable.Range(0, 62_000).Select(_ => SortableAlphabet.Random(random, 2)[1]).CountBy(character => character).ToList();

        Assert.Equal(62, drawn.Count);
        Assert.All(drawn, count => Assert.InRange(count.Value, 750, 1250));
        Assert.DoesNotContain(drawn, count => count.Key is '-' or '_');
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-09AZ_az", true)]
    [InlineData("a.b", false)]
    [InlineData("a^b", false)]
    [InlineData("a`b", false)]
    [InlineData("a{b", false)]
    public void Membership_is_exact(string text, bool expected)
    {
        Assert.Equal(expected, SortableAlphabet.Contains(text));
    }
}
