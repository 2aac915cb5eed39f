using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>Azure's own Bicep compiler: one process for all tests, spoken to by JSON-RPC (headers as in the language server protocol).</summary>
public sealed class BicepCompiler : IAsyncLifetime, IDisposable
{
    /// <summary>The program; null: its package is not for this platform, or not there.</summary>
    public static readonly string? Program = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(data => data.Key == "Bicep" && File.Exists(data.Value)).Select(data => data.Value).FirstOrDefault();

    /// <summary>What a skipped test says.</summary>
    public const string Missing = "Azure's Bicep compiler comes from NuGet for Linux on x64 only; the build workflow runs these tests.";

    /// <summary>What an operator's shell or a workflow's environment sets, all of it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Variables = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AZURE_ENV_NAME"] = "paysg-azd",
        ["AZURE_LOCATION"] = "southeastasia",
        ["PAYSG_ALERT_EMAIL"] = "operators@agency.gov.sg",
        ["PAYSG_CUSTOM_DOMAIN"] = "pay.agency.gov.sg",
        ["PAYSG_MONTHLY_BUDGET"] = "500",
        ["PAYSG_BUDGET_START"] = "2026-12-01",
        ["PAYSG_DASHBOARD_CLIENT_ID"] = "00000000-0000-4000-8000-000000000001",
        ["PAYSG_SMTP_HOST"] = "smtp.agency.gov.sg",
        ["PAYSG_SMTP_USER"] = "paysg",
        ["PAYSG_MAIL_FROM"] = "no-reply@agency.gov.sg",
        ["PAYSG_WHAT_IF_REPOSITORY"] = "agency/paysg",
        ["PAYSG_HAS_PREVIOUS_MANAGEMENT_KEY"] = "true",
        ["PAYSG_HAS_PREVIOUS_SECRETS_KEY"] = "true",
        ["PAYSG_HAS_PREVIOUS_TOKENS_KEY"] = "true",
        ["PAYSG_HAS_PREVIOUS_STRIPE_WEBHOOK_SECRET"] = "true",
    };

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // What the compiler said of the real files, by what it was asked: it takes seconds, and many tests ask the same.
    private readonly Dictionary<string, string> said = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);
    private Process? process;
    private int calls;

    /// <summary>The real files.</summary>
    public static string Folder => Path.Combine(Document.Repository.Root, "infra");

    public Task InitializeAsync()
    {
        if (Program is null)
            return Task.CompletedTask;

        var start = new ProcessStartInfo(Program, ["jsonrpc", "--stdio"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PAYSG_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        process?.Dispose();
        turn.Dispose();
    }

    /// <summary>What the compiler says of a file and its modules, or of a parameter file: anything at all, warnings too.</summary>
    public async Task<IReadOnlyList<string>> DiagnosticsAsync(string path)
    {
        var isParameters = path.EndsWith(".bicepparam", StringComparison.Ordinal);
        var result = await CallAsync(
            isParameters ? "bicep/compileParams" : "bicep/compile", isParameters ? new JsonObject { ["path"] = path, ["parameterOverrides"] = new JsonObject() } : new JsonObject { ["path"] = path });
        return [.. result["diagnostics"]!.AsArray().Select(found =>
            $"{Path.GetFileName((string?)found!["source"])} line {(int)found["range"]!["start"]!["line"]! + 1}: {(string?)found["level"]} {(string?)found["code"]}: {(string?)found["message"]}")];
    }

    /// <summary>The ARM template that a file becomes, with its modules in it.</summary>
    public async Task<JsonObject> TemplateAsync(string path) =>
        JsonNode.Parse((string)(await CallAsync("bicep/compile", new JsonObject { ["path"] = path }))["contents"]!)!.AsObject();

    /// <summary>The resources that a parameter file would make in a resource group.</summary>
    /// <exception cref="BicepRefusalException">A parameter or a check of ours refuses it.</exception>
    public async Task<PredictedDeployment> PredictAsync(string parameterFile, string resourceGroup)
    {
        var result = await CallAsync("bicep/getSnapshot", new JsonObject
        {
            ["path"] = parameterFile,
            ["metadata"] = new JsonObject
            {
                ["tenantId"] = "22222222-2222-4222-8222-222222222222",
                ["subscriptionId"] = "11111111-1111-4111-8111-111111111111",
                ["resourceGroup"] = resourceGroup,
                ["location"] = "southeastasia",
                ["deploymentName"] = "paysg",
            },
            ["externalInputs"] = null,
        });
        var snapshot = JsonNode.Parse((string)result["snapshot"]!)!;
        return new PredictedDeployment(
            [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())],
            snapshot["outputs"]?.AsObject().ToDictionary(output => output.Key, output => $"{output.Value}", StringComparer.Ordinal) ?? [],
            [.. snapshot["diagnostics"]!.AsArray().Select(found => found!.ToJsonString())]);
    }

    /// <summary>The same of parameters that a test writes: lines as they stand in a parameter file.</summary>
    public async Task<PredictedDeployment> PredictAsync(string folder, IEnumerable<string> parameters, string resourceGroup = "rg")
    {
        var place = Path.GetTempPath();
        var file = Path.Combine(place, Path.GetRandomFileName() + ".bicepparam");
        await File.WriteAllLinesAsync(file, [$"using '{Path.GetRelativePath(place, Path.Combine(folder, "main.bicep"))}'", .. parameters]);
        try
        {
            var wrong = await DiagnosticsAsync(file);
            return wrong.Count > 0 ? throw new BicepRefusalException(string.Join('\n', wrong)) : await PredictAsync(file, resourceGroup);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await turn.WaitAsync(limit.Token);
        try
        {
            var question = $"{method} {parameters.ToJsonString()}";
            if (said.TryGetValue(question, out var before))
                return JsonNode.Parse(before)!;

            var call = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++calls, ["method"] = method, ["params"] = parameters };
            var body = JsonSerializer.SerializeToUtf8Bytes(call);
            await process!.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(body, limit.Token);
            await process.StandardInput.BaseStream.FlushAsync(limit.Token);

            // The answer of an earlier call that somebody no longer waited for may come first.
            var answer = JsonNode.Parse(await ReadAsync(process.StandardOutput.BaseStream, limit.Token))!;
            while ((int?)answer["id"] != (int?)call["id"])
                answer = JsonNode.Parse(await ReadAsync(process.StandardOutput.BaseStream, limit.Token))!;
            var result = answer["result"] ?? throw new BicepRefusalException((string?)answer["error"]?["message"] + " " + (string?)answer["error"]?["data"]?["message"]);
            if (((string)parameters["path"]!).StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                said[question] = result.ToJsonString();
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            header.Append((char)one[0]);
        }

        var length = header.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return body;
    }
}
