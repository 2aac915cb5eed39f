using Azure.Core.Pipeline;
using PaySg.Functions.Tests.Simulation;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An empty storage account in this process: the simulation's model of one, behind the real clients. Nothing is started for it.</summary>
internal sealed class StorageInMemory
{
    /// <summary>What the clients are told of the account. Nothing listens there.</summary>
    public const string Connection = StorageModel.Connection;

    private readonly StorageModel model = new() { Now = new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8)) };

    public StorageInMemory() => Transport = new SimTransport((request, _) =>
    {
        lock (model)
            return Task.FromResult(model.Handle(request));
    });

    /// <summary>For the product's services.</summary>
    public HttpPipelineTransport Transport { get; }
}
