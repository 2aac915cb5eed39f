
namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The product with an operator, shared by the tests of a class.</summary>
public sealed class ManagedApp : IAsyncLifetime
{
    public PaySgApp App { get; private set; } = null!;

    public ManagementClient Management { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = await PaySgApp.StartAsync();
        Management = new ManagementClient(App.BaseAddress);
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}
