using System.Globalization;
using System.Text.Json;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>What must be true when all is quiet, whatever came before: read from the rows, from the gateway's memory, from what receivers got and from what
/// clients were told.</summary>
internal sealed class Books(Setup setup, Weather weather, SimNetwork network, SimHost host, SimClient client)
{
    /// <summary>
    /// A message is sent for each step of work, for each of its repetitions, and by the sweeper at most 8 times in an hour for each row that nobody works on. Of
    /// 10,000 seeds the most was 11.8, where storage was gone for an hour; the mean is 0.4.
    /// </summary>
    public const int MessagesPerPiece = 14;

    /// <summary>Requests to storage for each piece of work and each sweep, with all repetitions. The most that was seen is 20; the mean is 6.</summary>
    public const int RequestsPerPiece = 25;

    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(30);
    private static readonly string[] Tables = ["paysgpayments", "paysgpaymentlinks", "paysgwebhooks", "paysgdeliveries"];
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(13);
    // An event of an endpoint's first seconds may wait for two sweeps: one for its outbox row, one for its due row, each 60 s late at most. Each sends a message, and
    // until it is taken and its work is done may take 10 s: seed 6106 takes 128.3 s in all.
    private static readonly TimeSpan SweptAtTheLatest = TimeSpan.FromSeconds(2 * (60 + 10));
    private static readonly string[] TablesWithOutbox = ["paysgpayments", "paysgpaymentlinks", "paysgwebhooks"];
    private readonly List<string> faults = [];

    private StorageModel Storage => network.Storage;

    /// <summary>How much there was to do: calls, notices, events, deliveries and attempts of theirs, mails and attempts of theirs.</summary>
    public int PiecesOfWork { get; private set; }

    private int CountPieces()
    {
        var deliveries = Of(Storage.Rows("paysgdeliveries"), "v:").ToList();
        var mails = Of(Storage.Rows("paysgpayments"), "m:").ToList();
        return client.Calls.Sum(call => call.Sent) + network.Events.Count
            + deliveries.Count + mails.Count + (int)deliveries.Concat(mails).Sum(row => row.Number("attempt_count"));
    }

    public IReadOnlyList<string> Check()
    {
        PiecesOfWork = CountPieces();
        CheckEnd();
        CheckPayments();
        CheckLinks();
        CheckCalls();
        CheckEndpoints();
        CheckDeliveries();
        CheckMails();
        CheckRecoveries();
        CheckWork();
        return faults;
    }

    /// <summary>What must be true when everything is more than a year old and the housekeeping has been here.</summary>
    public IReadOnlyList<string> CheckAfterAYear(int payments)
    {
        foreach (var table in Tables)
        {
            foreach (var row in Storage.Rows(table).Where(row => row.RowKey.StartsWith("k:", StringComparison.Ordinal) || row.RowKey.StartsWith("x:", StringComparison.Ordinal)))
                Expect(false, $"{table}: a key is remembered for ever: {row.RowKey}");
            foreach (var row in Storage.Rows(table).Where(row => row.RowKey[..2] is "e:" or "v:" or "d:" or "h:" or "a:" or "g:"))
                Expect(false, $"{table}: {row.RowKey} is kept for ever.");
        }

        var left = Of(Storage.Rows("paysgpayments", setup.ServiceId), "p:").Count();
        Expect(left == payments, $"{payments} payments, and {left} are left after a year.");
        return faults;
    }

    private void Expect(bool isTrue, string otherwise)
    {
        if (!isTrue && faults.Count < 20)
            faults.Add(otherwise);
    }

