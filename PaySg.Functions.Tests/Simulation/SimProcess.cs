using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>An answer to a client; status 0: the connection broke off.</summary>
internal sealed record SimAnswer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public static readonly SimAnswer Broken = new(0, [], new Dictionary<string, string>());

    public string Text => Encoding.UTF8.GetString(Body);

    public System.Text.Json.JsonElement Json => System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(Body);
}

/// <summary>One process with the product in it. Whatever it awaits is never over once it is dead.</summary>
internal sealed partial class SimProcess
{
    private static readonly Dictionary<string, MethodInfo> Functions = typeof(PaySgServices).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.Ordinal);

    private static readonly IConfiguration Settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["AzureWebJobsStorage"] = StorageModel.Connection,
        ["PaySg:Mode"] = "test",
        ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
        ["PaySg:Secrets:CurrentKey"] = OldSecretsKey,
        ["PaySg:Tokens:CurrentKey"] = OldTokensKey,
        ["PaySg:Tokens:LifetimeSeconds"] = "216000",
        // Receivers have addresses of this network, not names: nothing asks a name server.
        ["PaySg:Webhooks:AllowedNetworks"] = "198.51.100.0/24",
        ["PaySg:ManagementKey"] = ManagementKey,
        ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
    }).Build();

    // As the guide to operations says: a new key with another name, and the old one beside it.
    private static readonly IConfiguration SettingsWithNewKeys = new ConfigurationBuilder().AddConfiguration(Settings).AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["PaySg:Secrets:CurrentKey"] = "sim2:bmV3LXNlY3JldHMta2V5LW9mLXRoZS1zaW11bGF0ZWQ=",
            ["PaySg:Secrets:PreviousKey"] = OldSecretsKey,
            ["PaySg:Tokens:CurrentKey"] = "sim2:bmV3LXRva2Vucy1rZXktb2YtdGhlLXNpbXVsYXRlZCE=",
            ["PaySg:Tokens:PreviousKey"] = OldTokensKey,
        }).Build();

    private readonly World world;
    private readonly SimNetwork network;
    private readonly ServiceProvider services;
    private readonly Dictionary<Type, object> instances = [];
    private readonly List<TaskCompletionSource<SimAnswer>> callers = [];

    private const string OldSecretsKey = "sim1:bG9jYWwtZGV2ZWxvcG1lbnQta2V5LW5vdC1zZWNyZXQ=";
    private const string OldTokensKey = "sim1:bG9jYWwtYWNjZXNzLXRva2VuLWtleS1uby1zZWNyZXQ=";

    public const string ManagementKey = "simulated_management_key_of_many_characters";

    public SimProcess(World world, SimNetwork network, int number, int generation, TimeSpan skew, bool hasNewKeys = false)
    {
        (this.world, this.network, Number) = (world, network, number);
        Clock = new ProcessClock(world, this, skew);
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(KeyActivityPeriod.Never)
            .AddSingleton<IRandomSource>(new SeededRandom(unchecked((world.Seed * 1009) + (number * 101) + generation)))
            .AddSingleton<HttpPipelineTransport>(new SimTransport((request, cancelled) => network.StorageAsync(this, request, cancelled)))
            .AddSingleton<HttpPipelinePolicy>(new RetryInVirtualTime(world));
        if (number >= 0)
            collection.AddSingleton<IGateway>(new SimGateway(world, network, this)).AddSingleton<IMailTransport>(new SimMail(network, this));
        services = collection.AddPaySg(hasNewKeys ? SettingsWithNewKeys : Settings).BuildServiceProvider();
        ReplaceWebhookClient();
    }

    public int Number { get; }

    public bool IsAlive { get; private set; } = true;

    public ProcessClock Clock { get; }

    public IServiceProvider Services => services;

    public string Name => Number < 0 ? "gateway" : $"process {Number}";

    /// <summary>Kills the process: nothing in it goes on, and its callers' connections break off.</summary>
    public void Die()
    {
        IsAlive = false;
        foreach (var caller in callers.ToList())
            world.In(world.OneWay(), () => caller.TrySetResult(SimAnswer.Broken));
    }

    /// <summary>Calls an HTTP function. The path is that of its route.</summary>
    public async Task<SimAnswer> CallAsync(
        string function, string method, string body, IReadOnlyDictionary<string, string> headers, params (string Name, string Value)[] route)
    {
        var called = Functions[function];
        var template = called.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .First(trigger => trigger is not null)!.Route!;
        var path = "/" + RoutePart().Replace(template, part => route.Single(value => value.Name == part.Groups["name"].Value).Value);
        var caller = new TaskCompletionSource<SimAnswer>();
        callers.Add(caller);
        world.In(world.OneWay(), () => _ = RunAsync());
        var answer = await caller.Task;
        callers.Remove(caller);
        return answer;

        async Task RunAsync()
        {
            if (!IsAlive)
            {
                caller.TrySetResult(SimAnswer.Broken);
                return;
            }

            var context = new DefaultHttpContext { RequestServices = services };
            context.Request.Method = method;
            context.Request.Scheme = "https";
            context.Request.Host = new HostString("pay.agency.gov.sg");
            context.Request.Path = path;
            foreach (var (name, value) in headers)
                context.Request.Headers[name] = value;
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Request.Body = new MemoryStream(bytes);
            context.Request.ContentLength = bytes.Length;
            if (bytes.Length > 0)
                context.Request.ContentType = body.StartsWith("action=", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json";
            context.Request.Headers.Accept = "application/json";
            context.Connection.RemoteIpAddress = IPAddress.Loopback;
            var response = new MemoryStream();
            context.Response.Body = response;
            try
            {
                var arguments = called.GetParameters().Select(parameter =>
                    parameter.ParameterType == typeof(HttpRequest) ? context.Request
                    : parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
                    : (object)route.Single(value => value.Name == parameter.Name).Value).ToArray();
                var result = await (Task<IResult>)called.Invoke(Instance(called.DeclaringType!), arguments)!;
                await result.ExecuteAsync(context);
            }
            catch (Exception fault)
            {
                network.Unexpected.Add($"{function} threw {fault}");
                context.Response.StatusCode = 500;
            }

            if (!IsAlive)
                return;
            var sent = new SimAnswer(
                context.Response.StatusCode, response.ToArray(), context.Response.Headers.ToDictionary(
                    header => header.Key.ToLowerInvariant(),
                    header => header.Value.ToString()));
            world.In(world.OneWay(), () => caller.TrySetResult(sent));
        }
    }

    /// <summary>Runs a queue function, as the host would.</summary>
    public Task RunQueueFunctionAsync(string queue, string message)
    {
        var called = Functions.Values.Single(
            method => method.GetParameters() is [var parameter] && parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName == queue);
        return called.Invoke(Instance(called.DeclaringType!), [message]) as Task ?? Task.CompletedTask;
    }

    /// <summary>Runs a timer function.</summary>
    public Task RunTimerFunctionAsync(string function)
    {
        var called = Functions[function];
        return (Task)called.Invoke(Instance(called.DeclaringType!), [.. called.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(TimerInfo) ? new TimerInfo() : (object)CancellationToken.None)])!;
    }

    /// <summary>Takes a notice of the gateway, as the route of a real one would.</summary>
    public async Task TakeNoticeAsync(AttemptKey attempt)
    {
        try
        {
            await services.GetRequiredService<TakeGatewayNotice>().RunAsync(attempt);
        }
        catch (InvalidOperationException fault)
        {
            network.Unexpected.Add($"A notice of {attempt.AttemptId} threw {fault}");
        }
        catch (Exception fault)
        {
            // The gateway is answered 500: the notice is lost.
            world.Tell($"{Name}: notice of {attempt.AttemptId} was not taken: {fault.GetType().Name}");
            network.Count("notice not taken");
        }
    }

    private object Instance(Type type)
    {
        if (!instances.TryGetValue(type, out var instance))
            instances[type] = instance = ActivatorUtilities.CreateInstance(services, type);
        return instance;
    }

    /// <summary>Webhooks leave through the product's own client, whose sockets have no seam: its inner client is another here.</summary>
    private void ReplaceWebhookClient()
    {
        var type = typeof(PaySgServices).Assembly.GetTypes().Single(each => each.Name == "WebhookHttpClient");
        var field = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(each => each.FieldType == typeof(HttpClient));
        field.SetValue(services.GetRequiredService(type), new HttpClient(new ToReceivers(network, this)) { Timeout = Timeout.InfiniteTimeSpan });
    }

    [GeneratedRegex(@"\{\*?(?<name>\w+)(:[^}]*)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RoutePart();

    private sealed class ToReceivers(SimNetwork network, SimProcess process) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return await network.PostAsync(process, request, body, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class SeededRandom(int seed) : IRandomSource
    {
        private readonly Random random = new(seed);

        public void Fill(Span<byte> buffer) => random.NextBytes(buffer);
    }
}

/// <summary>A process' clock: virtual time, and wrong by as much as it is wrong. Timers of a dead process do not fire.</summary>
internal sealed class ProcessClock(World world, SimProcess process, TimeSpan skew) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.Now + skew;

    public override long GetTimestamp() => world.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(world, process, () => callback(state), dueTime);

    private sealed class VirtualTimer : ITimer
    {
        private readonly World world;
        private readonly SimProcess process;
        private readonly Action fire;
        private World.Scheduled? scheduled;

        public VirtualTimer(World world, SimProcess process, Action fire, TimeSpan dueTime)
        {
            (this.world, this.process, this.fire) = (world, process, fire);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            scheduled?.Cancel();
            scheduled = dueTime == Timeout.InfiniteTimeSpan ? null : world.In(dueTime, () =>
            {
                if (process.IsAlive)
                    fire();
            });
            return true;
        }

        public void Dispose() => scheduled?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
