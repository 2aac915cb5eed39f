using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Operations.Health;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;
using PaySg.LocalHost.Backup;
using PaySg.LocalHost.Check;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary><c>PaySg__TablePrefix</c> has another letter case than the tables have: Azurite finds nothing then, and nobody must be told that his key is unknown.</summary>
public sealed class When_the_tables_are_written_in_another_case : IDisposable
{
    private const string Problem = "PaySg__TablePrefix: 'paysg' is written otherwise than the tables are: there is no paysgaccess, but PaySGaccess. Set it to 'PaySG', in that letter case.";
    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        foreach (var made in new[] { folder, folder + "-new" }.Where(Directory.Exists))
            Directory.Delete(made, recursive: true);
    }

    [Theory]
    [InlineData("PaySG", "paysg")]
    [InlineData("PaySG", "PAYSG")]
    [InlineData("paysg", "PaySG")]
    public async Task Should_not_start_and_say_what_to_write(string data, string prefix)
    {
        var connection = await UsedAsync(data);

        var refused = await Assert.ThrowsAsync<LocalHostException>(() => PaySgApp.StartAsync(connection, Prefix(prefix)));

        Assert.Contains(
            $"PaySg__TablePrefix: '{prefix}' is written otherwise than the tables are: there is no {prefix}access, but {data}access. Set it to '{data}', in that letter case.",
            refused.Message,
            StringComparison.Ordinal);
        Assert.All(await NamesAsync(connection), name => Assert.StartsWith(data, name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_say_so_to_whoever_checks_or_asks_whether_the_app_is_ready()
    {
        var connection = await UsedAsync("PaySG");
        await using var parts = PaySgParts.Build(connection, services => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System)));

        var problems = await parts.Get<StorageReadiness>().ProblemsAsync();
        var (isWell, lines) = await CheckAsync(connection, "paysg");

        Assert.Equal(Problem, problems[0]);
        Assert.False(isWell);
        Assert.Contains($"FAIL  storage: {Problem}", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_so_to_whoever_checks_although_Azurite_finds_names_without_capitals()
    {
        var (isWell, lines) = await CheckAsync(await UsedAsync("paysg"), "PaySG");

        Assert.False(isWell);
        Assert.Contains("FAIL  tables and queues: PaySg__TablePrefix: 'PaySG' is written otherwise than the tables are", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_back_up_nothing_and_restore_nothing()
    {
        var used = await UsedAsync("PaySG");
        await using var output = new StringWriter();
        var program = new BackupProgram(Environment(used, "paysg"), output);
        await new BackupProgram(Environment(await UsedAsync("paysg"), "paysg"), output).RunAsync(CommandLine.Parse(["backup", folder]), CancellationToken.None);

        Assert.Equal(Problem, (await Assert.ThrowsAsync<LocalHostException>(() => program.RunAsync(CommandLine.Parse(["backup", folder + "-new"]), CancellationToken.None))).Message);
        Assert.Equal(Problem, (await Assert.ThrowsAsync<LocalHostException>(() => program.RunAsync(CommandLine.Parse(["restore", folder]), CancellationToken.None))).Message);
    }

    [Fact]
    public async Task Should_answer_503_and_not_that_the_key_is_unknown_where_the_tables_are_missing()
    {
        await using var app = await PaySgApp.StartAsync();
        await new TableServiceClient(app.Connection).DeleteTableAsync("paysgaccess");

        var refused = (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("storage_unavailable", refused.ErrorCode);
        Assert.Contains("write PaySg__TablePrefix as the names of the tables begin, in the same letter case.", app.Log.Of(1006)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_work_with_a_prefix_of_capitals_where_the_tables_have_it()
    {
        var connection = await UsedAsync("PaySG");

        await using var app = await PaySgApp.StartAsync(connection, Prefix("PaySG"));

        await app.Client.CreatedPaymentAsync();
    }

    /// <summary>The storage account of an app that has run.</summary>
    private static async Task<string> UsedAsync(string prefix)
    {
        await using var app = await PaySgApp.StartAsync(settings: Prefix(prefix));
        return app.Connection;
    }

    private static Dictionary<string, string> Prefix(string prefix) => new(StringComparer.OrdinalIgnoreCase) { ["PaySg__TablePrefix"] = prefix };

    private static Dictionary<string, string> Environment(string connection, string prefix) => new(Prefix(prefix), StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = connection };

    private static async Task<(bool IsWell, string Lines)> CheckAsync(string connection, string prefix)
    {
        await using var output = new StringWriter();
        var isWell = await new CheckProgram(Environment(connection, prefix), output).RunAsync(CancellationToken.None);
        return (isWell, output.ToString());
    }

    private static async Task<List<string>> NamesAsync(string connection) =>
        await new TableServiceClient(connection).QueryAsync(filter: (string?)null).Select(table => table.Name).ToListAsync();
}
