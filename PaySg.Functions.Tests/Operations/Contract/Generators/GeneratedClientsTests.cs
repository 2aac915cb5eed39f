using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract.Generators;

/// <summary>
/// Clients of the API's document by the generators that are used most: generated, compiled, and used on the product to create, pay, list and refund. What they
/// read are good answers, so each error is one of the document's. (<c>openapi-typescript</c> is tried with the documented example.)
/// </summary>
[Trait("Category", "Weekly")]
public sealed class GeneratedClientsTests : IDisposable
{
    private const string Kiota = "1.38.0";
    private const string NSwag = "14.7.1";
    private const string Done = "unpaid paid true partiallyrefunded payment.refunded payment.succeeded payment.created";
    private static readonly string Sources = Path.Combine(Document.Repository.Root, "PaySg.Functions.Tests", "Operations", "Contract", "Generators");

    // Packages are fetched here.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly string folder = Directory.CreateTempSubdirectory("paysg-generated-").FullName;

    public GeneratedClientsTests()
    {
        foreach (var file in Directory.EnumerateFiles(Sources).Where(file => Path.GetFileName(file) != "GeneratedClientsTests.cs"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, "openapi.json"), Document.Repository.Read(OpenApiFile.Path));
    }

    [Fact]
    public async Task Kiota_and_NSwag_make_clients_that_work()
    {
        var output = await RunAsync($"""
            dotnet tool install Microsoft.OpenApi.Kiota --version {Kiota} --tool-path tools
            dotnet tool install NSwag.ConsoleCore --version {NSwag} --tool-path tools
            tools/kiota generate -l CSharp -d openapi.json -o kiota -c PaySgClient -n KiotaPaySg --log-level Error
            tools/nswag openapi2csclient /input:openapi.json /output:nswag/Client.cs /namespace:NSwagPaySg /className:PaySgClient /JsonLibrary:SystemTextJson /JsonLibraryVersion:9.0 /GenerateOptionalParameters:true
            dotnet build clients.csproj -v quiet -nologo
            dotnet run --no-build --project clients.csproj
            """);

        Assert.Equal(["Kiota", "NSwag"], output[^2..].Select(line => line.Split(' ')[0]));
        Assert.All(output[^2..], line => Assert.EndsWith(Done, line.ToLowerInvariant(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orval_and_hey_api_make_clients_that_work_and_schemas_that_take_the_answers()
    {
        var output = await RunAsync("""
            npm ci --no-audit --no-fund
            npx orval --config orval.config.mjs
            npx openapi-ts -f hey-api.config.mjs
            npx tsc -p .
            for client in orval hey-api; do
              npx esbuild $client-flow.ts --bundle --platform=node --format=esm --outfile=$client.mjs --log-level=warning
              node $client.mjs
            done
            """);

        Assert.All(output[^2..], line => Assert.EndsWith(Done.Replace("partiallyrefunded", "partially_refunded", StringComparison.Ordinal), line, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The lines that the commands print, in the folder, while the product runs.</summary>
    private async Task<string[]> RunAsync(string commands)
    {
        await using var app = await PaySgApp.StartAsync();
        var output = await ChildProcess.RunAsync(Limit, "bash", "-c", $"""
            set -e
            cd '{folder}'
            export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 KIOTA_TELEMETRY_OPTOUT=1 HEY_API_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
            export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
            export PAYSG_URL={app.BaseAddress.GetLeftPart(UriPartial.Authority)} PAYSG_SERVICE_ID={ApiClient.ServiceId} PAYSG_API_KEY={ApiClient.ApiKey}
            {commands}
            """);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