    private static IEnumerable<SimRow> Of(IEnumerable<SimRow> rows, string prefix) => rows.Where(
        row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private void CheckEnd()
    {
        Expect(client.Open == 0, $"{client.Open} calls were never answered.");
        foreach (var row in TablesWithOutbox.SelectMany(Storage.Rows).Where(row => row.RowKey.StartsWith("o:", StringComparison.Ordinal)))
            Expect(false, $"An outbox row is left: {row.RowKey}");
        foreach (var row in Of(Storage.Rows("paysgdeliveries"), "d:"))
            Expect(false, $"A due row is left: {row.RowKey}");
    }

    private void CheckPayments()
    {
        var rows = Storage.Rows("paysgpayments", setup.ServiceId).ToList();
        var sandbox = Storage.Rows("paysgsandbox").ToLookup(row => row.PartitionKey);
        var payments = Of(rows, "p:").Select(row => row.Json("doc")).ToList();
        var ids = payments.Select(payment => Text(payment, "id")!).Order(StringComparer.Ordinal).ToList();
        Expect(Of(rows, "i:").Select(row => row.RowKey[2..]).Order(StringComparer.Ordinal).SequenceEqual(ids), "The index rows are not those of the payments.");
        CheckCopies(rows, payments);
        var attempts = Of(rows, "a:").Select(row => row.Json("doc")).ToLookup(attempt => Text(attempt, "payment_id")!);
        var records = Of(rows, "r:").Select(row => row.Json("doc")).ToLookup(record => Text(record, "payment_id")!);
        var events = network.Events.Where(each => each.OwnerId == setup.ServiceId).Select(each => JsonSerializer.Deserialize<JsonElement>(each.Body))
            .Where(body => Text(body, "type")!.StartsWith("payment.", StringComparison.Ordinal))
            .ToLookup(body => Text(body.GetProperty("data").GetProperty("object"), "id")!);
        foreach (var twice in attempts.SelectMany(group => group).Select(KeyOf).OfType<string>().GroupBy(key => key).Where(group => group.Count() > 1))
            Expect(false, $"A call with a key has begun {twice.Count()} attempts.");
        foreach (var payment in payments)
        {
            var id = Text(payment, "id")!;
            var status = Text(payment, "status") ?? "Unpaid";
            var payer = Text(payment, "paid_by_attempt_id");
            var own = attempts[id].ToList();
            var memory = sandbox[id].ToList();
            var charged = Of(memory, "charge").Select(row => row.Text("attempt_id")!).ToList();
            var standing = charged.Where(attempt => memory.All(row => row.RowKey != "refund:" + attempt)).ToList();
            Expect(charged.Count <= 1, $"Payment {id} is charged {charged.Count} times.");

            // Before a payment is cancelled its attempts are withdrawn at the gateway, so it is not charged and given back: it is not charged.
            Expect(status != "Cancelled" || charged.Count == 0, $"Payment {id} is cancelled and was charged.");
            Expect(
                standing.SequenceEqual(payer is null ? [] : [payer]),
                $"Payment {id} is {status}, paid by {payer ?? "nobody"}, and the gateway holds money of [{string.Join(' ', standing)}].");
            Expect(status == "Paid" == payer is not null, $"Payment {id} is {status} and paid by {payer ?? "nobody"}.");
            Expect(
                own.Where(attempt => Text(attempt, "status") == "Succeeded").Select(attempt => Text(attempt, "id")).SequenceEqual(payer is null ? [] : [payer]),
                $"Payment {id}: the attempts that succeeded are not the one that pays.");
            foreach (var attempt in own)
            {
                Expect(
                    Text(attempt, "status") is "Succeeded" or "Failed",
                    $"Payment {id}: attempt {Text(attempt, "id")} is {Text(attempt, "status") ?? "not decided"} for ever.");
            }

            Expect(Text(payment, "live_attempt") is null, $"Payment {id} has a live attempt for ever.");
            var amount = payment.GetProperty("details").GetProperty("amount_in_cents").GetInt64();
            var refunds = payment.TryGetProperty("refunds", out var list) ? list.EnumerateArray().ToList() : [];
            var done = refunds.Where(refund => Text(refund, "status") == "Succeeded").ToDictionary(
                refund => Text(refund, "id")!,
                refund => refund.GetProperty("amount_in_cents").GetInt64());
            var went = Of(memory, "refund:re_").ToDictionary(row => row.RowKey["refund:".Length..], row => row.Number("amount"));
            Expect(
                done.Count == went.Count && done.All(refund => went.GetValueOrDefault(refund.Key) == refund.Value),
                $"Payment {id}: its refunds are not the gateway's.");
            Expect(went.Values.Sum() <= (charged.Count == 0 ? 0 : amount), $"Payment {id}: {went.Values.Sum()} went back of {amount}.");
            Expect(refunds.All(refund => Text(refund, "status") is "Succeeded" or "Failed"), $"Payment {id}: a refund is pending for ever.");
            Expect(records[id].Count() == refunds.Count, $"Payment {id}: {records[id].Count()} refund rows, {refunds.Count} refunds.");
            CheckTold(id, status, payment, refunds, events[id].ToList());
        }

        Expect(Of(rows, "a:").All(row => ids.Contains(Text(row.Json("doc"), "payment_id")!)), "An attempt is of no payment.");
        Expect(
            sandbox.Where(memory => Of(memory, "charge").Any()).All(
                memory => ids.Contains(memory.Key) || memory.Key.All(character => character is not ':') && IsLinkAttempt(memory.Key)),
            "A charge is of no payment and of no attempt on a link.");
    }

    /// <summary>Each payment is found by its reference, by its status and by what was refunded, as it is now, and by nothing else.</summary>
    private void CheckCopies(List<SimRow> rows, List<JsonElement> documents)
    {
        var copies = Of(rows, "f:").Concat(Of(rows, "s:")).ToDictionary(row => row.RowKey, StringComparer.Ordinal);
        foreach (var document in documents)
        {
            var payment = JsonSerializer.Deserialize(document, StoredPaymentJson.Compact.Payment)!;
            foreach (var key in SearchKeys.Of(payment))
            {
                var isThere = copies.Remove(key, out var row);
                Expect(isThere, $"Payment {payment.Id} is {payment.Status} and not found by {key}");
                var copy = row is null ? null : JsonSerializer.Deserialize(row.Json("doc"), StoredPaymentJson.Compact.Payment)!;
                Expect(copy is null || (copy.Id == payment.Id && !payment.ShowsMoreThan(copy)), $"Payment {payment.Id} is found by {key} as it was.");
            }
        }

        foreach (var key in copies.Keys)
            Expect(false, $"A payment is found by {key} and is otherwise.");
    }

    /// <summary>What names the call that an attempt is of; null: it had no key.</summary>
    private static string? KeyOf(JsonElement attempt) => attempt.TryGetProperty("call", out var call) && call.ValueKind == JsonValueKind.Object
        ? Text(call.GetProperty("keyed"), "hash") : null;

    private bool IsLinkAttempt(string reffNo) =>
        Of(Storage.Rows("paysgpaymentlinks", setup.AccountId), "h:").Any(row => Text(row.Json("doc"), "reff_no") == reffNo);

    /// <summary>Each change of a payment is told once, and what clients were told stands.</summary>
    private void CheckTold(string id, string status, JsonElement payment, List<JsonElement> refunds, List<JsonElement> events)
    {
        var sequence = payment.GetProperty("sequence").GetInt32();
        Expect(
            events.Select(body => body.GetProperty("sequence").GetInt32()).Order().SequenceEqual(Enumerable.Range(1, sequence)),
            $"Payment {id}: {sequence} changes, and events [{string.Join(' ', events.Select(body => Text(body, "sequence") + " " + Text(body, "type")))}].");
        int Told(string type) => events.Count(body => Text(body, "type") == type);
        var succeeded = refunds.Count(refund => Text(refund, "status") == "Succeeded");
        Expect(Told("payment.created") == 1, $"Payment {id}: its creation is told {Told("payment.created")} times.");
        Expect(
            Told("payment.succeeded") == (status == "Paid" ? 1 : 0),
            $"Payment {id} is {status}, and its success is told {Told("payment.succeeded")} times.");
        Expect(
            Told("payment.cancelled") == (status == "Cancelled" ? 1 : 0),
            $"Payment {id} is {status}, and its end is told {Told("payment.cancelled")} times.");
        Expect(Told("payment.refunded") == succeeded, $"Payment {id}: {succeeded} refunds, told {Told("payment.refunded")} times.");
        var calls = client.Calls.Where(call => call.Target == id).ToList();
        var asked = calls.Where(call => call.Function == "RefundPayment").ToList();
        var (least, most) = (asked.Count(call => call.IsDone), asked.Count(call => call.MayBeDone));
        Expect(succeeded >= least && succeeded <= most, $"Payment {id}: {succeeded} refunds; clients know of {least}, and asked for {most}.");
        Expect(
            !calls.Any(call => call.Function == "CancelPayment" && call.IsDone) || status == "Cancelled",
            $"Payment {id} is {status}, and somebody was told that it is cancelled.");
        foreach (var call in calls.Where(call => call.Function == "SimulatePayment"))
        {
            foreach (var answer in call.Decisions.Where(answer => answer.Status == 200))
                Expect(Text(answer.Json, "payment_status") != "paid" || status == "Paid", $"Payment {id} is {status}, and a payer was told that it is paid.");
        }

        foreach (var call in calls.Where(call => call.Function == "SubmitPaymentPage"))
        {
            Expect(
                status == "Paid" || !call.Decisions.Any(answer => answer.Headers.TryGetValue("location", out var to) && to.Contains("step=done", StringComparison.Ordinal)),
                $"Payment {id} is {status}, and a payer was led to its receipt.");
        }

        Expect(
            status != "Cancelled" || calls.Any(call => call.Function == "CancelPayment" && call.MayBeDone),
            $"Payment {id} is cancelled, and nobody asked for it.");
    }

    private void CheckLinks()
    {
        var rows = Storage.Rows("paysgpaymentlinks", setup.AccountId).ToList();
        var links = Of(rows, "l:").Select(row => row.Json("doc")).ToList();
        var attempts = Of(rows, "h:").Select(row => row.Json("doc")).ToList();
        var sandbox = Storage.Rows("paysgsandbox").ToLookup(row => row.PartitionKey);
        var events = network.Events.Where(each => each.OwnerId == setup.AccountId).Select(
            each => JsonSerializer.Deserialize<JsonElement>(each.Body).GetProperty("data"))
            .ToLookup(data => LinkOf(data).GetProperty("id").GetRawText());
        Expect(
            Of(rows, "r:").Where(row => row.Text("deleted_at") is null).Select(row => row.RowKey[2..]).Order(StringComparer.Ordinal).SequenceEqual(
                links.Select(link => Text(link, "reff_no")!).Order(StringComparer.Ordinal)),
            "The names of links are not those of the links.");
        Expect(!Of(rows, "q:").Any(), "A place of an attempt is taken for ever.");
        foreach (var link in links)
        {
            var id = link.GetProperty("id").GetRawText();
            var own = attempts.Where(attempt => attempt.GetProperty("payment_link_id").GetRawText() == id).ToList();
            var paid = own.Where(attempt => Text(attempt, "status") == "Succeeded").ToList();
            var (cap, used) = (link.GetProperty("max_usage").GetInt32(), link.TryGetProperty("current_usage", out var usage) ? usage.GetInt32() : 0);
            Expect(used == paid.Count, $"Link {id} counts {used} uses, and {paid.Count} attempts paid.");
            Expect(cap == 0 || used <= cap, $"Link {id} is used {used} times of {cap}.");
            var told = events[id].ToList();
            Expect(
                told.Select(data => Text(data.GetProperty("transaction"), "reff_no")!).Order(StringComparer.Ordinal).SequenceEqual(
                    paid.Select(attempt => Text(attempt, "reff_no")!).Order(StringComparer.Ordinal)),
                $"Link {id}: {paid.Count} payments, events of [{string.Join(' ', told.Select(data => Text(data.GetProperty("transaction"), "reff_no")))}].");
            Expect(
                told.Select(data => LinkOf(data).GetProperty("current_usage").GetInt32()).Order().SequenceEqual(Enumerable.Range(1, paid.Count)),
                $"Link {id}: each use is not told once.");
        }

        foreach (var named in attempts.GroupBy(attempt => Text(attempt, "payment_link_reff_no")!))
        {
            // A form has a key in itself: sent twice it pays once. It names the link by its name, which another may have by then.
            var most = client.Calls.Where(call => call.Function is "SimulateLinkAttempt" or "SubmitLinkPage" && call.Route.Contains(("reffNo", named.Key)))
                .Sum(call => call.Key is not null || call.Function == "SubmitLinkPage" ? 1 : call.Sent);
            Expect(named.Count() <= most, $"Link {named.Key} has {named.Count()} attempts, and payers sent {most} forms and calls.");
        }

        foreach (var twice in attempts.Select(KeyOf).OfType<string>().GroupBy(key => key).Where(group => group.Count() > 1))
            Expect(false, $"A form, or a call with a key, has begun {twice.Count()} attempts on a link.");
        foreach (var attempt in attempts)
        {
            var reffNo = Text(attempt, "reff_no")!;
            var memory = sandbox[reffNo].ToList();
            var isCharged = memory.Any(row => row.RowKey == "charge");
            var isBack = Of(memory, "refund:").Any();
            var state = Text(attempt, "status");
            Expect(state is "Succeeded" or "Failed", $"Attempt {reffNo} on a link is {state ?? "not decided"} for ever.");
            Expect((state == "Succeeded") == (isCharged && !isBack), $"Attempt {reffNo} on a link is {state}; charged: {isCharged}, given back: {isBack}.");
            Expect(
                !isBack || Of(memory, "refund:").Sum(row => row.Number("amount")) == attempt.GetProperty("amount").GetInt64(),
                $"Attempt {reffNo}: not all of it went back.");
        }
    }

    private static JsonElement LinkOf(JsonElement data) => data.GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link");

    /// <summary>Each idempotency key has one effect and one answer, and what was made is there.</summary>
    private void CheckCalls()
    {
        foreach (
            var call in client.Calls.Where(
                call => call.Key is not null && call.Function is not ("CreatePaymentLink" or "UpdatePaymentLink" or "DeletePaymentLink")))
        {
            // A refusal by what the request says or by what is there is no effect, and is not kept.
            var different = call.Decisions.Where(answer => answer.Status is < 300 or 402).Select(
                answer => (
                    answer.Status,
                    call.Function == "CreateWebhookEndpoint" && answer.Status < 300 ? Text(answer.Json, "id")! : answer.Text)).Distinct().ToList();
            Expect(different.Count <= 1, $"{call.Function} with {call.Key} was answered {string.Join(" and ", different)}.");
        }

        var creates = client.Calls.Where(call => call.Function == "CreatePayment").ToList();
        var known = creates.SelectMany(call => call.Decisions).Where(answer => answer.Status < 300).Select(answer => Text(answer.Json, "id")!)
            .ToHashSet(StringComparer.Ordinal);
        var there = Of(Storage.Rows("paysgpayments", setup.ServiceId), "p:").Select(row => Text(row.Json("doc"), "id")!).ToList();
        Expect(known.All(there.Contains), "A payment is gone that a client was told of.");
        var made = creates.Sum(call => call.Key is null ? call.Sent : call.MayBeDone ? 1 : 0);
        Expect(there.Count <= made, $"{there.Count} payments, and only {made} can have been made.");
        foreach (var create in creates)
        {
            var reference = JsonSerializer.Deserialize<JsonElement>(create.Body).GetProperty("reference_id").GetString();
            var of = Of(Storage.Rows("paysgpayments", setup.ServiceId), "p:").Count(
                row => Text(row.Json("doc").GetProperty("details"), "reference_id") == reference);
            Expect(of <= (create.Key is null ? create.Sent : 1), $"{reference} was made {of} times.");
        }

        var deletes = client.Calls.Where(call => call.Function == "DeletePaymentLink").ToList();
        var links = Of(Storage.Rows("paysgpaymentlinks", setup.AccountId), "l:").Select(row => row.Json("doc").GetProperty("id").GetRawText())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var call in client.Calls.Where(call => call.Function == "CreatePaymentLink"))
        {
            foreach (
                var id in call.Decisions.Where(answer => answer.Status < 300).Select(answer => answer.Json.GetProperty("data").GetProperty("id").GetRawText()))
                Expect(links.Contains(id) || deletes.Any(delete => delete.Target == id), $"Link {id} is gone, and nobody deleted it.");
        }

        foreach (var delete in deletes.Where(delete => delete.IsDone))
            Expect(!links.Contains(delete.Target!), $"Link {delete.Target} is there, and a client was told that it is deleted.");

        // Whoever has deleted all that came of a create, however often it was sent, does not find another.
        var named = Of(Storage.Rows("paysgpaymentlinks", setup.AccountId), "l:").Select(row => Text(row.Json("doc"), "reff_no")!).ToHashSet(StringComparer.Ordinal);
        foreach (var create in client.Calls.Where(call => call.Function == "CreatePaymentLink").GroupBy(call => Text(JsonSerializer.Deserialize<JsonElement>(call.Body), "reff_no")!))
        {
            var isOver = create.All(call => call.Answers.Count > 0 && call.Answers[^1].Answer.Status is >= 200 and < 300 && deletes.Any(
                delete => delete.IsDone && call.Answers[^1].Answer.Json.GetProperty("data").GetProperty("id").GetRawText() == delete.Target));
            Expect(!isOver || !named.Contains(create.Key), $"A link {create.Key} is there, and all of this name were deleted.");
        }
    }

