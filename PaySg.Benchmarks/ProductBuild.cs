using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PaySg.Benchmarks;

/// <summary>
/// A build of the product, loaded beside others: its function classes with its services, on storage in memory, called as the worker calls them: an HTTP context
/// in, an answer written out. Functions are found by their names, and what is needed is made through the API, so it may be the build of any release.
/// </summary>
internal sealed class ProductBuild : IAsyncDisposable
{
    private const string ManagementKey = "b0c4de1f5a6978273645f0e1d2c3b4a5968778695a4b3c2d1e0ff1e2d3c4b5a6";

    private static readonly byte[] Request = Encoding.UTF8.GetBytes(
        """
        {"reference_id":"INV-2026-0001","payer_name":"Tan Ah Kow","payer_email":"payer@example.com","description":"Licence fee","amount_in_cents":1130,"return_url":"https://eservice.example.gov.sg/done","metadata":{"case":"42"}}
        """);

    // An address, so that nothing is resolved; nothing is sent there.
    private static readonly byte[] Endpoint = Encoding.UTF8.GetBytes("""{"webhook_url":"https://93.184.216.34/hook","subscribed_events":["payment.created"]}""");

    private readonly ServiceProvider services;
    private readonly Assembly product;
    private readonly MemoryStream answer = new(16 * 1024);
    private readonly DefaultHttpContext http = new();
    private readonly MemoryStream sent = new();
    private Func<HttpRequest, string[], Task<IResult>> create = null!;
    private Func<HttpRequest, string[], Task<IResult>> get = null!;
    private string[] ofPayment = [];
    private string pathOfPayment = "";
    private Service subscribed = new("", "");
    private Service unsubscribed = new("", "");
    private int keys;

    private ProductBuild(ServiceProvider services, Assembly product, MemoryStorage storage)
    {
        this.services = services;
        this.product = product;
        Storage = storage;
    }

    /// <summary>What the build writes to.</summary>
    public MemoryStorage Storage { get; }

    /// <summary>The build in a folder, or in a checkout that was built for Release; with two payment services, API keys of them, a webhook endpoint of one, and one payment.</summary>
    /// <exception cref="FileNotFoundException">There is no build.</exception>
    public static async Task<ProductBuild> LoadAsync(string folder)
    {
        var context = new BuildContext(FindDll(folder));
        var assembly = context.LoadFromAssemblyPath(FindDll(folder));
        var storage = new MemoryStorage();
        var collection = new ServiceCollection().AddLogging();
        var pipeline = context.LoadFromAssemblyName(new AssemblyName("Azure.Core"));
        collection.AddSingleton(
            pipeline.GetType("Azure.Core.Pipeline.HttpPipelineTransport", throwOnError: true)!,
            Activator.CreateInstance(pipeline.GetType("Azure.Core.Pipeline.HttpClientTransport", throwOnError: true)!, (HttpMessageHandler)storage)!);
        assembly.GetType("PaySg.Functions.PaySgServices", throwOnError: true)!
            .GetMethod("AddPaySg", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .Invoke(null, [collection, Settings()]);
        var build = new ProductBuild(collection.BuildServiceProvider(), assembly, storage);
        await build.PrepareAsync();
        return build;
    }

    /// <summary>Creates a payment, and a webhook endpoint subscribes to the event.</summary>
    public Task CreateAsync()
    {
        Call(subscribed, "POST", subscribed.Payments, Request);
        return ExpectAsync(201, create, subscribed.Route);
    }

    /// <summary>Creates a payment, and nobody subscribes.</summary>
    public Task CreateUnheardAsync()
    {
        Call(unsubscribed, "POST", unsubscribed.Payments, Request);
        return ExpectAsync(201, create, unsubscribed.Route);
    }

    /// <summary>Creates a payment with an <c>Idempotency-Key</c> that is new.</summary>
    public Task CreateKeyedAsync()
    {
        Call(subscribed, "POST", subscribed.Payments, Request);
        http.Request.Headers["Idempotency-Key"] = $"benchmark-{keys++}";
        return ExpectAsync(201, create, subscribed.Route);
    }

    /// <summary>Reads a payment.</summary>
    public Task GetAsync()
    {
        Call(subscribed, "GET", pathOfPayment, []);
        return ExpectAsync(200, get, ofPayment);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static IConfiguration Settings() => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        // An address that is never connected to, and keys that open nothing.
        ["AzureWebJobsStorage"] = MemoryStorage.ConnectionString,
        ["PaySg:Mode"] = "test",
        // One client sends as much as it can.
        ["PaySg:RateLimit:RequestsPerMinute"] = "0",
        ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
        ["PaySg:ManagementKey"] = ManagementKey,
        ["PaySg:Secrets:CurrentKey"] = "benchmark:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=",
        ["PaySg:Tokens:CurrentKey"] = "benchmark:j1pZx7QmT0cV4uKd9RwHq3BsYfLeNg8Xa6vCi2DoMkE=",
    }).Build();

