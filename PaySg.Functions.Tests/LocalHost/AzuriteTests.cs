using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using PaySg.LocalHost;
using PaySg.LocalHost.Azurite;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class AzuriteTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("paysg-azurite-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_azurite_of_a_killed_LocalHost_is_taken_over_and_stopped_and_its_data_stay()
    {
        var ports = AzuritePorts.Free();
        var killed = await StartAsync(ports);
        await new QueueClient(killed.ConnectionString, "kept").CreateAsync();
        await killed.AbandonAsync();

        var next = await StartAsync(ports);
        Assert.True(next.IsOurs);
        Assert.Equal(ports, next.Ports);
        Assert.True(await new QueueClient(next.ConnectionString, "kept").ExistsAsync());
        await next.StopAsync();
        Assert.Null(await AzuriteProbe.FirstTakenAsync(ports, CancellationToken.None));
        Assert.Null(AzuritePidFile.Read(folder));

        await using var later = await StartAsync(ports);
        Assert.True(await new QueueClient(later.ConnectionString, "kept").ExistsAsync());
    }

    [Fact]
    public async Task The_azurite_of_a_living_LocalHost_is_used_and_left_alone()
    {
        await using var first = await StartAsync(AzuritePorts.Free());
        await using (var second = await StartAsync(first.Ports))
            Assert.False(second.IsOurs);
        await using (var withoutFolder = await AzuriteServer.StartAsync(new AzuriteOptions { Ports = first.Ports }))
            Assert.False(withoutFolder.IsOurs);

        Assert.True(await AzuriteProbe.AnswersAsync(first.Ports, CancellationToken.None));
    }

    [Fact]
    public async Task A_port_that_something_else_listens_on_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var refusal = Assert.ThrowsAsync<LocalHostException>(() => StartAsync(AzuritePorts.Free() with { Queue = port }));
        while (!refusal.IsCompleted)
        {
            // It listens and says nothing that Azurite would say.
            if (other.Pending())
                (await other.AcceptTcpClientAsync()).Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }

        Assert.Contains($"Port {port}", (await refusal).Message, StringComparison.Ordinal);
    }

    private Task<AzuriteServer> StartAsync(AzuritePorts ports) => AzuriteServer.StartAsync(new AzuriteOptions { DataFolder = folder, Ports = ports });
}
