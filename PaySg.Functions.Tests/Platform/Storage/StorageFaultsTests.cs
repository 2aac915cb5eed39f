using Azure;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class StorageFaultsTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(200, true)]
    [InlineData(202, true)]
    [InlineData(302, true)]
    [InlineData(400, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(407, false)]
    [InlineData(408, true)]
    [InlineData(409, false)]
    [InlineData(412, false)]
    [InlineData(413, false)]
    [InlineData(429, true)]
    [InlineData(499, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public void A_status_that_passes_by_itself_is_an_outage(int status, bool expected)
    {
        Assert.Equal(expected, StorageFaults.IsOutage(new RequestFailedException(status, "no")));
    }

    [Fact]
    public void A_broken_or_slow_connection_is_an_outage()
    {
        Assert.All(
            new Exception[] { new HttpRequestException(), new IOException(), new System.Xml.XmlException(), new TimeoutException(), new TaskCanceledException() },
            fault => Assert.True(StorageFaults.IsOutage(fault)));
    }

    [Fact]
    public void A_fault_of_our_own_is_no_outage()
    {
        Assert.All(
            new Exception[] { new InvalidOperationException(), new FormatException(), new InvalidCastException(), new HotRowException() },
            fault => Assert.False(StorageFaults.IsOutage(fault)));
    }

    [Fact]
    public void Several_tries_are_an_outage_only_if_each_was()
    {
        Assert.True(StorageFaults.IsOutage(new AggregateException(new IOException(), new RequestFailedException(503, "busy"))));
        Assert.False(StorageFaults.IsOutage(new AggregateException(new IOException(), new InvalidOperationException())));
        Assert.False(StorageFaults.IsOutage(new AggregateException()));
    }
}
