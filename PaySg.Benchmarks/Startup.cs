using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;

namespace PaySg.Benchmarks;

/// <summary>
/// How long LocalHost and its worker take from the start to the first answer, and how the memory of both processes fares under 40,000 requests. Storage must be
/// there: a LocalHost that runs already has started one. Linux only, for the worker is found in /proc.
/// </summary>
internal sealed class Startup : IDisposable
{
    private const int Starts = 10;
    private const int Requests = 40_000;
    private const int Sample = 10_000;
    private const string Payments = "/v1/payment-services/payment_service_00000000-0000-4000-8000-000000000001/payments";
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { "x-api-key", "paysg_stag_demo" } } };
    private readonly string program = Path.Combine(
        FindRoot(), "PaySg.LocalHost", "bin", "Release", "net10.0", "PaySg.LocalHost.dll");

    /// <summary>
    /// Starts each of the builds ten times, by turns, so that what else the machine does meets all alike. Milliseconds from the start of the worker's process to
    /// its first answer, and to that of its first create, and what the worker took of the processors until then.
    /// </summary>
    /// <param name="workers">Folders of published apps; null: the worker that LocalHost was built with.</param>
    public async Task<IReadOnlyList<IReadOnlyList<(double Ready, double Created, double Worked)>>> StartsAsync(IReadOnlyList<string?> workers)
    {
        var starts = workers.Select(_ => new List<(double Ready, double Created, double Worked)>()).ToList();
        for (var i = 0; i < Starts * workers.Count; i++)
        {
            using var host = await StartAsync(workers[i % workers.Count]);
            using var answer = await http.GetAsync(new Uri(host.Address, "/health"));
            answer.EnsureSuccessStatusCode();
            var ready = host.WorkerIsRunningFor.TotalMilliseconds;
            await CreateAsync(host.Address);
            starts[i % workers.Count].Add((ready, host.WorkerIsRunningFor.TotalMilliseconds, host.WorkerHasWorkedFor.TotalMilliseconds));
        }

        return starts;
    }

    /// <summary>Memory in MiB, of LocalHost and of its worker, at the start and after each 10,000 requests, every fourth of them a create.</summary>
    /// <param name="worker">The folder of a published app; null: the worker that LocalHost was built with.</param>
    public async Task<IReadOnlyList<(double LocalHost, double Worker)>> MemoryAsync(string? worker)
    {
        using var host = await StartAsync(worker);
        var id = await CreateAsync(host.Address);
        var mebibytes = new List<(double LocalHost, double Worker)> { host.Mebibytes };
        for (var sent = 0; sent < Requests; sent += Sample)
        {
            await Parallel.ForAsync(0, Sample, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            {
                if (number % 4 == 0)
                {
                    await CreateAsync(host.Address);
                    return;
                }

                using var answer = await http.GetAsync(new Uri(host.Address, $"{Payments}/{id}"), CancellationToken.None);
                answer.EnsureSuccessStatusCode();
            });
            mebibytes.Add(host.Mebibytes);
        }

        return mebibytes;
    }

    public void Dispose() => http.Dispose();

    private async Task<string> CreateAsync(Uri address)
    {
        using var created = await http.PostAsJsonAsync(
            new Uri(address, Payments), new { reference_id = "benchmark", payer_name = "Tan Ah Kow", description = "Licence fee", amount_in_cents = 1130 });
        using var payment = System.Text.Json.JsonDocument.Parse(await created.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return payment.RootElement.GetProperty("id").GetString()!;
    }

    private async Task<Host> StartAsync(string? worker)
    {
        if (!File.Exists(program))
            throw new FileNotFoundException($"{program} is not there. Build it first: dotnet build -c Release PaySg.LocalHost");
        string[] options = worker is null ? [] : ["--worker", worker];
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", .. options]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["PaySg__RateLimit__RequestsPerMinute"] = "0"; // It is the rest that is measured.
        var process = Process.Start(start)!;
        const string Mark = "Listening on ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                return new Host(process, new Uri(line[Mark.Length..].Split(' ')[0]));
        }

        throw new InvalidOperationException("LocalHost ended before it listened.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PaySg.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this from a checkout of the repository.");
        return folder;
    }

    /// <summary>Prints the starts of a build.</summary>
    public static string Row(string name, IReadOnlyList<(double Ready, double Created, double Worked)> starts) =>
        $"| {name} | {Spread(starts.Select(start => start.Ready))} | {Spread(starts.Select(start => start.Created))} | {Spread(starts.Select(start => start.Worked))} |";

    private static string Spread(IEnumerable<double> milliseconds)
    {
        List<double> sorted = [.. milliseconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2]:F0} ms ({sorted[0]:F0} to {sorted[^1]:F0})");
    }

    private sealed class Host : IDisposable
    {
        private readonly Process process;
        private readonly Process worker;

        public Host(Process process, Uri address)
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
    }
}
