using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

public sealed class ClientRequestIdsTests
{
    [Fact]
    public void Each_request_has_a_UUID_of_its_own()
    {
        var pipeline = StoragePipeline.Of(new TableClientOptions(), OdataError.Parser);

        List<string> ids = [];
        Parallel.For(0, 1000, _ =>
        {
            using var message = StoragePipeline.NewMessage(pipeline);
            lock (ids)
                ids.Add(message.Request.ClientRequestId);
        });

        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id =>
        {
            var uuid = Guid.ParseExact(id, "D");
            Assert.Equal(8, uuid.Version);
            Assert.InRange(uuid.Variant, 8, 11);
        });
    }
}
