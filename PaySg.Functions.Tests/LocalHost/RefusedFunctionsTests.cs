using PaySg.Functions.Tests.LocalHost.Samples;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class RefusedFunctionsTests
{
    [Theory]
    [InlineData(typeof(WithoutLevel), "AuthorizationLevel.Anonymous")]
    [InlineData(typeof(WithFunctionKey), "must be Anonymous, not Function")]
    [InlineData(typeof(ReservedPrefix), "'admin'")]
    [InlineData(typeof(LeadingSlash), "begins with a slash")]
    [InlineData(typeof(BadTemplate), "stops the whole Functions host")]
    [InlineData(typeof(UnknownConstraint), "stops the whole Functions host")]
    [InlineData(typeof(SameRoute), "have the same route")]
    [InlineData(typeof(SameName), "is used 2 times")]
    [InlineData(typeof(BadName), "refuses the name")]
    [InlineData(typeof(NamedHost), "refuses the name")]
    [InlineData(typeof(UnderscoreInTrigger), "'http_request'")]
    [InlineData(typeof(ExtraParameter), "'status' is not in the route")]
    [InlineData(typeof(NumberParameter), "must be a string")]
    [InlineData(typeof(OptionalParameter), "optional route value")]
    [InlineData(typeof(TwoTriggers), "has 2")]
    [InlineData(typeof(BadQueueName), "not a queue's name")]
    [InlineData(typeof(UnresolvedQueueName), "'NOWHERE'")]
    [InlineData(typeof(WeekdaySeven), "is not valid")]
    [InlineData(typeof(UnresolvedSchedule), "'NOWHERE'")]
    public async Task What_azure_would_drop_or_misread_stops_the_start(Type functions, string reason)
    {
        var refusal = await Sample.Options(functions).With("AzureWebJobsStorage", "UseDevelopmentStorage=true").RefusalAsync();

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.NewLine, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_are_listed_at_once()
    {
        var refusal = await Sample.Options(typeof(BadName), typeof(ReservedPrefix), typeof(WritesMessagesDown)).RefusalAsync();

        Assert.StartsWith("3 problems:", refusal, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overlapping_routes_of_two_functions_stop_the_start()
    {
        var refusal = await Sample.Options(typeof(GetsThing), typeof(ListsThings)).RefusalAsync();

        Assert.Contains("Azure would take GetThing", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catch_all_must_sort_last() =>
        Assert.Contains("must sort last", await Sample.Options(typeof(CatchesTooEarly), typeof(GetsThing)).RefusalAsync(), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://192.0.2.1:7071")]
    [InlineData("https://localhost:7071")]
    public async Task Only_plain_loopback_addresses_are_listened_on(string url) =>
        Assert.Contains("this machine only", await (Sample.Options() with { Url = new Uri(url) }).RefusalAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task A_taken_port_is_said_so()
    {
        await using var first = await Sample.Options().StartAsync();

        Assert.Contains("already in use", await (Sample.Options() with { Url = first.BaseAddress }).RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_classes_of_an_assembly_are_found_wrong_ones_too()
    {
        var classes = LocalHostOptions.FunctionsOf(typeof(GetsThing).Assembly);

        Assert.Contains(typeof(GetsThing), classes);
        Assert.Contains(typeof(WithoutLevel), classes);
    }
}
