using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class RowKeysTests
{
    [Fact]
    public void Milliseconds_sort_as_text()
    {
        string[] keys = [.. new long[] { 0, 9, 10, 999_999_999_999, 1_000_000_000_000, 99_999_999_999_999 }.Select(time => RowKeys.Milliseconds(DateTimeOffset.FromUnixTimeMilliseconds(time)))];

        Assert.Equal("00000000000000", keys[0]);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void A_prefix_is_a_range_of_one_partition()
    {
        Assert.Equal("PartitionKey eq 'it''s' and RowKey ge 'w:' and RowKey lt 'w;'", RowKeys.Prefix("it's", "w:"));
    }

    [Fact]
    public void An_empty_prefix_would_be_the_whole_partition_and_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RowKeys.Prefix("p", ""));
    }
}