    private void CheckEndpoints()
    {
        var rows = Storage.Rows("paysgwebhooks", setup.ServiceId).ToList();
        var there = Of(rows, "w:").Select(row => row.Text("id")!).ToHashSet(StringComparer.Ordinal);
        var count = rows.FirstOrDefault(row => row.RowKey == "n:endpoints");
        Expect((count is null ? 0 : count.Number("count")) == there.Count, $"{there.Count} endpoints are counted as {count?.Text("count") ?? "none"}.");
        var deletes = client.Calls.Where(call => call.Function == "DeleteWebhookEndpoint").ToList();
        foreach (
            var id in client.Calls.Where(call => call.Function == "CreateWebhookEndpoint").SelectMany(call => call.Decisions)
                .Where(answer => answer.Status < 300).Select(answer => Text(answer.Json, "id")!))
            Expect(there.Contains(id) || deletes.Any(delete => delete.Target == id), $"Endpoint {id} is gone, and nobody deleted it.");
        foreach (var delete in deletes.Where(delete => delete.IsDone))
            Expect(!there.Contains(delete.Target!), $"Endpoint {delete.Target} is there, and a client was told that it is deleted.");
    }

    private void CheckDeliveries()
    {
        var bodies = network.Events.ToDictionary(each => Convert.ToBase64String(each.Body), StringComparer.Ordinal);
        foreach (var receipt in network.Receipts)
        {
            // The event of a disabled endpoint is committed with its endpoint first, so it is known by its bytes like all others.
            var isKnown = bodies.TryGetValue(Convert.ToBase64String(receipt.Body), out var of);
            Expect(isKnown, $"{receipt.Url} got bytes that are no event's.");
            Expect(!isKnown || receipt.EventId is null || receipt.EventId == of!.Id, $"{receipt.Url} got {of?.Id} as {receipt.EventId}.");
        }

        var deliveries = Of(Storage.Rows("paysgdeliveries"), "v:").ToLookup(row => row.PartitionKey);
        foreach (var delivery in deliveries.SelectMany(group => group))
            Expect(delivery.Text("state") != "Pending", $"A delivery of {delivery.Text("event_id")} is pending for ever.");

        var account = Of(Storage.Rows("paysgwebhooks", setup.AccountId), "w:").Single();
        CheckEndpoint(setup.AccountId, account.Text("id")!, setup.AccountUrl, DateTimeOffset.MinValue, deliveries);
        foreach (var create in client.Calls.Where(call => call.Function == "CreateWebhookEndpoint"))
        {
            if (
                create.Answers.Where(each => each.Answer.Status == 201).Select(each => (each.Answer, each.At))
                    .FirstOrDefault() is not { Answer: { } answer } first)
                continue;
            var id = Text(answer.Json, "id")!;
            var touched = client.Calls.Where(
                call => call.Target == id && call.Function is "DeleteWebhookEndpoint" or "UpdateWebhookEndpoint" && call.Target == id).ToList();
            if (touched.Count == 0)
                CheckEndpoint(setup.ServiceId, id, Text(answer.Json, "webhook_url")!, first.At, deliveries);
        }
    }

