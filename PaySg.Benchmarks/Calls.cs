using BenchmarkDotNet.Attributes;

namespace PaySg.Benchmarks;

/// <summary>The calls that are measured: of this build, of the one that it is compared with, and of Azure's clients alone.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class Calls
{
    /// <summary>Azure's clients, which send to storage what this build sends.</summary>
    public const string Plain = "plain client";

    /// <summary>The build of <c>--baseline</c>.</summary>
    public const string Before = "baseline";

    /// <summary>The build that this program was built with.</summary>
    public const string Now = "this build";

    /// <summary>Where the build is that this one is compared with; null: there is none.</summary>
    public static string? Baseline { get; set; }

    /// <summary>What is compared.</summary>
    public static IEnumerable<string> Builds => Baseline is null ? [Plain, Now] : [Plain, Before, Now];

    private Func<Task> create = null!;
    private Func<Task> createUnheard = null!;
    private Func<Task> createKeyed = null!;
    private Func<Task> read = null!;

    /// <summary>Which of <see cref="Builds"/>.</summary>
    [ParamsSource(nameof(Builds))]
    public string Build { get; set; } = Now;

    /// <summary>Loads the build.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var product = await ProductBuild.LoadAsync(Build == Before ? Baseline! : AppContext.BaseDirectory);
        (create, createUnheard, createKeyed, read) = (product.CreateAsync, product.CreateUnheardAsync, product.CreateKeyedAsync, product.GetAsync);
        if (Build != Plain)
            return;

        var client = new PlainClient(product.Storage);
        var (sent, sentUnheard, sentKeyed) = (await product.Storage.RecordAsync(create), await product.Storage.RecordAsync(createUnheard), await product.Storage.RecordAsync(createKeyed));
        product.Storage.KeepsRows = true;
        await client.WriteAsync(sent);
        product.Storage.KeepsRows = false;
        var row = sent.Rows.Single(each => ((string)each["RowKey"]).StartsWith("p:", StringComparison.Ordinal));
        (create, createUnheard, createKeyed) = (() => client.WriteAsync(sent), () => client.WriteAsync(sentUnheard), () => client.WriteAsync(sentKeyed));
        read = () => client.ReadAsync((string)row["PartitionKey"], (string)row["RowKey"]);
    }

    /// <summary>Creates a payment whose event a webhook endpoint subscribes to.</summary>
    [Benchmark(Description = "create a payment")]
    public Task CreateAsync() => create();

    /// <summary>Creates a payment whose event nobody subscribes to.</summary>
    [Benchmark(Description = "create a payment, nobody subscribes")]
    public Task CreateUnheardAsync() => createUnheard();

    /// <summary>Creates a payment with an idempotency key.</summary>
    [Benchmark(Description = "create a payment with a key")]
    public Task CreateKeyedAsync() => createKeyed();

    /// <summary>Reads a payment.</summary>
    [Benchmark(Description = "read a payment")]
    public Task ReadAsync() => read();
}
