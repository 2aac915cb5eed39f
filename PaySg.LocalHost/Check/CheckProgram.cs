using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.Functions;
using PaySg.Functions.Operations.Health;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Storage;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Check;

/// <summary>
/// The command <c>check</c>: looks at what the app depends on, as the app itself would, and prints a line for each thing: what is well, or what is
/// wrong and what to do. Nothing that belongs to the app is changed.
/// </summary>
/// <param name="environment">The environment's variables.</param>
/// <param name="output">Where the lines go.</param>
internal sealed class CheckProgram(IReadOnlyDictionary<string, string> environment, TextWriter output)
{
    private bool isWell = true;

    /// <summary>Runs all checks; whether all is well.</summary>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        var configuration = new AppSettings(OperatorSettings.Of(environment)).WithDefault(AppSettings.PublicBaseUrl, "http://localhost:7071").ToConfiguration();
        var collection = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        try
        {
            collection.AddPaySg(configuration);
        }
        catch (PaySgConfigurationException wrong)
        {
            foreach (var problem in wrong.Problems)
                Fail("settings", problem);
            return false;
        }

        await using var services = collection.BuildServiceProvider();
        var read = services.GetRequiredService<PaySgSettings>();
        Well("settings", $"{(read.Mode == PaySgMode.Live ? "live" : "test")} mode; links begin with {read.PublicBaseUrl}");
        if (await CheckAsync("storage", () => StorageProbe.RunAsync(services, stop)))
        {
            await CheckAsync("tables and queues", () => PresenceAsync(services, stop));
            await CheckAsync("clock", () => ClockProbe.RunAsync(services, stop));
        }

        await CheckAsync("mail relay", () => SmtpProbe.RunAsync(services.GetRequiredService<PaymentSettings>().Email, services.GetRequiredService<TimeProvider>(), stop));
        await output.WriteLineAsync(isWell ? "All is well." : "Something is wrong: see the lines that begin with FAIL.");
        return isWell;
    }

    /// <summary>The same of a deployed app, by its address alone; whether all is well.</summary>
    /// <param name="url">What its links begin with.</param>
    /// <param name="endpoint">The webhook endpoint that gets a test event, as <c>payment_service_…/we_…</c>; null: none.</param>
    public async Task<bool> RunAsync(Uri url, string? endpoint, CancellationToken stop)
    {
        using var probe = new UrlProbe(url, TimeProvider.System);
        if (await CheckAsync("tls", () => probe.TlsAsync(stop)) && await CheckAsync("ready", () => probe.ReadyAsync(stop)))
        {
            await CheckAsync("clock", () => probe.ClockAsync(stop));
            await CheckAsync("headers", () => probe.HeadersAsync(stop));
            if (endpoint is not null)
            {
                await CheckAsync("webhooks", () => environment.TryGetValue(UrlProbe.ApiKeyVariable, out var key) && key.Length > 0
                    ? probe.WebhookAsync(endpoint, key, stop)
                    : throw new CheckFailedException($"{UrlProbe.ApiKeyVariable} is not set: the test needs an API key with the permission administrator."));
            }
        }

        await output.WriteLineAsync(isWell ? "All is well." : "Something is wrong: see the lines that begin with FAIL.");
        return isWell;
    }

    private static async Task<string> PresenceAsync(IServiceProvider services, CancellationToken stop)
    {
        var problems = await services.GetRequiredService<StorageReadiness>().ProblemsAsync();
        if (problems.Count == 0 && await services.GetRequiredService<PaySgTables>().CaseProblemAsync(stop) is { } otherCase)
            throw new CheckFailedException(otherCase);
        return problems.Count == 0 ? "all there" : throw new CheckFailedException(string.Join(' ', problems));
    }

    private async Task<bool> CheckAsync(string what, Func<Task<string>> check)
    {
        try
        {
            Well(what, await check());
            return true;
        }
        catch (CheckFailedException failed)
        {
            Fail(what, failed.Message);
            return false;
        }
    }

    private void Well(string what, string found) => output.WriteLine($"ok    {what}: {found}");

    private void Fail(string what, string problem)
    {
        isWell = false;
        output.WriteLine($"FAIL  {what}: {problem}");
    }
}
