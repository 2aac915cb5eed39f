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
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly string program = Path.Combine(
        FindRoot(), "PaySg.LocalHost", "bin", "Release", "net10.0", "PaySg.LocalHost.dll");

    /// <summary>Starts ten processes, one after the other; milliseconds, sorted.</summary>
    public async Task<IReadOnlyList<double>> StartsAsync()
    {
        var milliseconds = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var host = await StartAsync();
            using var answer = await http.GetAsync(new Uri(host.Address, "/health"));
            answer.EnsureSuccessStatusCode();
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return [.. milliseconds.Order()];
    }

    /// <summary>Memory in MiB, of LocalHost and of its worker, at the start and after each 10,000 requests, every fourth of them a create.</summary>
    public async Task<IReadOnlyList<(double LocalHost, double Worker)>> MemoryAsync()
    {
        using var host = await StartAsync();
        http.DefaultRequestHeaders.Add("x-api-key", "paysg_stag_demo");
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

    private async Task<Host> StartAsync()
    {
        if (!File.Exists(program))
            throw new FileNotFoundException($"{program} is not there. Build it first: dotnet build -c Release PaySg.LocalHost");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
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

    /// <summary>Prints the starts.</summary>
    public static string Row(IReadOnlyList<double> sorted) => string.Create(
        CultureInfo.InvariantCulture, $"start to first answer: median {sorted[sorted.Count / 2]:F0} ms, least {sorted[0]:F0} ms, most {sorted[^1]:F0} ms");

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
