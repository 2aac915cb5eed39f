using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>The client in TypeScript whose types are generated from the API's document.</summary>
[Trait("Category", "Long")]
public sealed class GeneratedClientTests : IDisposable
{
    private const string Example = "docs/integrate/examples/typescript";
    private static readonly string Root = Document.Repository.Root;
    private readonly string folder = Directory.CreateTempSubdirectory("paysg-typescript-").FullName;

    public GeneratedClientTests()
    {
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Root, "node_modules"));
        foreach (var file in new[] { "main-flow.mts", "tsconfig.json" })
            File.Copy(Path.Combine(Root, Example, file), Path.Combine(folder, file));
    }

    [Fact]
    public async Task It_compiles_and_performs_the_main_flow_by_the_documented_commands()
    {
        await using var app = await PaySgApp.StartAsync();
        var address = app.BaseAddress.GetLeftPart(UriPartial.Authority);

        var output = await ShellTour.RunAsync(
            Document.Read("docs/integrate/contract.md").Section("## A client in TypeScript").Code("sh"),
            ("http://localhost:7071", address),
            ($"cd {Example}\n", $"cd '{folder}'\n"));

        var told = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^4..];
        var created = $"created: unpaid, {address}/payments/";
        Assert.StartsWith(created, told[0], StringComparison.Ordinal);
        Assert.StartsWith("read: paid at 2", told[1], StringComparison.Ordinal);
        Assert.Equal(["refunded: partially_refunded", "link: open, paid 1 of 20 times, 20000.00 rupiah each"], told[2..]);
        Assert.Equal("partially_refunded", (await app.Client.GetPaymentAsync(told[0][created.Length..]))["latest_status"]);
    }

    [Fact]
    public async Task It_does_not_compile_where_the_document_has_lost_members_that_it_uses()
    {
        string[][] lost =
        [
            ["paths", "/sandbox/payments/{paymentId}"],
            ["components", "schemas", "Payment", "properties", "payment_url"],
            ["components", "schemas", "Payment", "properties", "refund_status"],
            ["components", "schemas", "NewRefund", "properties", "refund_amount_in_cents"],
            ["components", "schemas", "NewPaymentLink", "properties", "optional_metadata"],
            ["components", "schemas", "PaymentLink", "properties", "current_usage"],
        ];
        var document = JsonNode.Parse(Document.Repository.Read(OpenApiFile.Path))!;
        foreach (var path in lost)
            Remove(document, path);
        var changed = Path.Combine(folder, "openapi.json");
        await File.WriteAllTextAsync(changed, document.ToJsonString());
        await ChildProcess.RunAsync("node", Path.Combine(Root, "node_modules/openapi-typescript/bin/cli.js"), changed, "-o", Path.Combine(folder, "paysg.mts"));

        var end = await ChildProcess.RunToEndAsync("node", Path.Combine(Root, "node_modules/typescript/bin/tsc"), "-p", folder);

        // Each is missed where it is used, and nothing else is wrong.
        Assert.NotEqual(0, end.ExitCode);
        var errors = end.Output.Split('\n').Where(line => line.Contains("error TS", StringComparison.Ordinal)).ToList();
        Assert.All(errors, error => Assert.Contains("main-flow.mts(", error, StringComparison.Ordinal));
        Assert.All(lost, path => Assert.Single(errors, error => Regex.IsMatch(error, $"""['"]{Regex.Escape(path[^1])}['"]""", RegexOptions.None, TimeSpan.FromSeconds(1))));
        Assert.Equal(lost.Length, errors.Count);
    }

    // The link goes first: what it leads to is not ours to delete.
    public void Dispose()
    {
        Directory.Delete(Path.Combine(folder, "node_modules"));
        Directory.Delete(folder, recursive: true);
    }

    private static void Remove(JsonNode document, string[] path)
    {
        var parent = path[..^1].Aggregate(document, (node, name) => node[name]!).AsObject();
        Assert.True(parent.Remove(path[^1]));
        if (parent.Parent!["required"] is JsonArray required)
            required.RemoveAll(name => name!.GetValue<string>() == path[^1]);
    }
}
