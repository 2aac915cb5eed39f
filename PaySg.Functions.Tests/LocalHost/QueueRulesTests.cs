using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using PaySg.LocalHost.Queues;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class QueueRulesTests
{
    [Theory]
    [InlineData("abc", true)]
    [InlineData("a-1-b", true)]
    [InlineData("ab", false)]
    [InlineData("a--b", false)]
    [InlineData("-ab", false)]
    [InlineData("a_b", false)]
    public void Queue_names_follow_the_services_rules(string name, bool valid) => Assert.Equal(valid, QueueConnection.IsQueueName(name));

    [Theory]
    [InlineData("POST", "/account/queue/messages", "?visibilitytimeout=600&messagettl=7000", "?visibilitytimeout=60&messagettl=7000")]
    [InlineData("POST", "/account/queue/messages", "?visibilitytimeout=5", "?visibilitytimeout=1")]
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
