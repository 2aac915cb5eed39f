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
        (create, createKeyed, read) = (product.CreateAsync, product.CreateKeyedAsync, product.GetAsync);
        if (Build != Plain)
            return;

        var client = new PlainClient(product.Storage);
        var (sent, sentKeyed) = (await product.Storage.RecordAsync(create), await product.Storage.RecordAsync(createKeyed));
        product.Storage.KeepsRows = true;
        await client.WriteAsync(sent);
        product.Storage.KeepsRows = false;
        var row = sent.Rows.Single(each => ((string)each["RowKey"]).StartsWith("p:", StringComparison.Ordinal));
        (create, createKeyed) = (() => client.WriteAsync(sent), () => client.WriteAsync(sentKeyed));
        read = () => client.ReadAsync((string)row["PartitionKey"], (string)row["RowKey"]);
    }

    /// <summary>Creates a payment.</summary>
    [Benchmark(Description = "create a payment")]
    public Task CreateAsync() => create();

    /// <summary>Creates a payment with an idempotency key.</summary>
    [Benchmark(Description = "create a payment with a key")]
    public Task CreateKeyedAsync() => createKeyed();

    /// <summary>Reads a payment.</summary>
    [Benchmark(Description = "read a payment")]
    public Task ReadAsync() => read();
}
