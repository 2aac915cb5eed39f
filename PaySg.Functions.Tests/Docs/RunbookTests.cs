using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.Docs;

/// <summary>The commands of the runbook: what can run without Azure runs here as it is printed, and what cannot is listed as such.</summary>
public sealed partial class RunbookTests : IDisposable
{
    private const string Program = "dotnet run --project PaySg.LocalHost -- ";
    private const string NotTried = "## Which of these commands are tried";

    // What only holds other commands together, what a fixture runs with the same arguments, and what every build begins with.
    private static readonly string[] Glue = ["export ", "for ", "done", "xargs ", "npm ci", "dotnet publish PaySg.Functions -c Release -r linux-x64 -o ", "(cd publish && zip ", "--"];

    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static Document Runbook { get; } = Document.Read("docs/operate/operations.md");

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task What_needs_no_subscription_works_as_it_is_printed()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await new BlobContainerClient(connection, "paysg-backups").CreateAsync();
        await using var product = await LocalHostProcess.StartAsync(connection);
        await using var receiver = await WebhookReceiver.StartAsync();
        var (endpoint, _) = await product.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        await product.Client.CreatedPaymentAsync();
        var blocks = Runbook.Code("sh").Where(block => block.Contains(Program, StringComparison.Ordinal) || block.Contains("AzureWebJobsStorage__", StringComparison.Ordinal));

        var printed = await ShellTour.RunAsync(
            [$"export AzureWebJobsStorage='{connection}'\n", .. blocks],
            (Program, $"dotnet '{typeof(LocalFunctionHost).Assembly.Location}' "),
            ("PAYSG_CHECK_API_KEY=...", $"PAYSG_CHECK_API_KEY={ApiClient.ApiKey}"),
            ("https://pay.agency.gov.sg", product.Client.BaseAddress.ToString()),
            ("payment_service_.../we_...", $"{ApiClient.ServiceId}/{endpoint}"),
            ("AZURE_FUNCTIONS_ENVIRONMENT=Production AzureWebJobsStorage__accountName=stpaysg...", "AZURE_FUNCTIONS_ENVIRONMENT=Development"),
            ("backups/2026-11-22", folder),
            ("2026-11-27T1900Z", BackupRun.LastDue(TimeProvider.System.GetUtcNow()).Id),
            ("payment_service_...", ApiClient.ServiceId),
            // The app has just written, as the page says.
            ($"dotnet '{typeof(LocalFunctionHost).Assembly.Location}' restore latest --overwrite --yes", $"! dotnet '{typeof(LocalFunctionHost).Assembly.Location}' restore latest --overwrite --yes 2>&1"));

        Assert.Equal(2, printed.Split("All is well.").Length - 1);
        Assert.Contains("ok    webhooks", printed, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "paysgpayments.jsonl.gz")), printed);
        Assert.Contains(" are missing and ", printed, StringComparison.Ordinal);
        Assert.Contains("rows were missing and are restored", printed, StringComparison.Ordinal);
        Assert.Contains("drillpayments:", printed, StringComparison.Ordinal);
        Assert.Contains("The store is in use", printed, StringComparison.Ordinal);
        Assert.Contains($"{ApiClient.ServiceId}: 1 payments can be searched", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_Azure_can_try_is_listed()
    {
        var section = Runbook.Section(NotTried).Text;
        var listed = InlineCode().Matches(section[section.IndexOf("\n- ", StringComparison.Ordinal)..]).Select(code => code.Groups["code"].Value);
        var whole = Runbook.Text.Replace(section, "", StringComparison.Ordinal);

        var used = Runbook.Code("sh").Concat(InlineCode().Matches(string.Join('\n', new Document(whole).Prose())).Select(code => code.Groups["code"].Value))
            .SelectMany(text => AzureCommand().Matches(text).Select(command => command.Value))
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(used.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_command_is_left_out()
    {
        var lines = Runbook.Code("sh").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        Assert.DoesNotContain(lines, line =>
            !Glue.Any(known => line.StartsWith(known, StringComparison.Ordinal)) && !AzureCommand().IsMatch(line) && !line.Contains(Program, StringComparison.Ordinal));
    }

    [GeneratedRegex("`(?<code>[^`\n]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineCode();

    // The words up to the first option or value.
    [GeneratedRegex(@"(?<![\w/.-])((az|azd)( [a-z][a-z-]*(?=\s|$))+|curl\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AzureCommand();
}
