using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>A call that was made, perhaps several times under one key, and every answer to it.</summary>
internal sealed class SimCall(
    Operation operation,
    string function,
    string method,
    string body,
    string? key,
    string? target,
    (string Name, string Value)[] route)
{
    public Operation Operation { get; } = operation;

    public string Function { get; } = function;

    public string Method { get; } = method;

    public string Body { get; } = body;

    public string? Key { get; } = key;

    /// <summary>The payment, link or endpoint that it is about; null: it makes one.</summary>
    public string? Target { get; } = target;

    public (string Name, string Value)[] Route { get; } = route;

    public List<(SimAnswer Answer, DateTimeOffset At)> Answers { get; } = [];

    public DateTimeOffset SentAt { get; set; }

    public int Sent { get; set; }

    /// <summary>The answers that say what became of the call.</summary>
    public IEnumerable<SimAnswer> Decisions => Answers.Select(each => each.Answer).Where(IsDecision);

    public bool IsDone => Decisions.Any(answer => answer.Status < 300);

    /// <summary>Whether it may have been done without its client knowing: a call on its way, or one without a clear answer.</summary>
    public bool MayBeDone => IsDone || Answers.Count < Sent || Answers.Any(each => !IsDecision(each.Answer));

    private static bool IsDecision(SimAnswer answer) => answer.Status is > 0 and < 500 and not 429
        && !(answer.Status == 409 && (answer.Text.Contains("idempotency_key_in_use", StringComparison.Ordinal)));
}

/// <summary>The agency's and the merchant's programs, and the payers: they do what the plan says, and ask again where they got no clear answer.</summary>
internal sealed class SimClient(World world, SimNetwork network, SimHost host, Setup setup)
{
    private readonly List<string> payments = [];
    private readonly List<string> attempts = [];
    private readonly List<(string Id, string ReffNo)> links = [];
    private readonly List<string> endpoints = [];
    private readonly List<SimCall> calls = [];
    private int addresses;

    public IReadOnlyList<SimCall> Calls => calls;

    /// <summary>What happens when all else is quiet: minutes or an hour later.</summary>
    public PriorityQueue<Action, DateTimeOffset> Later { get; } = new();

    public int Open { get; private set; }

    public void Start(Operation operation) => world.In(operation.At, () => _ = RunAsync(operation));

    private static T? Pick<T>(List<T> from, int which) => from.Count == 0 ? default : from[^(1 + (which % from.Count))];

    private static string StatusOf(Operation operation) => operation.Number % 4 == 0 ? "closed" : "open";

    private static string OutcomeOf(Operation operation, string refused) => (operation.Number % 10) switch
    {
        < 5 => "succeeded",
        < 6 => refused,
        _ => "pending",
    };

    private static string EmailOf(Operation operation) => operation.Number % 4 == 3 ? "" : ",\"payer_email\":\"tan@example.com\"";

    private static string FormOf(int number) => number % 4 is 1 or 3
        ? "action=pay&method=paynow"
        : $"action=pay&method=card&card_number={(number % 16) switch { 0 => "4000000000000002", 2 or 4 => "4000000000003220", _ => "4242424242424242" }}"
            + "&card_expiry=12%2F29&card_code=123&card_name=Tan";

    private static int RefundOf(Operation operation) => (operation.Number % 5) switch
    {
        0 => Operation.Amount,
        1 => 20,
        _ => 1 + (operation.Number % 12),
    };

