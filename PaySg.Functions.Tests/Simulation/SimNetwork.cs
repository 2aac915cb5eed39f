using System.Net;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Payments.Emails;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>An event as it was committed.</summary>
internal sealed record CommittedEvent(string OwnerId, string Id, string Type, byte[] Body, DateTimeOffset At);

/// <summary>What a receiver got.</summary>
internal sealed record Receipt(string Url, string? EventId, byte[] Body, bool WasTaken, DateTimeOffset At);

/// <summary>A mail as the relay was handed it.</summary>
internal sealed record HandedMail(string MessageId, string To, bool WasTaken, bool WasRefused, DateTimeOffset At);

/// <summary>Everything that processes reach over the network: storage, the gateway and the receivers; and what goes wrong on the way.</summary>
internal sealed class SimNetwork
{
    // By the moods below.
    private static readonly string[] ReceiverFaults =
    [
        "receiver answers 500", "receiver answers 429", "receiver is silent", "receiver resets", "receiver takes and resets", "receiver is slow",
    ];

    private static readonly string[] GatewayFaults =
    [
        "gateway is silent", "gateway's answer lost", "gateway works twice", "gateway works later", "gateway is slow",
    ];

    private static readonly string[] RelayFaults =
    [
        "relay refuses for now", "relay refuses", "relay is silent", "relay's answer lost", "relay sends twice", "relay is slow",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly World world;
    private readonly Weather weather;
    private readonly DateTimeOffset began;

    public SimNetwork(World world, Weather weather, StorageModel storage)
    {
        (this.world, this.weather, Storage) = (world, weather, storage);
        began = world.Now;
        storage.Written = Written;
        storage.PageEnd = count => weather.IsRough && !weather.IsFair && count > 0 && world.Draw(0.1) ? world.Chance.Next(0, count + 1) : count;
    }

    public StorageModel Storage { get; }

    /// <summary>The gateway's own process, whose storage never fails.</summary>
    public SimProcess? Gateway { get; set; }

    /// <summary>Told of a process that is to die now.</summary>
    public Action<SimProcess> Died { get; set; } = static _ => { };

    public List<CommittedEvent> Events { get; } = [];

    public List<Receipt> Receipts { get; } = [];

    public List<HandedMail> Mails { get; } = [];

    /// <summary>What must never happen, seen while the run went on.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>How often each fault was done.</summary>
    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public int Requests { get; private set; }

    public int Sends { get; set; }

    /// <summary>Receivers that never take anything.</summary>
    public HashSet<string> Deaf { get; } = new(StringComparer.Ordinal);

    public bool IsStorageGone => weather.OutageAt is { } at && world.Now - began >= at && world.Now - began < at + Weather.Standing;

    public bool IsStandstill => weather.StandstillAt is { } at && world.Now - began >= at && world.Now - began < at + Weather.Standing;

    public void Count(string fault) => Faults[fault] = Faults.GetValueOrDefault(fault) + 1;

    /// <summary>A request of a process to storage: it arrives, is done, and is answered, each after a while.</summary>
    public Task<SimReply> StorageAsync(SimProcess process, SimRequest request, CancellationToken cancelled)
    {
        var answer = new TaskCompletionSource<SimReply>();
        if (!process.IsAlive)
            return answer.Task;
        if (process.Number >= 0)
            Requests++;
        if (request.IsOfQueues)
            Sends++;
        var isRough = weather.IsRough && process.Number >= 0;
        CancellationTokenRegistration registration = default;
        if (cancelled.CanBeCanceled)
            registration = cancelled.Register(() => answer.TrySetCanceled(cancelled));

        void Answer(Action<TaskCompletionSource<SimReply>> give, TimeSpan after) => world.In(after, () =>
        {
            if (!process.IsAlive)
                return;
            registration.Dispose();
            give(answer);
        });
        void Fail(string why, TimeSpan after) =>
            Answer(waiting => waiting.TrySetException(new RequestFailedException(0, why, null, new HttpRequestException(why))), after);
        SimReply Do()
        {
            world.Note(request.Short);
            Storage.Now = world.Now;
            return Storage.Handle(request);
        }

        void DoAt(TimeSpan after, Action<SimReply> then) => world.In(after, () =>
        {
            SimReply reply;
            try
            {
                reply = Do();
            }
            catch (SimulationFailure unknown)
            {
                Unexpected.Add(unknown.Message);
                throw;
            }

            then(reply);
        });

        if (isRough && weather.Deaths.Contains(Requests))
        {
            var isBefore = world.Draw(0.5);
            Count("process killed");
            world.Tell($"{process.Name} dies {(isBefore ? "before" : "after")} {request.Short}");
            if (!isBefore)
                DoAt(world.OneWay(), static _ => { });
            Died(process);
            return answer.Task;
        }

        if (isRough && IsStorageGone)
        {
            Count("storage gone");
            Fail("No connection.", world.Between(1, 2000));
        }
        else if (isRough && world.Draw(weather.Refusal))
        {
            var status = world.Chance.Next(3) switch { 0 => 500, 1 => 503, _ => 429 };
            Count($"storage answers {status}");
            world.Tell($"{process.Name}: {status} to {request.Short}");
            Answer(
                waiting => waiting.TrySetResult(StorageModel.ErrorTo(request, status, status == 500 ? "InternalError" : "ServerBusy", "Later.")),
                world.OneWay());
        }
        else if (isRough && request.IsWrite && world.Draw(weather.LateWrite))
        {
            Count("write done after its sender gave up");
            world.Tell($"{process.Name}: late {request.Short}");
            Fail("No answer in time.", Patience);

            // Before the repetition, just behind it, or long after. Azure ends a request to a table after 30 s at most, counted from when it arrived.
            DoAt(Patience + (world.Draw(0.4) ? world.Between(-200, 400) : world.Between(0, 30_000)), static _ => { });
        }
        else if (isRough && world.Draw(weather.LostAnswer))
        {
            Count("answer lost");
            world.Tell($"{process.Name}: answer lost to {request.Short}");
            DoAt(world.OneWay(), _ => Fail("The connection broke off.", world.OneWay()));
        }
        else
        {
            DoAt(world.OneWay(), reply => Answer(waiting => waiting.TrySetResult(reply), world.OneWay()));
        }

        return answer.Task;
    }

    /// <summary>A webhook on its way to its receiver.</summary>
    public Task<HttpResponseMessage> PostAsync(SimProcess process, HttpRequestMessage request, byte[] body, CancellationToken cancelled)
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        if (!process.IsAlive)
            return answer.Task;
        var registration = cancelled.Register(() => answer.TrySetCanceled(cancelled));
        var url = request.RequestUri!.AbsoluteUri;
        var id = request.Headers.TryGetValues("webhook-id", out var ids) ? ids.Single() : null;
        var mood = Deaf.Contains(url) ? world.Chance.Next(1, 4) : weather.IsRough && world.Draw(weather.Receiver) ? world.Chance.Next(1, 7) : 0;
        if (mood != 0)
            Count(
                ReceiverFaults[mood - 1]);

        // 0 takes, 1 500, 2 429, 3 silent, 4 resets before it took, 5 takes and resets, 6 takes after 9 to 12 s.
        void Give(Action give) => world.In(world.OneWay(), () =>
        {
            if (!process.IsAlive)
                return;
            registration.Dispose();
            give();
        });
        world.In(mood == 6 ? world.Between(9000, 12_000) : world.OneWay(), () =>
        {
            world.Note("POST " + url);
            Receipts.Add(new Receipt(url, id, body, mood is 0 or 5 or 6, world.Now));
            switch (mood)
            {
                case 1:
                    Give(() => answer.TrySetResult(Response(500)));
                    break;
                case 2:
                    var busy = Response(429);
                    busy.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(world.Chance.Next(1, 600)));
                    Give(() => answer.TrySetResult(busy));
                    break;
                case 3:
                    break;
                case 4:
                    Give(() => answer.TrySetException(new HttpRequestException(HttpRequestError.ConnectionError, "refused")));
                    break;
                case 5:
                    Give(() => answer.TrySetException(new HttpRequestException("reset", new IOException("reset"))));
                    break;
                default:
                    Give(() => answer.TrySetResult(Response(200)));
                    break;
            }
        });
        return answer.Task;
    }

    /// <summary>A mail on its way to the relay.</summary>
    public Task<MailResult> MailAsync(SimProcess process, OutgoingMail mail)
    {
        var answer = new TaskCompletionSource<MailResult>();
        if (!process.IsAlive)
            return answer.Task;
        var mood = weather.IsRough && world.Draw(weather.Relay) ? world.Chance.Next(1, 7) : 0;
        if (mood != 0)
            Count(RelayFaults[mood - 1]);
        void Give(TimeSpan after, MailResult result) => world.In(after, () =>
        {
            if (process.IsAlive)
                answer.TrySetResult(result);
        });
        world.In(mood == 6 ? world.Between(10_000, 50_000) : world.OneWay(), () =>
        {
            world.Note("mail");
            for (var time = 0; time < (mood == 5 ? 2 : 1); time++)
                Mails.Add(new HandedMail(mail.MessageId, mail.To.Address, WasTaken: mood is 0 or 4 or 5 or 6, WasRefused: mood == 2, world.Now));
            switch (mood)
            {
                case 1:
                    Give(world.OneWay(), new MailResult.Failed("MailboxBusy", IsPermanent: false));
                    break;
                case 2:
                    Give(world.OneWay(), new MailResult.Failed("MailboxUnavailable", IsPermanent: true));
                    break;
                case 3 or 4:
                    Give(TimeSpan.FromSeconds(60), new MailResult.Failed("Timeout", IsPermanent: false));
                    break;
                default:
                    Give(world.OneWay(), new MailResult.Taken());
                    break;
            }
        });
        return answer.Task;
    }

    /// <summary>A call to the gateway, by another network than storage's: it does its work in a process of its own.</summary>
    public Task<T> AskGatewayAsync<T>(SimProcess process, string call, Func<SandboxGateway, Task<T>> work)
    {
        var answer = new TaskCompletionSource<T>();
        if (!process.IsAlive)
            return answer.Task;
        var mood = weather.IsRough && world.Draw(weather.Gateway) ? world.Chance.Next(1, 6) : 0;
        if (mood != 0)
        {
            Count(
                GatewayFaults[mood - 1]);
            world.Tell($"{process.Name}: gateway mood {mood} for {call}");
        }

        void Fail(TimeSpan after) => world.In(after, () =>
        {
            if (process.IsAlive)
                answer.TrySetException(new TimeoutException("The gateway did not answer."));
        });
        void Work(TimeSpan after, bool isAnswered) => world.In(after, () => _ = WorkAsync(isAnswered));
        async Task WorkAsync(bool isAnswered)
        {
            world.Note(call);
            try
            {
                var outcome = await work(Gateway!.Services.GetRequiredService<SandboxGateway>());
                if (isAnswered)
                {
                    world.In(world.OneWay(), () =>
                    {
                        if (process.IsAlive)
                            answer.TrySetResult(outcome);
                    });
                }
            }
            catch (Exception fault)
            {
                Unexpected.Add($"The gateway refused {call}: {fault.Message}");
                if (isAnswered)
                    Fail(default);
            }
        }

        switch (mood)
        {
            case 1:
                Fail(world.Between(10, 15_000));
                break;
            case 2:
                Work(world.OneWay(), isAnswered: false);
                Fail(world.Between(5000, 15_000));
                break;
            case 3:
                Work(world.OneWay(), isAnswered: true);
                Work(world.Between(0, 30_000), isAnswered: false);
                break;
            case 4:
                Fail(world.Between(10, 5000));
                Work(world.Between(5000, 90_000), isAnswered: false);
                break;
            case 5:
                Work(world.Between(2000, 40_000), isAnswered: true);
                break;
            default:
                Work(world.OneWay(), isAnswered: true);
                break;
        }

        return answer.Task;
    }

    /// <summary>How often a notice of the gateway comes.</summary>
    public int NoticesOf()
    {
        if (!weather.IsRough || !world.Draw(weather.Gateway))
            return 1;
        var isLost = world.Draw(0.5);
        Count(isLost ? "notice lost" : "notice twice");
        return isLost ? 0 : 2;
    }

    private static HttpResponseMessage Response(int status) => new((HttpStatusCode)status) { Content = new ByteArrayContent("ok"u8.ToArray()) };

    private void Written(string table, string partition, string key, SimRow? row)
    {
        if (row is null)
            return;
        if (key.StartsWith("e:", StringComparison.Ordinal) && table is "paysgpayments" or "paysgpaymentlinks" && key[0] == 'e')
        {
            var body = row.Document("doc")!;
            if (Events.FirstOrDefault(each => each.Id == row.Text("id")) is { } known)
            {
                if (!known.Body.AsSpan().SequenceEqual(body))
                    Unexpected.Add($"Event {known.Id} was written with other bytes.");
                return;
            }

            Events.Add(new CommittedEvent(partition, row.Text("id")!, row.Text("type")!, body, world.Now));
        }
        else if (key.StartsWith("l:", StringComparison.Ordinal) && table == "paysgpaymentlinks")
        {
            var link = row.Json("doc");
            var (cap, used) = (link.GetProperty("max_usage").GetInt32(), link.TryGetProperty("current_usage", out var usage) ? usage.GetInt32() : 0);
            if (cap > 0 && used > cap)
                Unexpected.Add($"Link {link.GetProperty("id")} is used {used} times of {cap}.");
        }
    }
}

