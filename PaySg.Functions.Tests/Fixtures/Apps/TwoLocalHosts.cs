namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Two LocalHost processes on one store, shared by the tests of a class: what tests store is beside what others have stored.</summary>
public sealed class TwoLocalHosts : IAsyncLifetime
{
    /// <summary>The storage account.</summary>
    public string Connection { get; private set; } = "";

    public LocalHostProcess First { get; private set; } = null!;

    public LocalHostProcess Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Connection = await TestAzurite.NewAccountAsync();
        First = await LocalHostProcess.StartAsync(Connection);
        Second = await LocalHostProcess.StartAsync(Connection);
    }

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    /// <summary>One of them after the other.</summary>
    public ApiClient ClientOf(int number) => (number % 2 == 0 ? First : Second).Client;
}