    private async Task RunAsync(Operation operation)
    {
        SimCall Of(string function, string method, string body, string? target, params (string, string)[] route) => new(
            operation, function, method, body, operation.IsKeyed ? "key-" + calls.Count.ToString(CultureInfo.InvariantCulture) : null, target, route);
        var service = ("paymentServiceId", setup.ServiceId);
        var account = ("accountId", setup.AccountId);
        var payment = Pick(payments, operation.Which);
        var link = Pick(links, operation.Which);
        var endpoint = Pick(endpoints, operation.Which);
        var number = operation.Number.ToString(CultureInfo.InvariantCulture);
        var call = operation.Kind switch
        {
            OperationKind.CreatePayment => Of(
                "CreatePayment", "POST",
                $$"""{"reference_id":"INV-{{calls.Count}}","payer_name":"Tan","description":"Fee","amount_in_cents":{{Operation.Amount}}{{EmailOf(operation)}}}""", null, service),
            OperationKind.Pay when payment is not null => Of(
                "SimulatePayment", "POST", $$"""{"outcome":"{{OutcomeOf(operation, "declined")}}"}""", payment, ("paymentId", payment)),
            OperationKind.Cancel when payment is not null => Of("CancelPayment", "POST", "", payment, service, ("paymentId", payment)),
            OperationKind.Refund when payment is not null => Of(
                "RefundPayment", "POST", $$"""{"refund_amount_in_cents":{{RefundOf(operation)}}}""",
                payment, service, ("paymentId", payment)),
            OperationKind.Settle when Pick(attempts, operation.Which) is { } attempt => Of(
                "SettleSandboxAttempt", "POST", $$"""{"outcome":"{{(operation.Number % 3 == 0 ? "failed" : "succeeded")}}"}""", attempt,
                ("attemptId", attempt)),
            OperationKind.CreateLink or OperationKind.BriefLink => Of(
                "CreatePaymentLink", "POST",
                $$"""
                {"reff_no":"PL-{{calls.Count}}","title":"T","required_customer_detail":false,"max_usage":{{1 + (operation.Number % 3)}},
                "total_amount":10000,"items":[{"name":"A","quantity":1,"unit_price":10000}]}
                """,
                null, account),
            OperationKind.PayLink when links.Count > 0 => Of(
                "SimulateLinkAttempt", "POST",
                $$"""{"payment_method":"QRIS","outcome":"{{OutcomeOf(operation, "failed")}}"}""", link.Id, ("reffNo", link.ReffNo)),
            OperationKind.UpdateLink when links.Count > 0 => Of(
                "UpdatePaymentLink", "PUT",
                $$"""{"required_customer_detail":false,"max_usage":{{1 + (operation.Number % 4)}},"status":"{{StatusOf(operation)}}"}""",
                link.Id, account, ("paymentLinkId", link.Id)),
            OperationKind.DeleteLink when links.Count > 0 => Of("DeletePaymentLink", "DELETE", "", link.Id, account, ("paymentLinkId", link.Id)),
            OperationKind.CreateEndpoint or OperationKind.BriefEndpoint => Of(
                "CreateWebhookEndpoint", "POST",
                $$"""{"webhook_url":"https://198.51.100.1{{operation.Number % 3}}/{{calls.Count}}","subscribed_events":["*"]}""", null, service),
            OperationKind.DeleteEndpoint when endpoint is not null => Of("DeleteWebhookEndpoint", "DELETE", "", endpoint, service, ("endpointId", endpoint)),
            OperationKind.ChangeEndpoint when endpoint is not null => Of(
                "UpdateWebhookEndpoint", "PATCH", $$"""{"enabled":{{(operation.Number % 3 == 0 ? "true" : "false")}}}""", endpoint, service,
                ("endpointId", endpoint)),
            OperationKind.Resend when endpoint is not null
                && network.Events.Where(each => each.OwnerId == setup.ServiceId).ToList() is { Count: > 0 } events => Of(
                "ResendDelivery", "POST", "", endpoint, service, ("endpointId", endpoint), ("eventId", events[operation.Number % events.Count].Id)),
            OperationKind.Recover when endpoint is not null => Of(
                "StartRecovery", "POST", """{"since":"2026-01-15T09:00:00+08:00"}""", endpoint, service, ("endpointId", endpoint)),
            OperationKind.SendEmail when payment is not null => Of("SendPaymentEmail", "POST", "", payment, service, ("paymentId", payment)),
            OperationKind.PayOnPage when payment is not null => Of("SubmitPaymentPage", "POST", FormOf(operation.Number), payment, ("paymentId", payment)),
            OperationKind.Look when payment is not null => Of("SubmitPaymentPage", "POST", "action=look", payment, ("paymentId", payment)),
            OperationKind.PayOnLinkPage when links.Count > 0 => Of(
                "SubmitLinkPage", "POST", LinkFormOf(), link.Id, ("reffNo", link.ReffNo)),
            OperationKind.Replay when calls.Where(each => each.Key is not null).ToList() is { Count: > 0 } keyed =>
                keyed[^(1 + (operation.Which % keyed.Count))],
            _ => null,
        };
        if (operation.Kind == OperationKind.Bank)
            await DecideAsync(operation);
        if (operation.Kind == OperationKind.Housekeep)
            await host.KeepHouseAsync();
        if (call is null)
            return;
        if (!calls.Contains(call))
            calls.Add(call);
        if (operation.Kind is OperationKind.PayOnPage or OperationKind.PayOnLinkPage && operation.Number % 3 == 0)
        {
            // A double click sends the same form twice.
            world.In(world.Between(0, 300), () => _ = SendOnceAsync(call));
        }
        else if (operation.Kind == OperationKind.PayOnPage && operation.Number % 3 == 1)
        {
            world.In(world.Between(0, 50), () => _ = SendNewAsync(
                Of("SubmitPaymentPage", "POST", FormOf(operation.Number + world.Chance.Next(4)), payment, ("paymentId", payment!))));
        }
        else if (operation.Kind == OperationKind.PayOnLinkPage && operation.Number % 3 == 1)
        {
            world.In(world.Between(0, 50), () => _ = SendNewAsync(Of("SubmitLinkPage", "POST", LinkFormOf(), link.Id, ("reffNo", link.ReffNo))));
        }

        await SendAsync(call);
        if (operation.Kind is OperationKind.BriefLink or OperationKind.BriefEndpoint && call.Decisions.LastOrDefault(answer => answer.Status < 300) is { } made)
        {
            await world.DelayAsync(world.Draw(0.5) ? world.Between(0, 50) : world.Between(0, 25_000));
            if (operation.Kind == OperationKind.BriefEndpoint)
            {
                var endpointId = made.Json.GetProperty("id").GetString()!;
                await SendNewAsync(Of("DeleteWebhookEndpoint", "DELETE", "", endpointId, service, ("endpointId", endpointId)));
                return;
            }

            var linkId = made.Json.GetProperty("data").GetProperty("id").GetRawText();
            await SendNewAsync(Of("DeletePaymentLink", "DELETE", "", linkId, account, ("paymentLinkId", linkId)));
            if (operation.Number % 2 == 0)
                await SendNewAsync(Of("CreatePaymentLink", "POST", call.Body, null, account));
        }
    }