/// <summary>The mail relay as a process sees it.</summary>
internal sealed class SimMail(SimNetwork network, SimProcess process) : IMailTransport
{
    public MailboxAddress Sender { get; } = new("Agency", "pay@agency.gov.sg");

    public Task<MailResult> SendAsync(OutgoingMail mail) => network.MailAsync(process, mail);
}

/// <summary>The gateway as a process sees it.</summary>
internal sealed class SimGateway(World world, SimNetwork network, SimProcess process) : IGateway
{
    public bool IsSandbox => true;

    public IReadOnlyList<OfferedMethod> Methods { get; } = [new(MethodKinds.Card, TakesCardHere: true), new(MethodKinds.PayNow)];

    public bool TakesLinkMethods => true;

    public ICardTokens Cards { get; } = new TestCardTokens();

    public Task<string?> AccountOfAsync(string ownerId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public async Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, PaymentMethod method, CancellationToken cancellationToken)
    {
        await network.AskGatewayAsync(process, $"begin {attempt.Key.ChargeId}", async gateway =>
        {
            await gateway.BeginAsync(attempt, CancellationToken.None);
            return world;
        });
        return await network.AskGatewayAsync(
            process, $"confirm {Named(attempt)}", gateway => gateway.ConfirmAsync(attempt, method, CancellationToken.None));
    }