    private static string FindDll(string folder)
    {
        string[] places = [Path.Combine(folder, "PaySg.Functions.dll"), Path.Combine(folder, "PaySg.Functions", "bin", "Release", "net10.0", "PaySg.Functions.dll")];
        return Path.GetFullPath(Array.Find(places, File.Exists)
            ?? throw new FileNotFoundException($"{places[1]} is not there. Build it first, in {folder}: dotnet build -c Release PaySg.Functions"));
    }

    private async Task PrepareAsync()
    {
        create = Function("CreatePayment");
        get = Function("GetPayment");
        unsubscribed = await NewServiceAsync();
        subscribed = await NewServiceAsync();
        Call(subscribed, "POST", $"/v1/payment-services/{subscribed.Id}/webhook-endpoints", Endpoint);
        await ExpectAsync(201, Function("CreateWebhookEndpoint"), subscribed.Route);
        await CreateAsync();
        ofPayment = [subscribed.Id, Answer().GetProperty("id").GetString()!];
        pathOfPayment = $"{subscribed.Payments}/{ofPayment[1]}";
        await GetAsync();
        Storage.KeepsRows = false;
    }

    private async Task<Service> NewServiceAsync()
    {
        var id = (await ManageAsync("CreatePaymentService", """{"name":"Benchmark"}""", [])).GetProperty("id").GetString()!;
        var key = await ManageAsync("CreateApiKey", """{"label":"benchmark","permissions":["view","billing","administrator"]}""", [id]);
        return new Service(id, key.GetProperty("key").GetString()!);
    }

    private async Task<JsonElement> ManageAsync(string name, string body, string[] route)
    {
        Call(null, "POST", "/management", Encoding.UTF8.GetBytes(body));
        http.Request.Headers["x-management-key"] = ManagementKey;
        await ExpectAsync(201, Function(name), route);
        return Answer();
    }

    private JsonElement Answer() => JsonSerializer.Deserialize<JsonElement>(answer.GetBuffer().AsSpan(0, (int)answer.Length));

    /// <summary>The function of this name, as a delegate that takes the values of its route in order.</summary>
    private Func<HttpRequest, string[], Task<IResult>> Function(string name)
    {
        var method = product.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Single(candidate => candidate.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "FunctionAttribute" && Equals(attribute.ConstructorArguments[0].Value, name)));
        var instance = ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
        var request = Expression.Parameter(typeof(HttpRequest));
        var route = Expression.Parameter(typeof(string[]));
        var arguments = method.GetParameters().Skip(1).Select((_, index) => Expression.ArrayIndex(route, Expression.Constant(index)));
        return Expression.Lambda<Func<HttpRequest, string[], Task<IResult>>>(
            Expression.Call(Expression.Constant(instance), method, [request, .. arguments]), request, route).Compile();
    }

    /// <summary>Prepares the one context for a call: like a web server's it is used again, so that what it takes up is not counted with the product.</summary>
    private void Call(Service? service, string method, string path, byte[] body)
    {
        var request = http.Request;
        request.Headers.Clear();
        request.Method = method;
        request.Path = path;
        if (service is not null)
            request.Headers["x-api-key"] = service.ApiKey;

        sent.SetLength(0);
        if (body.Length > 0)
        {
            request.ContentType = "application/json";
            request.ContentLength = body.Length;
            sent.Write(body);
            sent.Position = 0;
        }

        request.Body = sent;
    }

    private async Task ExpectAsync(int expected, Func<HttpRequest, string[], Task<IResult>> function, string[] route)
    {
        answer.SetLength(0);
        http.Response.Headers.Clear();
        http.Response.StatusCode = 200;
        if (http.Response.Body != answer)
            http.Response.Body = answer;

        var result = await function(http.Request, route);
        await result.ExecuteAsync(http);
        if (http.Response.StatusCode != expected)
            throw new InvalidOperationException($"Answered {http.Response.StatusCode}: {Encoding.UTF8.GetString(answer.GetBuffer().AsSpan(0, (int)answer.Length))}");
    }

    /// <summary>A payment service and an API key of it.</summary>
    private sealed record Service(string Id, string ApiKey)
    {
        public string[] Route { get; } = [Id];

        public string Payments { get; } = $"/v1/payment-services/{Id}/payments";
    }

    /// <summary>Where a build's assemblies come from: its own folder, except for those of the shared framework.</summary>
    private sealed class BuildContext(string dll) : AssemblyLoadContext(dll)
    {
        private readonly AssemblyDependencyResolver resolver = new(dll);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || resolver.ResolveAssemblyToPath(assemblyName) is not { } path
                ? null
                : LoadFromAssemblyPath(path);
    }
}
