using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;
using PaySg.LocalHost.Azurite;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.InProcess;
using PaySg.LocalHost.Settings;
using PaySg.LocalHost.Worker;

namespace PaySg.Functions.Tests.LocalHost.Worker;

/// <summary>The built worker as LocalHost's child: how it starts, ends, and is replaced.</summary>
public sealed class WorkerTests
{
    private readonly ListLogger log = new();

    [Fact]
    public async Task The_worker_names_the_functions_that_reflection_finds()
    {
        var problems = new List<string>();
        var found = FunctionDiscovery.Discover(FunctionDiscovery.ClassesOf(ProductServices.Functions), problems);
        await using var worker = await WorkerFunctions.StartAsync(BuiltWorker.Folder, await SettingsAsync(), timeout: null, NullLoggerFactory.Instance, CancellationToken.None);

        Assert.Empty(problems);
        Assert.Equal(found.Select(Text), worker.Functions.Select(Text));

        static string Text(AppFunction function) => function is HttpFunction http
            ? $"{http.Name}({http.TriggerParameter}) {string.Join(',', http.Methods ?? ["any"])} {http.Route}"
            : $"{function with { Method = null }}";
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_killed_worker_costs_at_most_two_calls_and_is_replaced()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromMinutes(3) };
        var first = await host.WorkerProcessIdAsync();
        Kill(first, "KILL");

        var statuses = new List<HttpStatusCode>();
        do
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
            statuses.Add(answer.StatusCode);
        }
        while (statuses[^1] != HttpStatusCode.OK);

        Assert.All(statuses[..^1], status => Assert.Equal(HttpStatusCode.InternalServerError, status));
        Assert.True(statuses.Count <= 3, $"{statuses.Count - 1} calls failed: {string.Join(Environment.NewLine, log.Lines)}");
        Assert.NotEqual(first, await host.WorkerProcessIdAsync());
        Assert.True(log.Has("The worker ended with code"));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_worker_that_hangs_at_the_end_is_killed()
    {
        var host = await StartAsync();
        var worker = await host.WorkerProcessIdAsync();
        Kill(worker, "STOP");

        await host.DisposeAsync();

        Assert.False(NodeProcess.IsRunning(worker));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_worker_that_cannot_be_started_again_is_the_end()
    {
        var folder = Directory.CreateTempSubdirectory("paysg-worker-");
        try
        {
            BuiltWorker.CopyTo(folder.FullName);
            await using var host = await StartAsync(folder.FullName);
            File.Delete(Path.Combine(folder.FullName, "PaySg.Functions.dll"));
            Kill(await host.WorkerProcessIdAsync(), "KILL");

            var reason = await host.Broken.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);

            Assert.Contains("3 times in a row: There is no worker at", reason, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_without_a_worker_is_said()
    {
        var refusal = await RefusalAsync("/nowhere/at/all", await SettingsAsync());

        Assert.Contains("There is no worker at /nowhere/at/all", refusal, StringComparison.Ordinal);
        Assert.Contains("dotnet build", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_refuses_its_settings_says_which()
    {
        var settings = await SettingsAsync();
        settings["PaySg__Mode"] = "both";

        var refusal = await RefusalAsync(BuiltWorker.Folder, settings);

        Assert.Contains("PaySG does not start: 1 of its settings cannot be used.", refusal, StringComparison.Ordinal);
        Assert.Contains("PaySg__Mode", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_is_no_program_says_what_dotnet_says()
    {
        var folder = Directory.CreateTempSubdirectory("paysg-worker-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "PaySg.Functions.dll"), "no program");

            Assert.NotEqual("", await RefusalAsync(folder.FullName, await SettingsAsync()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task The_worker_of_a_killed_LocalHost_ends()
    {
        int worker;
        await using (var host = await LocalHostProcess.StartAsync(await TestAzurite.NewAccountAsync()))
        {
            worker = host.WorkerProcessId();
            Assert.True(NodeProcess.IsRunning(worker));
            host.Kill();
            await host.WaitForEndAsync();
        }

        await Eventually.TrueAsync(() => !NodeProcess.IsRunning(worker));
    }

    private static void Kill(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }

    private static async Task<string> RefusalAsync(string folder, Dictionary<string, string> settings)
    {
        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => WorkerFunctions.StartAsync(folder, settings, timeout: null, NullLoggerFactory.Instance, CancellationToken.None));
        return refusal.Message;
    }

    private static async Task<Dictionary<string, string>> SettingsAsync() =>
        new(PaySgApp.SettingsFor(await TestAzurite.NewAccountAsync()), StringComparer.OrdinalIgnoreCase) { ["PaySg__PublicBaseUrl"] = "http://localhost:7071" };

    private async Task<LocalFunctionHost> StartAsync(string? folder = null)
    {
        var settings = await SettingsAsync();
        await DemoSeed.PrepareAsync(settings, CancellationToken.None);
        return await LocalFunctionHost.StartAsync(new LocalHostOptions
        {
            WorkerFolder = folder ?? BuiltWorker.Folder,
            Settings = settings,
            HostJson = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), settings),
            LoggerFactory = log.AsFactory(),
        });
    }
}