    /// <summary>A form as the link's page shows it: with a key of its own.</summary>
    private string LinkFormOf() =>
        $"action=pay&method=QRIS&{FormKey.Field}={network.Gateway!.Services.GetRequiredService<IdGenerator>().NewFormKey(world.Now)}";

    /// <summary>What a bank decides is decided at the gateway; that the product hears of it is not sure.</summary>
    private async Task DecideAsync(Operation operation)
    {
        var pending = network.Storage.Rows("paysgsandbox").Where(row => row.RowKey == "attempt").Select(row => row.PartitionKey).ToList();
        if (Pick(pending, operation.Which) is not { } attempt)
            return;
        if (operation.Number % 4 != 0)
        {
            await DecideAsync(attempt, succeeds: operation.Number % 3 != 0);
            return;
        }

        network.Count("bank decides much later");
        Later.Enqueue(() => _ = DecideAsync(attempt, succeeds: operation.Number % 3 != 0), world.Now + world.Between(60_000, 80 * 60_000));
    }

    private async Task DecideAsync(string attemptId, bool succeeds)
    {
        var gateway = network.Gateway!.Services.GetRequiredService<SandboxGateway>();
        if (await gateway.FindPendingAsync(attemptId, CancellationToken.None) is not { } attempt)
            return;
        var outcome = await gateway.DecideAsync(attempt, succeeds, CancellationToken.None);
        world.Tell($"the bank decides {attemptId}: {outcome.State}");
        var notices = network.NoticesOf();
        for (var notice = 0; notice < notices; notice++)
            world.In(world.Between(0, 20_000), () => _ = host.Any()?.TakeNoticeAsync(attempt));
    }

