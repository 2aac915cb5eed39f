using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Simulation;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Http;
using PaySg.LocalHost.InProcess;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>
/// The product's function classes and services over the simulation's model of storage, called with requests as they come off the network: its own routes, no
/// host, no sockets. Every so often it begins anew with the few rows that it began with.
/// </summary>
internal sealed class FuzzProduct : IDisposable
{
    /// <summary>A card that pays: whatever is answered or logged, it does not hold this number.</summary>
    public const string Card = "4000056655665556";

    // As long as those that are issued: of a wrong key that begins like another the log shows the beginning.
    private const string ApiKey = "paysg_stag_7Jq2mXw9LrT4vBc8NhZ5kDf3GsYpUaEo";
    private const string ViewOnlyApiKey = "paysg_stag_Xk3vPq8WmZ6tRb1NcJ5yLh9DgFsTuAeV";
    private const string ManagementKey = "fuzzed_management_key_Qm7xV2nLw8ZkR4tYc9BhJ3pD";
    private const string ClientSecret = "Wd5kTz8RmQ2vXn7LbJ4yPc9HgFs3UaEq";
    private const int MostHeaders = 100;
    private const int LongestHead = 32 * 1024;
    private const int RequestsOfALife = 400;

    private static readonly string[] Secrets =
    [
        ApiKey, ViewOnlyApiKey, ClientSecret, ManagementKey, "c2ltdWxhdGVk",
        "bG9jYWwtZGV2ZWxvcG1lbnQta2V5LW5vdC1zZWNyZXQ", "bG9jYWwtYWNjZXNzLXRva2VuLWtleS1uby1zZWNyZXQ",
    ];

    private readonly HttpRouteTable routes;
    private readonly Dictionary<string, MethodInfo> methods;
    private readonly LogText log = new();
    private StorageModel begin = new();
    private StorageModel storage = new();
    private ServiceProvider services;
    private int requests;

    private FuzzProduct()
    {
        List<string> problems = [];
        var functions = FunctionDiscovery.Discover(FunctionDiscovery.ClassesOf(ProductServices.Functions), problems).OfType<HttpFunction>().ToList();
        routes = HttpRouteTable.Build(functions, "", [], NullLoggerFactory.Instance, problems);
        methods = functions.ToDictionary(function => function.Name, function => function.Method!, StringComparer.Ordinal);
        storage.Now = TimeProvider.System.GetUtcNow();
        services = NewServices();
    }

    /// <summary>What inputs may name: <c>{payment}</c>, <c>{paid}</c>, <c>{link}</c>, <c>{reff}</c>, <c>{endpoint}</c>, <c>{token}</c>.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of what there is, without the secrets.</summary>
    public IReadOnlyList<string> Tokens => [.. Names.Values.Except(Secrets).Where(value => value != Names["token"] && value != Names["basic"])];

    /// <summary>The services of the product.</summary>
    public IServiceProvider Services => services;

    public static async Task<FuzzProduct> StartAsync()
    {
        var product = new FuzzProduct();
        await product.PrepareAsync();
        product.begin = product.storage.Copy();
        return product;
    }

