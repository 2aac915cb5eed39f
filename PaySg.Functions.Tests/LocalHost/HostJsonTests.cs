using PaySg.LocalHost;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class HostJsonTests
{
    private static readonly Dictionary<string, string> NoSettings = new(StringComparer.Ordinal);

    [Fact]
    public void A_missing_file_is_azures_defaults()
    {
        var read = HostJson.Read("/nowhere/host.json", NoSettings);

        Assert.Equal("api", read.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), read.FunctionTimeout);
        Assert.Equal(new HostJsonQueues(), read.Queues);
    }

    [Fact]
    public void What_the_file_says_is_taken_and_comments_are_allowed()
    {
        var read = HostJsonReader.Read(
            """
            { // a comment
              "version": "2.0", "functionTimeout": "-1", "logging": { "logLevel": { "default": "Warning" } },
              "extensions": {
                "http": { "routePrefix": "/v2/", "customHeaders": { "X-A": "b" }, "hsts": { "isEnabled": true } },
                "queues": { "batchSize": 32, "newBatchThreshold": 96, "maxPollingInterval": "00:00:00.500", "visibilityTimeout": "00:00:30", "maxDequeueCount": 7, "messageEncoding": "none" }
              }
            }
            """,
            NoSettings);

        Assert.Equal("v2", read.RoutePrefix);
        Assert.Null(read.FunctionTimeout);
        Assert.Equal("b", read.CustomHeaders["x-a"]);
        Assert.Equal(
            new HostJsonQueues { BatchSize = 32, NewBatchThreshold = 96, MaxPollingInterval = TimeSpan.FromMilliseconds(500), VisibilityTimeout = TimeSpan.FromSeconds(30), MaxDequeueCount = 7, Base64 = false },
            read.Queues);
    }

    [Fact]
    public void Settings_override_the_file()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AzureFunctionsJobHost__extensions__queues__batchSize"] = "1",
            ["AzureFunctionsJobHost__functionTimeout"] = "00:01:00",
        };
        var read = HostJsonReader.Read("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 8, "maxDequeueCount": 2 } } }""", settings);

        Assert.Equal(1, read.Queues.BatchSize);
        Assert.Equal(2, read.Queues.MaxDequeueCount);
        Assert.Equal(TimeSpan.FromMinutes(1), read.FunctionTimeout);
    }

    [Theory]
    [InlineData("""{ "version": "2.0", "queues": { "batchSize": 1 } }""", "belongs under \"extensions\"")]
    [InlineData("""{ "version": "2.0", "routePrefix": "" }""", "belongs under \"extensions\"")]
    [InlineData("""{ "version": "2.0", "extensions": { "queue": {} } }""", "extensions.queue")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchsizes": 1 } } }""", "extensions.queues.batchsizes")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "prefix": "" } } }""", "extensions.http.prefix")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 33 } } }""", "at most 32")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": "00:00:00.050" } } }""", "maxPollingInterval")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "messageEncoding": "hex" } } }""", "messageEncoding")]
    [InlineData("""{ "version": "2.0", "extensions": [] }""", "must be an object")]
    [InlineData("""{ "version": "2.0", "\ud800": "" }""", "does not parse")]
    [InlineData("""{ "version": "2.0", "concurrency": { "dynamicConcurrencyEnabled": true } }""", "not imitated")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "0" }""", "functionTimeout")]
    [InlineData("""{ "version": "1.0" }""", "\"version\"")]
    [InlineData("""{ "version": """, "does not parse")]
    [InlineData("[]", "must be an object")]
    public void A_key_that_does_nothing_or_a_value_that_is_not_taken_is_an_error(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<LocalHostException>(() => HostJsonReader.Read(text, NoSettings)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_products_file_is_read()
    {
        var read = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), NoSettings);

        Assert.Equal("", read.RoutePrefix);
        Assert.Equal(32, read.Queues.BatchSize);
    }
}
