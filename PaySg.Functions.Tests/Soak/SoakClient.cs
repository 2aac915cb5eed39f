using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Soak;

/// <summary>
/// E-services and payers: each flow creates a payment and does with it what may be done, with a key for each call, which it repeats until the answer says what
/// became of it. It keeps of each payment what it was told until the books were checked.
/// </summary>
internal sealed class SoakClient(Func<Uri> address, Chance dice, SoakReceiver receiver) : IDisposable
{
    private const long Amount = 1130;
    private const int UsesOfLink = 40;

    /// <summary>A charge whose process died before it asked the gateway is given up after 15 minutes, and until then its key is in use.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly ConcurrentQueue<SoakedPayment> finished = new();
    private readonly ConcurrentDictionary<string, int> kinds = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim making = new(1);
    private string? link;
    private int uses;
    private int keys;
    private int repetitions;
    private int begun;

    /// <summary>Flows that have been begun.</summary>
    public int Begun => begun;

    /// <summary>Calls that were sent again, for want of an answer.</summary>
    public int Repetitions => repetitions;

    /// <summary>What was done, by its name.</summary>
    public IReadOnlyDictionary<string, int> Kinds => kinds;

    /// <summary>Payments whose flow has ended, in order; each once.</summary>
    public IEnumerable<SoakedPayment> TakeFinished()
    {
        while (finished.TryDequeue(out var payment))
            yield return payment;
    }

    /// <summary>One flow, from beginning to end.</summary>
    public async Task FlowAsync()
    {
        Interlocked.Increment(ref begun);
        if (dice.Is(5))
            await PayOnLinkAsync();
        else
            await PayAsync();
    }

    public void Dispose()
    {
        http.Dispose();
        making.Dispose();
    }

    private async Task PayAsync()
    {
        var calls = new ConcurrentQueue<RandomCall>();
        var create = new RandomCall(RandomCallKind.Create, null, ApiClient.PaymentsPath, A.Payment().Of(Amount).ToString(), NewKey());
        calls.Enqueue(create);
        var id = (await CallAsync(create)).Expect(HttpStatusCode.Created)["id"]!;
        Task<Answer> DoAsync(RandomCallKind kind, string path, string body)
        {
            Count(kind.ToString());
            var call = new RandomCall(kind, id, path, body, NewKey());
            calls.Enqueue(call);
            return CallAsync(call);
        }

        Task<Answer> SimulateAsync(string outcome) => DoAsync(RandomCallKind.Pay, $"/sandbox/payments/{id}", $$"""{"outcome":"{{outcome}}"}""");
        Task<Answer> RefundAsync(long cents) => DoAsync(RandomCallKind.Refund, $"{ApiClient.PaymentsPath}/{id}/refund", $$"""{"refund_amount_in_cents":{{cents}}}""");
        Task<Answer> CancelAsync() => DoAsync(RandomCallKind.Cancel, $"{ApiClient.PaymentsPath}/{id}/cancel", "");

        switch (dice.Next(20))
        {
            case 0:
                break;
            case 1 or 2:
                await CancelAsync();
                break;
            case 3:
                // The payer pays while the agency cancels.
                await Task.WhenAll(SimulateAsync("succeeded"), CancelAsync());
                break;
            case 4:
                await SimulateAsync("declined");
                await SimulateAsync("succeeded");
                break;
            case 5:
                // Two tabs.
                await Task.WhenAll(SimulateAsync("succeeded"), SimulateAsync("succeeded"));
                break;
            case 6:
                if ((await SimulateAsync("pending")).Headers.TryGetValue("paysg-attempt-id", out var attempt))
                    await DoAsync(RandomCallKind.Settle, $"/sandbox/attempts/{attempt}", """{"outcome":"succeeded"}""");
                else
                    // A repetition is answered without the header, and an attempt that nobody decides is withdrawn after an hour only.
                    await CancelAsync();
                break;
            case 7:
                await SimulateAsync("succeeded");
                await RefundAsync(Amount);
                break;
            case 8:
                // Two who refund more than half each: one of them at most may.
                await SimulateAsync("succeeded");
                await Task.WhenAll(RefundAsync(700), RefundAsync(700));
                break;
            default:
                await SimulateAsync("succeeded");
                break;
        }

        // The next one waits for a place until webhooks have caught up: a queue that only grows would be a rate that is not held.
        var ended = TimeProvider.System.GetTimestamp();
        while (!receiver.HasComeOf(id) && TimeProvider.System.GetElapsedTime(ended) < LongestLag)
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        finished.Enqueue(new SoakedPayment(id, [.. calls], TimeProvider.System.GetTimestamp()));
    }

    private async Task PayOnLinkAsync()
    {
        Count("PayOnLink");
        var reffNo = await LinkAsync();
        var body = $$"""{"payment_method":"QRIS","outcome":"{{(dice.Is(10) ? "failed" : "succeeded")}}"}""";
        await CallAsync(new RandomCall(RandomCallKind.Pay, reffNo, $"/sandbox/payment-links/{reffNo}/attempts", body, NewKey()));
    }

    /// <summary>A link that still has uses, or has just lost them all.</summary>
    private async Task<string> LinkAsync()
    {
        await making.WaitAsync();
        try
        {
            if (link is null || uses++ >= UsesOfLink + 2)
            {
                using var merchant = new SingapayClient(address());
                link = await MadeLinkAsync(merchant);
                uses = 1;
            }

            return link;
        }
        finally
        {
            making.Release();
        }
    }

    /// <summary>Creates have no keys in this API, but a name that is taken by our own first try says that it was done.</summary>
    private async Task<string> MadeLinkAsync(SingapayClient merchant)
    {
        Count("CreateLink");
        var request = A.NewPaymentLink().With("max_usage", UsesOfLink);
        var reffNo = System.Text.Json.Nodes.JsonNode.Parse(request.ToString())!["reff_no"]!.GetValue<string>();
        var started = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (!await HasTokenAsync(merchant))
                    throw new HttpRequestException("Storage is away, and there is no token.");

                var answer = await merchant.CreateLinkAsync(request);
                if (answer.Status == HttpStatusCode.OK || (tries > 1 && (int)answer.Status is 409 or 422))
                    return reffNo;
                Assert.True((int)answer.Status >= 500, answer.Body);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // The process was killed, or storage is away.
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "No link can be made.");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>The client asks for its token before its first call, and expects to get it.</summary>
    private static async Task<bool> HasTokenAsync(SingapayClient merchant)
    {
        try
        {
            return (await merchant.TokenAsync()).Length > 0;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    /// <summary>Sends a call until it is decided; the decision.</summary>
    private async Task<Answer> CallAsync(RandomCall call)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                call.Answers.Enqueue(await SendAsync(call));
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                // The process was killed, or storage is away.
            }

            if (call.Decisions.FirstOrDefault() is { } decision)
                return decision;
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < Patience,
                $"{call.Kind} {call.Path} was not decided within {Patience}: {string.Join(", ", call.Answers.TakeLast(3).Select(answer => $"{answer.Status} {answer.Body}"))}");
            Interlocked.Increment(ref repetitions);
            await Task.Delay(Pause * (1 + dice.Next(4)), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<Answer> SendAsync(RandomCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address(), call.Path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (!call.Path.StartsWith("/sandbox", StringComparison.Ordinal))
            request.Headers.Add("x-api-key", ApiClient.ApiKey);
        request.Headers.Add("Idempotency-Key", call.Key);
        return await Answer.ReadAsync(await http.SendAsync(request));
    }

    private void Count(string kind) => kinds.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    private string NewKey() => $"soak-{Interlocked.Increment(ref keys)}";
}