    /// <summary>An endpoint that nobody touched gets each event that came after it.</summary>
    private void CheckEndpoint(string owner, string id, string url, DateTimeOffset since, ILookup<string, SimRow> deliveries)
    {
        var isDeaf = network.Deaf.Contains(url);
        foreach (var each in network.Events.Where(each => each.OwnerId == owner && each.At > since && each.Type != "webhook_endpoint.disabled"))
        {
            var delivery = deliveries[id].FirstOrDefault(row => row.Text("event_id") == each.Id);
            var taken = network.Receipts.Count(receipt => receipt.Url == url && receipt.WasTaken && receipt.Body.AsSpan().SequenceEqual(each.Body));
            var state = delivery?.Text("state");
            if (isDeaf)
                Expect(state is "Failed" or "Skipped", $"Event {each.Id} {each.Type} is {state ?? "lost"} for a deaf receiver.");
            else
                Expect(state == "Delivered" && taken > 0, $"Event {each.Id} {each.Type} is {state ?? "lost"} for {url}, which took it {taken} times.");
            // The message alone brings it, without the sweeper, which comes 30 s later at the earliest. Another process may not have heard of a new endpoint.
            var limit = each.At - since > Remembered ? Prompt : SweptAtTheLatest;
            Expect(
                !weather.IsFair || isDeaf || network.Receipts.Any(
                    receipt => receipt.Url == url && receipt.Body.AsSpan().SequenceEqual(each.Body) && receipt.At - each.At < limit),
                $"Event {each.Id} was not sent to {url} within {limit.TotalSeconds} s in fair weather.");
            Expect(
                !weather.IsFair || taken <= 1 || client.Calls.Any(call => call.Function is "ResendDelivery" or "StartRecovery" && call.Target == id),
                $"Event {each.Id} came {taken} times in fair weather.");
        }
    }