    private Task SendNewAsync(SimCall call)
    {
        calls.Add(call);
        return SendAsync(call);
    }

    private async Task SendAsync(SimCall call)
    {
        if (call.Sent == 0)
            call.SentAt = world.Now;
        for (var tried = 0; tried < 3; tried++)
        {
            var answer = await SendOnceAsync(call);
            if (call.Decisions.Contains(answer))
            {
                Learn(call, answer);
                return;
            }

            // Who has no key does not dare to ask again.
            if (call.Key is null)
                return;
            await world.DelayAsync(world.Between(200, 60_000));
        }
    }

    private async Task<SimAnswer> SendOnceAsync(SimCall call)
    {
        var headers = new Dictionary<string, string>
        {
            ["CLIENT-IP"] = $"198.18.{++addresses / 250}.{1 + (addresses % 250)}",
        };
        if (call.Function is "CreatePaymentLink" or "UpdatePaymentLink" or "DeletePaymentLink")
        {
            headers["Authorization"] = "Bearer " + setup.Token;
            headers["X-PARTNER-ID"] = setup.PartnerId;
        }
        else if (call.Function is not ("SimulatePayment" or "SettleSandboxAttempt" or "SimulateLinkAttempt" or "SubmitPaymentPage" or "SubmitLinkPage"))
        {
            headers["x-api-key"] = setup.ApiKey;
        }

        if (call.Key is not null)
            headers["Idempotency-Key"] = call.Key;
        call.Sent++;
        Open++;
        var process = host.Any();
        world.Tell($"-> {call.Function} {call.Target} {call.Body} {call.Key}{(process is null ? ", and nobody is there" : "")}");
        var answer = process is null ? SimAnswer.Broken : await process.CallAsync(call.Function, call.Method, call.Body, headers, call.Route);
        Open--;
        call.Answers.Add((answer, world.Now));
        world.Note(FormattableString.Invariant($"{call.Function} {answer.Status}"));
        world.Tell($"<- {call.Function} {call.Target} {call.Key}: {answer.Status} {(answer.Status is >= 300 ? answer.Text : "")}");
        if (answer.Status == 500)
            network.Unexpected.Add($"{call.Function} answered 500: {answer.Text}");
        return answer;
    }

    private void Learn(SimCall call, SimAnswer answer)
    {
        if (
            answer.Headers.TryGetValue("paysg-attempt-id", out var attempt) && call.Body.Contains("pending", StringComparison.Ordinal)
                && !attempts.Contains(attempt))
            attempts.Add(attempt);
        if (answer.Status >= 300)
            return;
        switch (call.Function)
        {
            case "CreatePayment" when answer.Json.GetProperty("id").GetString()! is var id && !payments.Contains(id):
                payments.Add(id);
                break;
            case "CreateWebhookEndpoint" when answer.Json.GetProperty("id").GetString()! is var id && !endpoints.Contains(id):
                endpoints.Add(id);
                break;
            case "CreatePaymentLink":
                var data = answer.Json.GetProperty("data");
                var made = (data.GetProperty("id").GetRawText(), data.GetProperty("reff_no").GetString()!);
                if (!links.Contains(made))
                    links.Add(made);
                break;
            case "SimulateLinkAttempt" when call.Body.Contains("pending", StringComparison.Ordinal):
                var history = answer.Json.TryGetProperty("data", out var inside) ? inside : answer.Json;
                if (history.TryGetProperty("reff_no", out var reff) && !attempts.Contains(reff.GetString()!))
                    attempts.Add(reff.GetString()!);
                break;
        }
    }
}
