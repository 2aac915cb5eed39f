using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Platform.Ids;

public sealed class SortableUuidTests
{
    [Fact]
    public void The_complement_turns_each_digit_round_and_keeps_the_dashes()
    {
        Assert.Equal("fedcba98-7654-3210-fedc-ba9876543210", SortableUuid.Complement("01234567-89ab-cdef-0123-456789abcdef"));
    }

    [Fact]
    public void The_complement_of_the_complement_is_the_uuid_itself()
    {
        var uuid = new SystemRandomSource().NewUuid().ToString("D");

        Assert.Equal(uuid, SortableUuid.Complement(SortableUuid.Complement(uuid)));
    }

    [Fact]
    public void Complements_of_ordered_uuids_are_newest_first()
    {
        var random = new SystemRandomSource();
        var uuids = Enumerable.Range(0, 200)
            .Select(minute => random.NewTimeOrderedUuid(DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(minute)).ToString("D")).ToList();

        Assert.Equal(Enumerable.Reverse(uuids), uuids.OrderBy(SortableUuid.Complement, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("evt_01234567-89ab-7def-8123-456789abcdef", true)]
    [InlineData("evt_01234567-89AB-7DEF-8123-456789ABCDEF", false)]
    [InlineData("we_01234567-89ab-7def-8123-456789abcdef", false)]
    [InlineData("01234567-89ab-7def-8123-456789abcdef", false)]
    [InlineData("evt_0123456789ab7def8123456789abcdef", false)]
    [InlineData("evt_{01234567-89ab-7def-8123-456789abcdef}", false)]
    [InlineData("evt_01234567-89ab-7def-8123-456789abcdef ", false)]
    [InlineData("evt_01234567-89ab-7def-8123-456789abcdeg", false)]
    [InlineData("evt_", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_canonical_form_with_the_prefix_is_taken(string? id, bool expected)
    {
        Assert.Equal(expected, SortableUuid.IsPrefixed(id, "evt_"));
    }
}
