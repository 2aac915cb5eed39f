using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PaySg.Functions.Tests.LocalHost.Samples;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class GroupTests
{
    private readonly Journal journal = new();

    [Fact]
    public async Task Http_functions_share_their_services_and_each_queue_and_timer_function_has_its_own()
    {
        var groups = new List<string>();
        var options = Options(typeof(GetsThing), typeof(TakesEveryMethod), typeof(WritesMessagesDown), typeof(EveryMinute)) with
        {
            ConfigureServices = (services, _) => services.AddSingleton(journal).AddSingleton<SharedThing>(),
            Override = (group, _) => groups.Add(group),
        };
        await using var host = await options.StartAsync();

        Assert.Equal(["http", "function:EveryMinute", "function:WritesMessagesDown"], groups);
        Assert.Equal(3, groups.Select(group => host.ServicesOf(group).GetRequiredService<SharedThing>()).Distinct().Count());
    }

    [Fact]
    public async Task A_singleton_that_holds_what_is_scoped_stops_the_start() =>
        Assert.Contains(
            "group http",
            await (Options(typeof(GetsThing)) with { ConfigureServices = (services, _) => services.AddSingleton(journal).AddScoped<ScopedThing>().AddSingleton<CapturesScopedThing>() }).RefusalAsync(),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_registration_stops_the_start() =>
        Assert.Contains(
            nameof(Journal),
            await (Sample.Options(typeof(GetsThing)) with { ConfigureServices = (services, _) => services.AddScoped<ScopedThing>() }).RefusalAsync(),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_registration_that_refuses_its_settings_is_said_in_a_line() =>
        Assert.Equal(
            "Services of group http: PaySg__Mode must be test or live.",
            await (Sample.Options() with { ConfigureServices = (_, _) => throw new InvalidOperationException("PaySg__Mode must be test or live.") }).RefusalAsync());

    [Fact]
    public async Task Hosted_services_start_and_stop_with_each_group()
    {
        var options = Options(typeof(GetsThing), typeof(WritesMessagesDown)) with { ConfigureServices = (services, _) => services.AddSingleton(journal).AddHostedService<HostedSample>() };
        await using (await options.StartAsync())
            Assert.Equal(["started", "started"], journal.Entries);

        Assert.Equal(["started", "started", "stopped", "stopped"], journal.Entries);
    }

    [Fact]
    public async Task Options_that_are_validated_at_start_stop_it()
    {
        var options = Sample.Options() with
        {
            ConfigureServices = (services, _) => services.AddOptions<Dictionary<string, string>>().Validate(_ => false, "PaySg__Mode is missing.").ValidateOnStart(),
        };

        Assert.Equal("PaySg__Mode is missing.", await options.RefusalAsync());
    }

    [Fact]
    public async Task The_environment_is_production_unless_a_setting_says_otherwise()
    {
        await using var azure = await Options(typeof(GetsThing)).StartAsync();
        await using var local = await Options(typeof(GetsThing)).With("AZURE_FUNCTIONS_ENVIRONMENT", "Development").StartAsync();

        Assert.True(azure.ServicesOf("http").GetRequiredService<IHostEnvironment>().IsProduction());
        Assert.True(local.ServicesOf("http").GetRequiredService<IHostEnvironment>().IsDevelopment());
    }

    [Fact]
    public async Task The_product_sees_the_settings_and_the_hosts_own_address()
    {
        await using var host = await Options(typeof(GetsThing)).With("PaySg__Mode", "test").StartAsync();
        var configuration = host.ServicesOf("http").GetRequiredService<IConfiguration>();

        Assert.Equal("test", configuration["PaySg:Mode"]);
        Assert.Equal(host.BaseAddress.GetLeftPart(UriPartial.Authority), configuration["PaySg:PublicBaseUrl"]);
        Assert.Null(configuration["PATH"]);
    }

    [Fact]
    public async Task An_address_among_the_settings_stays()
    {
        await using var host = await Options(typeof(GetsThing)).With("PaySg__PublicBaseUrl", "https://pay.example.gov.sg").StartAsync();

        Assert.Equal("https://pay.example.gov.sg", host.ServicesOf("http").GetRequiredService<IConfiguration>()["PaySg:PublicBaseUrl"]);
    }

    [Fact]
    public async Task Hosts_in_one_process_do_not_disturb_each_other()
    {
        using var client = new HttpClient();
        await using var first = await Options(typeof(GetsThing)).StartAsync();
        await using (var second = await Options(typeof(WithoutRoute)).StartAsync())
        {
            Assert.NotEqual(first.BaseAddress, second.BaseAddress);
            Assert.Equal("named", await client.GetStringAsync(new Uri(second.BaseAddress, "WithoutRoute")));
        }

        Assert.Equal("thing 1", await client.GetStringAsync(new Uri(first.BaseAddress, "things/1")));
    }

    private LocalHostOptions Options(params Type[] functions) => Sample.Options(functions).With(journal).With("AzureWebJobsStorage", "UseDevelopmentStorage=true");
}