    /// <summary>Each mail was sent, failed visibly or has nothing to say any more; each paid payment has one receipt.</summary>
    private void CheckMails()
    {
        var rows = Storage.Rows("paysgpayments", setup.ServiceId).ToList();
        var payments = Of(rows, "p:").Select(row => row.Json("doc")).ToDictionary(payment => Text(payment, "id")!);
        var mails = Of(rows, "m:").ToLookup(row => row.RowKey.Split(':')[1]);
        var handed = network.Mails.ToLookup(mail => mail.MessageId[1..mail.MessageId.IndexOf('@', StringComparison.Ordinal)]);
        var ids = mails.SelectMany(group => group).Select(row => row.RowKey.Split(':')[2]).ToHashSet(StringComparer.Ordinal);
        Expect(handed.All(mail => ids.Contains(mail.Key)), "The relay was handed a mail that nobody wrote down.");
        Expect(network.Mails.All(mail => mail.To == "tan@example.com"), "A mail went to somebody else.");
        foreach (var (id, payment) in payments)
        {
            var own = mails[id].ToList();
            var status = Text(payment, "status") ?? "Unpaid";
            var receipts = own.Count(row => row.Text("kind") == "Receipt");
            var wanted = status == "Paid" && Text(payment.GetProperty("details"), "payer_email") is not null ? 1 : 0;
            Expect(receipts == wanted, $"Payment {id} is {status} and has {receipts} receipts.");
            var notes = own.Where(row => row.Text("kind") == "Refund").Select(row => row.Text("refund_id")).ToList();
            Expect(notes.Distinct(StringComparer.Ordinal).Count() == notes.Count, $"Payment {id}: a refund was told twice: {string.Join(", ", notes)}.");
            var refunded = network.Events.Count(
                each => each.Type == "payment.refunded" && Text(JsonSerializer.Deserialize<JsonElement>(each.Body).GetProperty("data").GetProperty("object"), "id") == id);
            Expect(notes.Count == (wanted == 1 ? refunded : 0), $"Payment {id}: {refunded} refunds succeeded, and {notes.Count} were told by mail.");
            var links = own.Where(row => row.Text("kind") == "Link").ToList();
            var asked = client.Calls.Where(call => call.Target == id && call.Function == "SendPaymentEmail").ToList();
            var (least, most) = (asked.Count(call => call.IsDone), asked.Count(call => call.MayBeDone));
            Expect(links.Count >= least && links.Count <= most, $"Payment {id}: {links.Count} mails; clients know of {least}, and asked for {most}.");
            var told = network.Events.Count(
                each => each.Type == "payment.email_sent" && Text(JsonSerializer.Deserialize<JsonElement>(each.Body).GetProperty("data").GetProperty("object"), "id") == id);
            var sent = links.Count(row => row.Text("state") == "Sent");
            Expect(told == sent, $"Payment {id}: {sent} mails were sent, told {told} times.");
            foreach (var row in own)
            {
                var mail = row.RowKey.Split(':')[2];
                var (state, taken, refused) = (row.Text("state"), handed[mail].Count(each => each.WasTaken), handed[mail].Any(each => each.WasRefused));
                Expect(state is "Sent" or "Failed" or "Superseded", $"{mail} is {state} for ever.");
                Expect(state != "Sent" || taken > 0, $"{mail} is sent, and no relay took it.");
                Expect(state != "Failed" || refused || row.Number("attempt_count") == RetrySchedule.Delays.Count, $"{mail} failed for no reason.");
                Expect(state != "Superseded" || (row.Text("kind") == "Link" && status != "Unpaid"), $"{mail} is superseded, and the payment is {status}.");
                Expect(!weather.IsFair || handed[mail].Count() == (state == "Superseded" ? 0 : 1), $"{mail} was sent {handed[mail].Count()} times in fair weather.");
            }
        }
    }

