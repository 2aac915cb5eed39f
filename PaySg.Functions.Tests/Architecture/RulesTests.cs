using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Architecture;

/// <summary>Tests of the category <c>Rules</c> run many hundred times, once for each change of the code that they are to notice. So they start nothing.</summary>
public sealed class RulesTests
{
    private const string Mark = """[Trait("Category", "Rules")]""";

    /// <summary>What starts a process or a web server.</summary>
    private static readonly string[] Starters =
    [
        "TestAzurite", "PaySgParts.StartAsync", "PaySgApp", "SharedApp", "ManagedApp", "WebhookApp", "LocalHostProcess", "TwoLocalHosts", "PublishedWorker", "WebhookReceiver",
        "SmtpServer", "Browser", "Node.", "ChildProcess", "Process.Start",
    ];

    [Fact]
    public void A_test_of_the_rules_starts_neither_a_process_nor_a_server()
    {
        var rules = Directory.GetFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Text: File.ReadAllText(path)))
            .Where(file => file.Text.Contains("\n" + Mark, StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, file => Assert.Empty(Starters.Where(starter => file.Text.Contains(starter, StringComparison.Ordinal)).Select(starter => $"{file.Path}: {starter}")));
    }
}
