using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class NearestWordTests
{
    private static readonly string[] Known = ["batchSize", "maxPollingInterval"];

    [Theory]
    [InlineData("batchsizes", "batchSize")]
    [InlineData("maxPolingIntervall", "maxPollingInterval")]
    [InlineData("nothing", null)]
    [InlineData("", null)]
    public void The_nearest_is_found(string word, string? nearest) => Assert.Equal(nearest, NearestWord.Of(word, Known));

    /// <summary>What is compared letter by letter takes memory by the product of both lengths.</summary>
    [Fact]
    public void A_word_as_long_as_a_file_costs_nothing()
    {
        var word = new string('b', 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(NearestWord.Of(word, Known));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
