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
    private Func<HttpRequest, string[], Task<IResult>> create = null!;
    private Func<HttpRequest, string[], Task<IResult>> get = null!;
    private string[] ofPayment = [];
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
    public Task CreateAsync() => ExpectAsync(201, Call(subscribed, "POST", "/payments", Request), create, [subscribed.Id]);

    /// <summary>Creates a payment, and nobody subscribes.</summary>
    public Task CreateUnheardAsync() => ExpectAsync(201, Call(unsubscribed, "POST", "/payments", Request), create, [unsubscribed.Id]);

    /// <summary>Creates a payment with an <c>Idempotency-Key</c> that is new.</summary>
    public Task CreateKeyedAsync()
    {
        var context = Call(subscribed, "POST", "/payments", Request);
        context.Request.Headers["Idempotency-Key"] = $"benchmark-{keys++}";
        return ExpectAsync(201, context, create, [subscribed.Id]);
    }

    /// <summary>Reads a payment.</summary>
    public Task GetAsync() => ExpectAsync(200, Call(subscribed, "GET", "/payments/" + ofPayment[1], []), get, ofPayment);

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
        await ExpectAsync(201, Call(subscribed, "POST", "/webhook-endpoints", Endpoint), Function("CreateWebhookEndpoint"), [subscribed.Id]);
        await CreateAsync();
        ofPayment = [subscribed.Id, Answer().GetProperty("id").GetString()!];
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
        var context = Call(null, "POST", "", Encoding.UTF8.GetBytes(body));
        context.Request.Headers["x-management-key"] = ManagementKey;
        await ExpectAsync(201, context, Function(name), route);
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

    private static DefaultHttpContext Call(Service? service, string method, string path, byte[] body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = service is null ? "/management" : $"/v1/payment-services/{service.Id}{path}";
        if (service is not null)
            context.Request.Headers["x-api-key"] = service.ApiKey;

        if (body.Length > 0)
        {
            context.Request.ContentType = "application/json";
            context.Request.ContentLength = body.Length;
            context.Request.Body = new MemoryStream(body, writable: false);
        }

        return context;
    }

    private async Task ExpectAsync(int expected, DefaultHttpContext context, Func<HttpRequest, string[], Task<IResult>> function, string[] route)
    {
        answer.SetLength(0);
        context.Response.Body = answer;
        var result = await function(context.Request, route);
        await result.ExecuteAsync(context);
        if (context.Response.StatusCode != expected)
            throw new InvalidOperationException($"Answered {context.Response.StatusCode}: {Encoding.UTF8.GetString(answer.GetBuffer().AsSpan(0, (int)answer.Length))}");
    }

    /// <summary>A payment service and an API key of it.</summary>
    private sealed record Service(string Id, string ApiKey);

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