    /// <summary>A recovery that is completed has started each delivery again that was there and not delivered.</summary>
    private void CheckRecoveries()
    {
        var rows = Storage.Rows("paysgwebhooks", setup.ServiceId).ToList();
        Expect(!Of(rows, "z:").Any(), "A recovery runs for ever.");
        var deliveries = Of(Storage.Rows("paysgdeliveries"), "v:").ToLookup(row => row.PartitionKey);
        foreach (var row in Of(rows, "y:"))
        {
            var recovery = RowOf(row);
            Expect(recovery.Status != "Running", $"Recovery {recovery.Id} is running for ever.");
            if (recovery.Status != "Completed")
                continue;
            foreach (var delivery in deliveries[recovery.EndpointId].Where(each => each.InsertedAt < row.InsertedAt && each.Text("state") != "Delivered"))
            {
                var happened = SortableUuid.TimeOf(delivery.Text("event_id")!["evt_".Length..]);
                Expect(
                    happened > recovery.Until || delivery.Text("recovery") is { Length: > 0 },
                    $"Recovery {recovery.Id} has passed over {delivery.Text("event_id")}, which is {delivery.Text("state")}.");
            }
        }
    }

    private static (string Id, string EndpointId, string Status, DateTimeOffset Until) RowOf(SimRow row) =>
        (row.Text("id")!, row.Text("endpoint_id")!, row.Text("status")!, DateTimeOffset.Parse(row.Text("until")!, CultureInfo.InvariantCulture));

    /// <summary>Work has a bound, also after an hour in which nothing was done.</summary>
    private void CheckWork()
    {
        var pieces = PiecesOfWork;
        Expect(host.Messages <= MessagesPerPiece * pieces, $"{host.Messages} messages for {pieces} pieces of work.");
        Expect(
            network.Requests <= RequestsPerPiece * (pieces + host.Sweeps),
            string.Create(CultureInfo.InvariantCulture, $"{network.Requests} requests for {pieces} pieces of work."));
    }
}