    /// <summary>An input with the names of what there is.</summary>
    public byte[] Fill(byte[] input) => Encoding.Latin1.GetBytes(Names.Aggregate(
        Encoding.Latin1.GetString(input), static (text, name) => text.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal)));

    /// <summary>
    /// Sends a request: the first line is method and target, then come headers, an empty line and the body. True: it was taken, false: refused. What Kestrel would not
    /// let through is not sent.
    /// </summary>
    public async Task<bool> TakeAsync(byte[] input)
    {
        var sent = Encoding.Latin1.GetString(input);
        if (ShowsSecrets(sent))
            return false;
        if (requests++ % RequestsOfALife == 0)
            Begin();
        if (Read(input) is not { } context)
            return false;
        log.Clear();
        var answer = await CallAsync(context);
        Check(sent, answer);
        if (answer.Status == StatusCodes.Status201Created && Read(input) is { } again && IsOfPayments(again))
            await CheckCreatedAsync(again, answer);
        return answer.Status < 400;
    }

    /// <summary>A model of storage and services as at the beginning.</summary>
    /// <param name="mayScan">Whether tables may be read whole, as a restore does.</param>
    public void Begin(bool mayScan = false)
    {
        services.Dispose();
        storage = begin.Copy();
        storage.MayScan = mayScan;
        storage.Now = TimeProvider.System.GetUtcNow();
        services = NewServices();
    }

    public void Dispose()
    {
        services.Dispose();
        log.Dispose();
    }

    private static bool IsOfPayments(HttpContext context) => context.Request.Path.Value!.EndsWith("/payments", StringComparison.Ordinal);

    private ServiceProvider NewServices()
    {
        var settings = new Dictionary<string, string>(PaySgApp.SettingsFor(StorageModel.Connection), StringComparer.OrdinalIgnoreCase)
        {
            ["PaySg__RateLimit__RequestsPerMinute"] = "0",
            ["PaySg__ManagementKey"] = ManagementKey,
            ["PaySg__Tokens__LifetimeSeconds"] = "216000",
        };
        var configuration = new AppSettings(settings).WithDefault(AppSettings.PublicBaseUrl, "https://pay.agency.gov.sg").ToConfiguration();
        return new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton<HttpPipelineTransport>(new SimTransport((request, _) => Task.FromResult(storage.Handle(request))))
            .AddSingleton(KeyActivityPeriod.Never)
            .AddPaySg(configuration)
            .BuildServiceProvider();
    }

    private async Task PrepareAsync()
    {
        T Get<T>()
            where T : notnull => services.GetRequiredService<T>();
        await Get<PaySgTables>().CreateMissingAsync(CancellationToken.None);
        await Get<PaySgQueues>().CreateMissingAsync(CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        var ids = Get<IdGenerator>();
        var service = await Get<PaymentServiceStore>().PrepareAsync("Agency", ApiClient.ServiceId, CancellationToken.None);
        var keys = Get<ApiKeys>();
        foreach (var (secret, permissions) in new[] { (ApiKey, Permission.All), (ViewOnlyApiKey, Permission.View) })
            await keys.IssueAsync(keys.Prepare(service, "Key", permissions), secret, new EntityGroup(ids.NewWriteId()));
        await Get<PaymentServiceStore>().SaveAsync(service, CancellationToken.None);
        await Get<CredentialStore>().IssueAsync(
            new Credential(SingapayClient.ClientId, SingapayClient.AccountId, SingapayClient.PartnerId, "Till", now), ClientSecret, new EntityGroup(ids.NewWriteId()));
        await Get<WebhookEndpointStore>().SaveAsync(WebhookEndpoint.OfAccount(SingapayClient.AccountId, url: null, now), CancellationToken.None);
        await Get<AccountStore>().SaveAsync(
            new Account { Id = SingapayClient.AccountId, Name = "Merchant", Email = "merchant@example.com", Phone = "081", CreatedAt = now, UpdatedAt = now }, CancellationToken.None);

        async Task<JsonElement> AskAsync(string method, string target, string body, params string[] headers)
        {
            string[] head = [$"{method} {target}", "Content-Type: application/json", .. headers];
            var context = Read(Encoding.UTF8.GetBytes($"{string.Join('\n', head)}\n\n{body}"))!;
            var answer = await CallAsync(context);
            return answer.Status < 300 ? answer.Json : throw new InvalidOperationException($"{target}: {answer.Status} {answer.Body}");
        }

        const string Key = $"x-api-key: {ApiKey}";
        var payment = A.Payment().With("payer_email", "payer@example.com").ToString();
        Names["payment"] = (await AskAsync("POST", ApiClient.PaymentsPath, payment, Key)).GetProperty("id").GetString()!;
        Names["paid"] = (await AskAsync("POST", ApiClient.PaymentsPath, payment, Key)).GetProperty("id").GetString()!;
        await AskAsync("POST", $"/sandbox/payments/{Names["paid"]}", """{"outcome":"succeeded"}""");
        Names["endpoint"] = (await AskAsync("POST", ApiClient.EndpointsPath, A.WebhookEndpoint(new Uri("https://93.184.215.14/hook")).ToString(), Key)).GetProperty("id").GetString()!;
        Names["basic"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SingapayClient.ClientId}:{ClientSecret}"));
        Names["token"] = (await AskAsync("POST", SingapayClient.TokenV10Path, SingapayClient.TokenRequest, $"Authorization: Basic {Names["basic"]}", $"X-PARTNER-ID: {SingapayClient.PartnerId}"))
            .GetProperty("data").GetProperty("access_token").GetString()!;
        var link = (await AskAsync(
            "POST", $"/api/v1.0/payment-link-manage/{SingapayClient.AccountId}", A.NewPaymentLink("PL-fuzz").ToString(), $"Authorization: Bearer {Names["token"]}", $"X-PARTNER-ID: {SingapayClient.PartnerId}"))
            .GetProperty("data");
        Names["link"] = link.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
        Names["reff"] = "PL-fuzz";
        Names["partner"] = SingapayClient.PartnerId;
        Names["account"] = SingapayClient.AccountId;
        Names["service"] = ApiClient.ServiceId;
        Names["card"] = Card;
        Names["key"] = ApiKey;
        Names["view"] = ViewOnlyApiKey;
        Names["management"] = ManagementKey;
    }

    /// <summary>The request, as Kestrel would hand it on; null: it would not.</summary>
    private DefaultHttpContext? Read(byte[] input)
    {
        var head = input.AsSpan().IndexOf("\n\n"u8) is var end && end < 0 ? input.Length : end;
        var lines = Encoding.Latin1.GetString(input, 0, head).Split('\n');
        if (head > LongestHead || lines.Length > MostHeaders + 1 || lines[0].Split(' ', 2) is not [var method, ['/', ..] target] || method.Length == 0 || !method.All(char.IsAsciiLetter) || !target.All(value => value is > ' ' and < '\u007f'))
            return null;
        var query = target.IndexOf('?', StringComparison.Ordinal) is var at && at < 0 ? target.Length : at;
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("pay.agency.gov.sg");
        var path = Uri.UnescapeDataString(target[..query].Replace("%2f", "%252f", StringComparison.OrdinalIgnoreCase));
        if (path.Contains('\0', StringComparison.Ordinal) || query > 8000)
            return null;
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(target[query..]);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        foreach (var line in lines[1..])
        {
            if (line.Split(':', 2) is not [var name, var value])
                continue;
            var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value.Trim(' ', '\t')));
            if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') || text.Any(char.IsControl) || text.Contains('\ufffd', StringComparison.Ordinal))
                return null;
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                context.Request.Headers.Append(name, text);
        }

        var body = head + 2 < input.Length ? input[(head + 2)..] : [];
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        return context;
    }

    private async Task<FuzzAnswer> CallAsync(DefaultHttpContext context)
    {
        if (routes.Find(context) is not { } found)
            return new FuzzAnswer(404, "", new HeaderDictionary());
        var method = methods[found.Route.Function.Name];
        foreach (var (name, value) in found.Values)
            context.Request.RouteValues[name] = value;
        var response = new MemoryStream();
        context.Response.Body = response;
        var arguments = Array.ConvertAll(method.GetParameters(), parameter =>
            parameter.ParameterType == typeof(HttpRequest) ? context.Request
            : parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : (object?)found.Values[parameter.Name!]?.ToString());
        var instance = ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
        var result = await (Task<IResult>)method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
        await result.ExecuteAsync(context);
        return new FuzzAnswer(context.Response.StatusCode, Encoding.UTF8.GetString(response.ToArray()), context.Response.Headers);
    }

    /// <summary>What must be true of each answer.</summary>
    private void Check(string sent, FuzzAnswer answer)
    {
        if (answer.Status >= 500)
            throw new FuzzFinding($"Answered {answer.Status}: {answer.Body}\n{log.Text}");
        foreach (var (name, value) in answer.Headers)
        {
            if (value.ToString().Any(character => character is (< ' ' and not '\t') or > '~'))
                throw new FuzzFinding($"The header {name} cannot be sent: {value}");
        }

        if (answer.Headers.ContentType.ToString().StartsWith("application/json", StringComparison.Ordinal) && answer.Headers.ContentEncoding.Count == 0)
            _ = answer.Json;
        if (answer.Headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal) && answer.Body.Contains("<fuzz", StringComparison.OrdinalIgnoreCase))
            throw new FuzzFinding("Markup of the request is in the page.");
        if (answer.Body.Contains("   at ", StringComparison.Ordinal) && !sent.Contains("   at ", StringComparison.Ordinal))
            throw new FuzzFinding("The answer shows a stack trace.");

        foreach (var secret in Secrets.Append(Names["token"]))
        {
            if (log.Text.Contains(secret, StringComparison.Ordinal))
                throw new FuzzFinding($"A secret is logged: {log.Text}");
            if (answer.Body.Contains(secret, StringComparison.Ordinal) || answer.Headers.Any(header => header.Value.ToString().Contains(secret, StringComparison.Ordinal)))
                throw new FuzzFinding($"A secret is shown: {answer.Body}");
        }

        // Typed as a name it is shown as one.
        if (sent.Contains("card_number=" + Card, StringComparison.Ordinal) && sent.Split(Card).Length == 2 && (log.Text.Contains(Card, StringComparison.Ordinal) || answer.Body.Contains(Card, StringComparison.Ordinal)))
            throw new FuzzFinding($"A card number is shown or logged: {answer.Body}\n{log.Text}");
    }

    /// <summary>A secret that a caller writes into a description comes back in it: secrets are sent only where they belong.</summary>
    private bool ShowsSecrets(string sent)
    {
        var beside = string.Join('\n', sent.Split('\n').Where(line => !IsOfSecrets(line)));
        return Secrets.Append(Names["token"]).Any(secret => beside.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOfSecrets(string line) =>
        line.StartsWith("x-api-key:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase)
        || line.StartsWith("x-management-key:", StringComparison.OrdinalIgnoreCase);

    /// <summary>What was taken is there, as it was answered, and a repetition with the same key is the same answer.</summary>
    private async Task CheckCreatedAsync(DefaultHttpContext again, FuzzAnswer created)
    {
        if (again.Request.Headers["Idempotency-Key"].Count > 0)
        {
            var replay = await CallAsync(again);
            if (replay.Status != created.Status || replay.Body != created.Body)
                throw new FuzzFinding($"The repetition was answered otherwise: {replay.Status} {replay.Body}\nand first {created.Body}");
        }

        var path = $"{again.Request.Path}/{created.Json.GetProperty("id").GetString()}";
        var read = await CallAsync(Read(Encoding.UTF8.GetBytes($"GET {path}\nx-api-key: {ApiKey}\n\n"))!);
        if (read.Status != 200 || read.Body != created.Body)
            throw new FuzzFinding($"What was created reads otherwise: {read.Status} {read.Body}\nand was answered {created.Body}");
    }

    private sealed record FuzzAnswer(int Status, string Body, IHeaderDictionary Headers)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
    }

    /// <summary>What one request logs.</summary>
    private sealed class LogText : ILoggerProvider, ILogger
    {
        private readonly StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text)
                    return text.ToString();
            }
        }

        public void Clear()
        {
            lock (text)
                text.Clear();
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            lock (text)
                text.Append(formatter(state, exception)).Append(exception).Append('\n');
        }

        public void Dispose()
        {
        }
    }
}
