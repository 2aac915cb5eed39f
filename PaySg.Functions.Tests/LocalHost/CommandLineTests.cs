using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class CommandLineTests
{
    [Fact]
    public void Nothing_is_needed() =>
        Assert.Equal(new CommandLine(Url: null, InMemory: false, DataFolder: null, TimeScale: 1, Help: null), CommandLine.Parse([]));

    [Fact]
    public void All_options_are_read()
    {
        var read = CommandLine.Parse(["--urls", "http://localhost:7080", "--data=/tmp/paysg", "--time-scale", "2.5"]);

        Assert.Equal(new CommandLine(new Uri("http://localhost:7080"), InMemory: false, "/tmp/paysg", 2.5, Help: null, InProcess: true), read);
        Assert.True(CommandLine.Parse(["--in-memory"]).InMemory);
        Assert.True(CommandLine.Parse(["--in-process"]).InProcess);
        Assert.Equal("/tmp/app", CommandLine.Parse(["--worker", "/tmp/app"]).WorkerFolder);
    }

    [Theory]
    [InlineData("--help", "Runs PaySG on this machine")]
    [InlineData("-h", "Runs PaySG on this machine")]
    [InlineData("--data x --help", "Runs PaySG on this machine")]
    [InlineData("check --help", "ok, or FAIL with what to do")]
    [InlineData("--help check", "ok, or FAIL with what to do")]
    [InlineData("backup --help", "the folder to make")]
    [InlineData("backup -h", "the folder to make")]
    [InlineData("restore --help", "a folder that backup made")]
    [InlineData("restore DIR -?", "a folder that backup made")]
    [InlineData("index --help", "it goes on from there")]
    public void Each_command_has_its_help(string arguments, string said)
    {
        var help = CommandLine.Parse(arguments.Split(' ')).Help;

        Assert.Contains(said, help, StringComparison.Ordinal);
        Assert.All(help!.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Theory]
    [InlineData("chek", "Unknown command chek. Did you mean check?")]
    [InlineData("CHECK", "Unknown command CHECK. Did you mean check?")]
    [InlineData("bakcup", "Did you mean backup?")]
    [InlineData("restroe DIR", "Did you mean restore?")]
    [InlineData("chek --help", "Did you mean check?")]
    [InlineData("start", "Unknown command start. --help lists what there is.")]
    [InlineData("--url http://localhost:7071", "Unknown option --url. Did you mean --urls?")]
    [InlineData("--inmemory", "Did you mean --in-memory?")]
    [InlineData("--timescale 2", "Did you mean --time-scale?")]
    [InlineData("--hlep", "Did you mean --help?")]
    [InlineData("--dta x", "Did you mean --data?")]
    [InlineData("--verbose", "Unknown option --verbose. --help lists what there is.")]
    [InlineData("check --in-memory", "check takes no options")]
    [InlineData("index --in-memory", "index takes no options")]
    [InlineData("backup DIR --data x", "backup takes no options")]
    [InlineData("backup", "backup needs a value")]
    public void A_mistyped_word_names_the_nearest(string arguments, string said) =>
        Assert.Contains(said, Assert.Throws<LocalHostException>(() => CommandLine.Parse(arguments.Split(' '))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--url", "Unknown option --url")]
    [InlineData("check backup DIR", "One command at a time: check is given, and backup.")]
    [InlineData("backup DIR restore DIR", "One command at a time: backup is given, and restore.")]
    [InlineData("backup DIR backup OTHER", "One command at a time: backup is given, and backup.")]
    [InlineData("restore DIR --owner a --owner b", "--owner is given twice.")]
    [InlineData("restore DIR --into a --into=b", "--into is given twice.")]
    [InlineData("--urls", "--urls needs a value")]
    [InlineData("--urls nonsense", "not a URL")]
    [InlineData("--data --in-memory", "--data needs a value")]
    [InlineData("--data=", "--data needs a value")]
    [InlineData("--worker ", "--worker needs a value")]
    [InlineData("restore ", "restore needs a value")]
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
