using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

public sealed class PaymentIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Fact]
    public void An_id_has_21_url_safe_characters()
    {
        var id = PaymentId.New("Ab-_", Now, new SystemRandomSource());

        Assert.Matches("^[A-Za-z0-9_-]{21}$", id);
        Assert.True(PaymentId.IsValid(id));
    }

    [Fact]
    public void An_id_names_the_payment_service_that_made_it()
    {
        Assert.Equal("Ab-_", PaymentId.ServiceCodeOf(PaymentId.New("Ab-_", Now, new SystemRandomSource())));
    }

    [Fact]
    public void Ids_of_one_millisecond_differ_in_ten_random_characters()
    {
        var low = PaymentId.New("code", Now, FixedRandom.Lowest);
        var high = PaymentId.New("code", Now, FixedRandom.Highest);

        Assert.Equal(low[..11], high[..11]);
        Assert.Equal(("---------0", "zzzzzzzzz1"), (low[11..], high[11..]));
    }

    /// <summary>What finds links in chats and mails takes a dash or an underscore at the end for punctuation.</summary>
    [Fact]
    public void The_last_character_is_a_letter_or_a_figure_and_each_of_them_can_be_drawn()
    {
        var random = new SystemRandomSource();

        var last = Enumerable.Range(0, 10_000).Select(_ => PaymentId.New("Ab-_", Now, random)[^1]).ToHashSet();

        Assert.Equal("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".Order(), last.Order());
    }

    [Theory]
    [InlineData("1234567890123456789-0")]
    [InlineData("12345678901234567890-")]
    [InlineData("12345678901234567890_")]
    public void Ids_of_before_that_may_end_otherwise_and_stay_valid(string id) => Assert.True(PaymentId.IsValid(id));

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(4095)]
    [InlineData(262_143)]
    [InlineData(1_768_440_600_000)]
    [InlineData(1_768_440_600_063)]
    [InlineData((1L << 42) - 2)]
    public void An_id_of_a_later_millisecond_sorts_after_all_of_the_millisecond_before(long milliseconds)
    {
        var earlier = PaymentId.New("zzzz", DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), FixedRandom.Highest);
        var later = PaymentId.New("----", DateTimeOffset.FromUnixTimeMilliseconds(milliseconds + 1), FixedRandom.Lowest);

        Assert.True(string.CompareOrdinal(earlier, later) < 0, $"{earlier} is not before {later}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345678901234567890")]
    [InlineData("1234567890123456789012")]
    [InlineData("12345678901234567890.")]
    [InlineData("12345678901234567890 ")]
    [InlineData("1234567890/2345678901")]
    [InlineData("1234567890é2345678901")]
    [InlineData("1234567890\n2345678901")]
    public void What_is_not_21_characters_of_the_alphabet_is_no_id(string? text)
    {
        Assert.False(PaymentId.IsValid(text));
    }

    [Fact]
    public void An_id_needs_a_service_code()
    {
        Assert.Throws<ArgumentException>(() => PaymentId.New("", Now, FixedRandom.Lowest));
    }
}
