using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PaySg.Benchmarks;

/// <summary>A LocalHost process of the release build and its worker, which disposing ends. Linux only, for the worker is found in /proc.</summary>
internal sealed class RunningLocalHost : IDisposable
{
    private const string Payments = "/v1/payment-services/payment_service_00000000-0000-4000-8000-000000000001/payments";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { "x-api-key", "paysg_stag_demo" } } };

    private readonly Process process;
    private readonly Process worker;

    private RunningLocalHost(Process process, Uri address)
    {
        this.process = process;
        worker = Process.GetProcessById(ChildOf(process.Id));
        Address = address;
        // What it goes on printing must not fill the pipe.
        _ = process.StandardOutput.ReadToEndAsync();
    }

    public Uri Address { get; }

    public TimeSpan WorkerIsRunningFor => TimeProvider.System.GetUtcNow() - new DateTimeOffset(worker.StartTime.ToUniversalTime());

    public TimeSpan WorkerHasWorkedFor
    {
        get
        {
            worker.Refresh();
            return worker.TotalProcessorTime;
        }
    }

    public (double LocalHost, double Worker) Mebibytes => (MebibytesOf(process), MebibytesOf(worker));

    /// <summary>Starts it on a free port.</summary>
    /// <param name="worker">The folder of a published app; null: the worker that LocalHost was built with.</param>
    /// <param name="storage">What opens its storage; null: the emulator on its usual ports.</param>
    public static async Task<RunningLocalHost> StartAsync(string? worker, string? storage = null)
    {
        var program = Path.Combine(FindRoot(), "PaySg.LocalHost", "bin", "Release", "net10.0", "PaySg.LocalHost.dll");
        if (!File.Exists(program))
            throw new FileNotFoundException($"{program} is not there. Build it first: dotnet build -c Release PaySg.LocalHost");

        string[] options = worker is null ? [] : ["--worker", worker];
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", .. options]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["PaySg__RateLimit__RequestsPerMinute"] = "0"; // It is the rest that is measured.
        if (storage is not null)
            start.Environment["AzureWebJobsStorage"] = storage;

        var started = Process.Start(start)!;
        const string Mark = "Listening on ";
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                return new RunningLocalHost(started, new Uri(line[Mark.Length..].Split(' ')[0]));
        }

        throw new InvalidOperationException("LocalHost ended before it listened.");
    }

    /// <summary>Creates a payment of the demo's payment service, to which no webhook endpoint belongs. Its id.</summary>
    public async Task<string> CreateAsync()
    {
        using var created = await Http.PostAsJsonAsync(
            new Uri(Address, Payments), new { reference_id = "benchmark", payer_name = "Tan Ah Kow", description = "Licence fee", amount_in_cents = 1130 });
        using var payment = JsonDocument.Parse(await created.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        return payment.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Reads a payment of the demo's payment service.</summary>
    public Task ReadAsync(string id) => GetAsync($"{Payments}/{id}");

    /// <summary>Gets what must be there.</summary>
    public async Task GetAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(Address, path));
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        worker.Dispose();
    }

    private static double MebibytesOf(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / (1024.0 * 1024);
    }

    private static int ChildOf(int parent)
    {
        foreach (var file in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(folder => Path.Combine(folder, "stat")))
        {
            try
            {
                // number (name) state parent …; the name may hold anything.
                var stat = File.ReadAllText(file);
                if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture))
                    return int.Parse(stat[..stat.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        throw new InvalidOperationException("LocalHost has no worker.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PaySg.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this from a checkout of the repository.");
        return folder;
    }
}
