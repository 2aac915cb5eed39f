using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Calls the API as an e-service does.</summary>
public sealed class ApiClient(Uri baseAddress) : IDisposable
{
    public const string ServiceId = "payment_service_00000000-0000-4000-8000-000000000001";
    public const string ApiKey = "paysg_stag_demo";
    public const string ViewOnlyApiKey = "paysg_stag_demo_view";

    private readonly HttpClient http = new(new ContractHandler()) { BaseAddress = baseAddress, Timeout = TimeSpan.FromSeconds(100) };

    public static string PaymentsPath => $"/v1/payment-services/{ServiceId}/payments";

    public static string EndpointsPath => $"/v1/payment-services/{ServiceId}/webhook-endpoints";

    public Uri BaseAddress => http.BaseAddress!;

    public static string EventsPath => $"/v1/payment-services/{ServiceId}/events";

    public static string EndpointPath(string id) => $"{EndpointsPath}/{id}";

    public static string DeliveriesPath(string endpointId) => $"{EndpointsPath}/{endpointId}/deliveries";

    public Task<Answer> CreatePaymentAsync(PaymentRequest? payment = null, string? idempotencyKey = null) =>
        PostAsync(PaymentsPath, (payment ?? A.Payment()).ToString(), idempotencyKey: idempotencyKey);

    /// <summary>Creates a payment that must succeed; its id.</summary>
    public async Task<string> CreatedPaymentAsync(PaymentRequest? payment = null) =>
        (await CreatePaymentAsync(payment)).Expect(HttpStatusCode.Created)["id"]!;

    public Task<Answer> GetPaymentAsync(string id) => GetAsync($"{PaymentsPath}/{id}");

    public Task<Answer> CancelAsync(string id, string? idempotencyKey = null) =>
        PostAsync($"{PaymentsPath}/{id}/cancel", "", idempotencyKey: idempotencyKey);

    public Task<Answer> RefundAsync(string id, long cents, string? idempotencyKey = null) =>
        PostAsync($"{PaymentsPath}/{id}/refund", $$"""{"refund_amount_in_cents":{{cents}}}""", idempotencyKey: idempotencyKey);

    public Task<Answer> PayAsync(string id, string outcome = "succeeded", string? idempotencyKey = null) =>
        PostAsync($"/sandbox/payments/{id}", $$"""{"outcome":"{{outcome}}"}""", apiKey: null, idempotencyKey: idempotencyKey);

    /// <summary>Begins an attempt that the gateway decides later; its id.</summary>
    public async Task<string> PendingAttemptAsync(string paymentId) =>
        (await PayAsync(paymentId, "pending")).Expect(HttpStatusCode.OK).Headers["paysg-attempt-id"];

    public Task<Answer> SettleAsync(string attemptId, string outcome = "succeeded", string? idempotencyKey = null) =>
        PostAsync($"/sandbox/attempts/{attemptId}", $$"""{"outcome":"{{outcome}}"}""", apiKey: null, idempotencyKey: idempotencyKey);

    /// <summary>Registers an endpoint that must be taken; its id and secret.</summary>
    public async Task<(string Id, string Secret)> RegisteredEndpointAsync(WebhookEndpointRequest endpoint)
    {
        var answer = (await PostAsync(EndpointsPath, endpoint.ToString())).Expect(HttpStatusCode.Created);
        return (answer["id"]!, answer["secret"]!);
    }

    public Task<Answer> GetAsync(string path, string? apiKey = ApiKey) => SendAsync(HttpMethod.Get, path, null, apiKey);

    public Task<Answer> PatchAsync(string path, string body, string? apiKey = ApiKey, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"), apiKey, idempotencyKey);

    public Task<Answer> DeleteAsync(string path, string? apiKey = ApiKey, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Delete, path, null, apiKey, idempotencyKey);

    /// <summary>The only delivery of an endpoint, once it is as the test wants it.</summary>
    public async Task<System.Text.Json.JsonElement> DeliveryAsync(string endpointId, string status)
    {
        System.Text.Json.JsonElement delivery = default;
        await LocalHost.Eventually.TrueAsync(async () =>
        {
            var list = (await GetAsync(DeliveriesPath(endpointId))).Expect(HttpStatusCode.OK).Json.GetProperty("data");
            if (list.GetArrayLength() == 0)
                return false;
            delivery = Assert.Single(list.EnumerateArray());
            return delivery.GetProperty("status").GetString() == status;
        });
        return delivery;
    }

    public Task<Answer> PostAsync(string path, string body, string? apiKey = ApiKey, string? idempotencyKey = null, bool chunked = false)
    {
        HttpContent content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(HttpMethod.Post, path, content, apiKey, idempotencyKey, chunked);
    }

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content, string? apiKey = ApiKey, string? idempotencyKey = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (apiKey is not null)
            request.Headers.Add("x-api-key", apiKey);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (chunked)
            request.Headers.TransferEncodingChunked = true;
        return await Answer.ReadAsync(await http.SendAsync(request));
    }

    public void Dispose() => http.Dispose();
}