    public Task<ChargeOutcome> VoidAsync(GatewayAttempt attempt, CancellationToken cancellationToken) =>
        network.AskGatewayAsync(process, $"void {Named(attempt)}", gateway => gateway.VoidAsync(attempt, CancellationToken.None));

    public Task<ChargeOutcome> FindAsync(GatewayAttempt attempt, CancellationToken cancellationToken) =>
        network.AskGatewayAsync(process, $"find {Named(attempt)}", gateway => gateway.FindAsync(attempt, CancellationToken.None));

    public Task<RefundOutcome> RefundAsync(GatewayRefund refund, CancellationToken cancellationToken) =>
        network.AskGatewayAsync(process, $"refund {Named(refund)}", gateway => gateway.RefundAsync(refund, CancellationToken.None));

    public Task<RefundOutcome> FindRefundAsync(GatewayRefund refund, CancellationToken cancellationToken) =>
        network.AskGatewayAsync(process, $"find refund {Named(refund)}", gateway => gateway.FindRefundAsync(refund, CancellationToken.None));

    private static string Named(GatewayAttempt attempt) => $"{attempt.Key.ChargeId} {attempt.Key.AttemptId}";

    private static string Named(GatewayRefund refund) => $"{refund.Charged.Key.ChargeId} {refund.Id}";
}
