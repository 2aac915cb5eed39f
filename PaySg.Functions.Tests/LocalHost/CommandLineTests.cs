using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class CommandLineTests
{
    [Fact]
    public void Nothing_is_needed() =>
        Assert.Equal(new CommandLine(Url: null, InMemory: false, DataFolder: null, TimeScale: 1, Help: false), CommandLine.Parse([]));

    [Fact]
    public void All_options_are_read()
    {
        var read = CommandLine.Parse(["--urls", "http://localhost:7080", "--data=/tmp/paysg", "--time-scale", "2.5"]);

        Assert.Equal(new CommandLine(new Uri("http://localhost:7080"), InMemory: false, "/tmp/paysg", 2.5, Help: false, InProcess: true), read);
        Assert.True(CommandLine.Parse(["--in-memory"]).InMemory);
        Assert.True(CommandLine.Parse(["--in-process"]).InProcess);
        Assert.Equal("/tmp/app", CommandLine.Parse(["--worker", "/tmp/app"]).WorkerFolder);
        Assert.True(CommandLine.Parse(["--help"]).Help);
    }

    [Theory]
    [InlineData("--url", "Unknown option --url")]
    [InlineData("--urls", "--urls needs a value")]
    [InlineData("--urls nonsense", "not a URL")]
    [InlineData("--data --in-memory", "--data needs a value")]
    [InlineData("--time-scale 0", "not a number above 0")]
    [InlineData("--time-scale fast", "not a number above 0")]
    [InlineData("--in-memory --data x", "exclude each other")]
    [InlineData("--worker", "--worker needs a value")]
    [InlineData("--worker x --in-process", "--worker excludes --in-process")]
    [InlineData("--worker x --time-scale 2", "--worker excludes --in-process and --time-scale")]
    public void A_mistake_is_said_in_a_line(string arguments, string reason)
    {
        var message = Assert.Throws<LocalHostException>(() => CommandLine.Parse(arguments.Split(' '))).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
