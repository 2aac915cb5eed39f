using System.Text;
using System.Text.Json;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions;
using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Benchmarks;

/// <summary>The function classes with the product's services, on storage in memory, called as the worker calls them: an HTTP context in, an answer written out.</summary>
internal sealed class Product : IAsyncDisposable
{
    private const string Secret = "paysg_stag_benchmark_0123456789abcdef";

    private static readonly byte[] Request = Encoding.UTF8.GetBytes(
        """
        {"reference_id":"INV-2026-0001","payer_name":"Tan Ah Kow","payer_email":"payer@example.com","description":"Licence fee","amount_in_cents":1130,"return_url":"https://eservice.example.gov.sg/done","metadata":{"case":"42"}}
        """);

    private readonly ServiceProvider services;
    private readonly MemoryStorage storage;
    private readonly CreatePaymentFunction create;
    private readonly GetPaymentFunction get;
    private readonly MemoryStream answer = new(16 * 1024);
    private string serviceId = "";
    private string paymentId = "";
    private int keys;

    private Product(ServiceProvider services, MemoryStorage storage)
    {
        this.services = services;
        this.storage = storage;
        create = ActivatorUtilities.CreateInstance<CreatePaymentFunction>(services);
        get = ActivatorUtilities.CreateInstance<GetPaymentFunction>(services);
    }

    /// <summary>The product with a payment service, its API key and one payment.</summary>
    public static async Task<Product> StartAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            // An address that is never connected to, and keys that open nothing.
            ["AzureWebJobsStorage"] = $"DefaultEndpointsProtocol=http;AccountName=memory;AccountKey={Convert.ToBase64String(new byte[64])};"
                + "TableEndpoint=http://127.0.0.1:1/memory;QueueEndpoint=http://127.0.0.1:1/memory;BlobEndpoint=http://127.0.0.1:1/memory;",
            ["PaySg:Mode"] = "test",
            // One client sends as much as it can.
            ["PaySg:RateLimit:RequestsPerMinute"] = "0",
            ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
            ["PaySg:Secrets:CurrentKey"] = "benchmark:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=",
            ["PaySg:Tokens:CurrentKey"] = "benchmark:j1pZx7QmT0cV4uKd9RwHq3BsYfLeNg8Xa6vCi2DoMkE=",
        }).Build();
        var memory = new MemoryStorage();
        var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<HttpPipelineTransport>(new HttpClientTransport(memory))
            .AddPaySg(configuration)
            .BuildServiceProvider();
        var product = new Product(provider, memory);
        await product.PrepareAsync();
        return product;
    }

    /// <summary>Creates a payment.</summary>
    public async Task CreateAsync() => Expect(201, await RunAsync(Call("POST", "payments", Request), context => create.RunAsync(context.Request, serviceId)));

    /// <summary>Creates a payment with an <c>Idempotency-Key</c> that is new.</summary>
    public async Task CreateKeyedAsync()
    {
        var context = Call("POST", "payments", Request);
        context.Request.Headers["Idempotency-Key"] = $"benchmark-{keys++}";
        Expect(201, await RunAsync(context, running => create.RunAsync(running.Request, serviceId)));
    }

    /// <summary>Reads a payment.</summary>
    public async Task GetAsync() => Expect(200, await RunAsync(Call("GET", $"payments/{paymentId}", []), context => get.RunAsync(context.Request, serviceId, paymentId)));

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task PrepareAsync()
    {
        var paymentServices = services.GetRequiredService<PaymentServiceStore>();
        var service = await paymentServices.PrepareAsync("Benchmark", id: null, CancellationToken.None);
        await paymentServices.SaveAsync(service, CancellationToken.None);
        var apiKeys = services.GetRequiredService<ApiKeys>();
        await apiKeys.IssueAsync(apiKeys.Prepare(service, "Benchmark", Permission.All), Secret, new EntityGroup("benchmark"));
        serviceId = service.Id;
        await CreateAsync();
        paymentId = JsonSerializer.Deserialize<JsonElement>(answer.GetBuffer().AsSpan(0, (int)answer.Length)).GetProperty("id").GetString()!;
        await GetAsync();
        storage.KeepsRows = false;
    }

    private DefaultHttpContext Call(string method, string path, byte[] body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = $"/v1/payment-services/{serviceId}/{path}";
        context.Request.Headers["x-api-key"] = Secret;
        if (body.Length > 0)
        {
            context.Request.ContentType = "application/json";
            context.Request.ContentLength = body.Length;
            context.Request.Body = new MemoryStream(body, writable: false);
        }

        return context;
    }

    private async Task<int> RunAsync(DefaultHttpContext context, Func<DefaultHttpContext, Task<IResult>> function)
    {
        answer.SetLength(0);
        context.Response.Body = answer;
        var result = await function(context);
        await result.ExecuteAsync(context);
        return context.Response.StatusCode;
    }

    private void Expect(int expected, int status)
    {
        if (status != expected)
            throw new InvalidOperationException($"Answered {status}: {Encoding.UTF8.GetString(answer.GetBuffer().AsSpan(0, (int)answer.Length))}");
    }
}
