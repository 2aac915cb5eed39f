
namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The product with an operator, shared by the tests of a class.</summary>
public class ManagedApp : IAsyncLifetime
{
    public PaySgApp App { get; private set; } = null!;

    public ManagementClient Management { get; private set; } = null!;

    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        App = await PaySgApp.StartAsync(settings: Settings);
        Management = new ManagementClient(App.BaseAddress);
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}
