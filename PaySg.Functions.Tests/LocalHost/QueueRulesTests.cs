using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using PaySg.LocalHost.Queues;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class QueueRulesTests
{
    [Fact]
    public void An_empty_queue_is_looked_at_less_and_less_often_up_to_the_maximum()
    {
        var backoff = new PollingBackoff(TimeSpan.FromSeconds(2), () => 0.5);
        int[] expected = [100, 200, 300, 500, 900, 1700, 2000, 2000];

        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(_ => (int)backoff.Next().TotalMilliseconds));
        backoff.Reset();
        Assert.Equal(TimeSpan.FromMilliseconds(100), backoff.Next());
    }

    [Theory]
    [InlineData(0.0, 180)]
    [InlineData(1.0, 220)]
    public void The_pauses_vary_by_a_fifth(double random, int expected)
    {
        var backoff = new PollingBackoff(TimeSpan.FromMinutes(1), () => random);
        backoff.Next();

        Assert.Equal(expected, backoff.Next().TotalMilliseconds, 3);
    }

    [Theory]
    [InlineData("aGVsbG8=", "hello")]
    [InlineData("", "")]
    public void Base64_is_decoded(string text, string expected) => Assert.Equal(expected, BinaryData.FromBytes(MessageText.Decode(text, base64: true)!).ToString());

    [Theory]
    [InlineData("hello")]
    [InlineData("aGVsbG8")]
    [InlineData("{\"id\":1}")]
    [InlineData("aGVs-G8=")]
    public void What_is_not_strict_base64_is_not_decoded(string text) => Assert.Null(MessageText.Decode(text, base64: true));

    [Theory]
    [InlineData("sample", "sample-poison")]
    [InlineData("sample-poison", null)]
    [InlineData("a12345678901234567890123456789012345678901234567890123456", null)]
    public void A_poison_queue_has_none_and_neither_has_a_name_that_is_too_long(string name, string? poison) => Assert.Equal(poison, QueueNames.PoisonOf(name));

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a-1-b", true)]
    [InlineData("ab", false)]
    [InlineData("a--b", false)]
    [InlineData("-ab", false)]
    [InlineData("a_b", false)]
    public void Queue_names_follow_the_services_rules(string name, bool valid) => Assert.Equal(valid, QueueNames.IsValid(name));

    [Fact]
    public void The_figures_are_azures_unless_host_json_has_others()
    {
        var figures = QueuePumpSettings.Of(new HostJsonQueues(), timeScale: 1);

        Assert.Equal(new QueuePumpSettings(16, 8 * Environment.ProcessorCount, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.Zero, 5, Base64: true), figures);
    }

    [Fact]
    public void A_time_scale_divides_invisibility_and_retry_delay_but_not_polling()
    {
        var figures = QueuePumpSettings.Of(new HostJsonQueues { VisibilityTimeout = TimeSpan.FromSeconds(30) }, timeScale: 10);

        Assert.Equal(TimeSpan.FromMinutes(1), figures.Invisible);
        Assert.Equal(TimeSpan.FromSeconds(3), figures.RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(1), figures.MaxPollingInterval);
    }

    [Theory]
    [InlineData("POST", "/account/queue/messages", "?visibilitytimeout=600&messagettl=7000", "?visibilitytimeout=60&messagettl=7000")]
    [InlineData("POST", "/account/queue/messages", "?visibilitytimeout=5", "?visibilitytimeout=0")]
    [InlineData("POST", "/account/queue/messages", "?messagettl=7000", "?messagettl=7000")]
    [InlineData("POST", "/account/queue/messages", "", "")]
    [InlineData("PUT", "/account/queue/messages/id", "?popreceipt=x&visibilitytimeout=600", "?popreceipt=x&visibilitytimeout=600")]
    [InlineData("GET", "/account/queue/messages", "?visibilitytimeout=600", "?visibilitytimeout=600")]
    public void The_policy_divides_the_delay_of_sent_messages_only(string method, string path, string query, string expected)
    {
        var pipeline = HttpPipelineBuilder.Build(new QueueClientOptions());
        var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Parse(method);
        message.Request.Uri.Reset(new Uri($"http://127.0.0.1{path}{query}"));

        new ScaledVisibilityPolicy(10).OnSendingRequest(message);

        Assert.Equal(expected, message.Request.Uri.Query);
        Assert.Equal(path, message.Request.Uri.Path);
    }

    [Fact]
    public void A_connection_is_looked_up_with_the_hosts_prefix_first()
    {
        Assert.Equal("prefixed", AccountOf("X", ("AzureWebJobsX", Text("prefixed")), ("X", Text("plain"))));
        Assert.Equal("plain", AccountOf("X", ("X", Text("plain"))));
        Assert.Equal("own", AccountOf(connection: null, ("AzureWebJobsStorage", Text("own"))));
        Assert.Equal("section", AccountOf("X", ("ConnectionStrings__X", Text("section"))));

        static string Text(string account) => $"DefaultEndpointsProtocol=https;AccountName={account};AccountKey=AAAA;EndpointSuffix=core.windows.net";
    }

    [Fact]
    public void A_section_is_an_identity()
    {
        Assert.Equal("byname", AccountOf("X", ("X__accountName", "byname")));
        Assert.Equal("byuri", AccountOf("X", ("AzureWebJobsX__queueServiceUri", "https://byuri.queue.core.windows.net"), ("AzureWebJobsX__credential", "managedidentity"), ("AzureWebJobsX__clientId", "00000000-0000-0000-0000-000000000001")));
    }

    [Fact]
    public void A_missing_or_broken_connection_is_a_problem()
    {
        var problems = new List<string>();

        Assert.Null(QueueConnection.Find(new AppSettings([]).ToConfiguration(), "X", "Function F", problems));
        Assert.Null(QueueConnection.Find(new AppSettings([new("X", "nonsense")]).ToConfiguration(), "X", "Function F", problems));
        Assert.Null(QueueConnection.Find(new AppSettings([new("X__clientId", "id")]).ToConfiguration(), "X", "Function F", problems));
        Assert.Equal(3, problems.Count);
    }

    private static string AccountOf(string? connection, params (string Name, string Value)[] settings)
    {
        var problems = new List<string>();
        var found = QueueConnection.Find(new AppSettings(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).ToConfiguration(), connection, "Function F", problems);
        Assert.Empty(problems);
        return found!.AccountName;
    }
}
