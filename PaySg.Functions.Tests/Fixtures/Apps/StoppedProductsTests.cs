
namespace PaySg.Functions.Tests.Fixtures;

[Collection(AtTheEnd.Name)]
public sealed class StoppedProductsTests
{
    [Fact]
    public void No_product_of_this_run_made_storage_scan_or_refused_a_call_with_an_error_that_is_not_documented() =>
        Assert.True(StoppedProducts.Faults.Count == 0, string.Join('\n', StoppedProducts.Faults));
}
