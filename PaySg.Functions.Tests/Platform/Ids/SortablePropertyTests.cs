using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Ids;

public sealed class SortablePropertyTests
{
    private static readonly Gen<long> Numbers = Gen.OneOf(Properties.Between(0, (1L << 42) - 1), Properties.Between(0, 300));

    private static readonly Gen<string> Digits =
        Gen.Choose(0, 63).ArrayOf().Select(digits => string.Concat(digits.Select(digit => SortableAlphabet.Encode(digit, 1))));

    [Fact]
    public void Numbers_sort_as_their_texts_do() => Properties.Hold(Numbers.Two(), pair =>
        Assert.Equal(
            Math.Sign(pair.Item1.CompareTo(pair.Item2)),
            Math.Sign(string.CompareOrdinal(SortableAlphabet.Encode(pair.Item1, 7), SortableAlphabet.Encode(pair.Item2, 7)))));

    [Fact]
    public void Complements_of_one_length_sort_the_other_way_and_lead_back() => Properties.Hold(Digits.Two(), pair =>
    {
        var length = Math.Min(pair.Item1.Length, pair.Item2.Length);
        var (a, b) = (pair.Item1[..length], pair.Item2[..length]);

        Assert.Equal(a, SortableAlphabet.Complement(SortableAlphabet.Complement(a)));
        Assert.Equal(Math.Sign(string.CompareOrdinal(a, b)), -Math.Sign(string.CompareOrdinal(SortableAlphabet.Complement(a), SortableAlphabet.Complement(b))));
        Assert.True(SortableAlphabet.Contains(SortableAlphabet.Complement(a)));
    });

    [Fact]
    public void Ids_sort_by_time_and_name_their_service_whatever_the_time_and_the_chance() =>
        Properties.Hold(Numbers.Two().Zip(Gen.Choose(0, 255).Two()), given =>
        {
            var (times, chances) = given;
            var first = PaymentId.New("co-Z", DateTimeOffset.FromUnixTimeMilliseconds(times.Item1), new FixedRandom((byte)chances.Item1));
            var second = PaymentId.New("co-Z", DateTimeOffset.FromUnixTimeMilliseconds(times.Item2), new FixedRandom((byte)chances.Item2));

            Assert.True(PaymentId.IsValid(first));
            Assert.Equal("co-Z", PaymentId.ServiceCodeOf(first));
            if (times.Item1 != times.Item2)
                Assert.Equal(times.Item1 < times.Item2, string.CompareOrdinal(first, second) < 0);
        });

    [Fact]
    public void Uuids_of_a_later_time_have_a_smaller_complement() =>
        Properties.Hold(Properties.Between(0, (1L << 47) - 1).Two().Zip(Gen.Choose(0, 255)), given =>
        {
            var (times, chance) = given;
            string Of(long time) => new FixedRandom((byte)chance).NewTimeOrderedUuid(DateTimeOffset.FromUnixTimeMilliseconds(time)).ToString("D");

            Assert.Equal(Of(times.Item1), SortableUuid.Complement(SortableUuid.Complement(Of(times.Item1))));
            Assert.Equal(
                times.Item1.CompareTo(times.Item2),
                -Math.Sign(string.CompareOrdinal(SortableUuid.Complement(Of(times.Item1)), SortableUuid.Complement(Of(times.Item2)))));
        });
}
