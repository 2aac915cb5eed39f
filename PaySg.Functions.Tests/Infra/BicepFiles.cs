using System.Text.Json;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>The Bicep files of the repository as a real grammar reads them.</summary>
public sealed class BicepFiles : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Each file by its path below <c>infra/</c>.</summary>
    public IReadOnlyDictionary<string, BicepFile> All { get; private set; } = new Dictionary<string, BicepFile>(StringComparer.Ordinal);

    public BicepFile Main => All["main.bicep"];

    public BicepFile App => All["modules/app.bicep"];

    public BicepFile Storage => All["modules/storage.bicep"];

    public async Task InitializeAsync()
    {
        var root = Document.Repository.Root;
        var folder = Path.Combine(root, "infra");
        var files = Directory.GetFiles(folder, "*.bicep", SearchOption.AllDirectories);
        var read = await ChildProcess.RunAsync("node", [Path.Combine(root, "PaySg.Functions.Tests", "Infra", "read-bicep.cjs"), root, .. files]);
        All = JsonSerializer.Deserialize<Dictionary<string, BicepFile>>(read, Json)!.ToDictionary(
            file => Path.GetRelativePath(folder, file.Key).Replace('\\', '/'), file => file.Value, StringComparer.Ordinal);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
