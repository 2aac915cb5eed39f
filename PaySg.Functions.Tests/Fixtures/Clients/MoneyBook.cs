using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Outbox;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Everything that storage and the gateway hold at the end, and what must be true of it whatever came before.</summary>
public sealed class MoneyBook
{
    private readonly ILookup<string, TableEntity> gateway;
    private readonly ILookup<string, ChargeAttempt> attempts;
    private readonly ILookup<string, JsonElement> events;
    private readonly List<Payment> payments;
    private readonly List<OutboxRow> outbox;
    private readonly ILookup<string, RefundRecord> refunds;

    private MoneyBook(IReadOnlyList<TableEntity> rows, IReadOnlyList<TableEntity> gatewayRows)
    {
        IEnumerable<TableEntity> Of(string prefix) => rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));
        gateway = gatewayRows.ToLookup(row => row.PartitionKey);
        payments = [.. Of("p:").Select(PaymentRows.Read)];
        attempts = Of("a:").Select(ChargeAttemptRows.Read).ToLookup(attempt => attempt.PaymentId);
        refunds = Of("r:").Select(RefundRows.Read).ToLookup(refund => refund.PaymentId);
        outbox = [.. Of("o:").Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!)];
        var told = Of("e:").Select(EventRows.Read).ToList();
        Assert.Equal(told.Count, told.Select(each => each.Id).Distinct().Count());
        events = told.Select(each => JsonSerializer.Deserialize<JsonElement>(each.Body.Span))
            .ToLookup(body => body.GetProperty("data").GetProperty("object").GetProperty("id").GetString()!);
    }

    public int Payments => payments.Count;

    public int Paid => payments.Count(payment => payment.Status == PaymentStatus.Paid);

    public int Cancelled => payments.Count(payment => payment.Status == PaymentStatus.Cancelled);

    public int RefundsSucceeded => payments.Sum(payment => payment.Refunds.Count(refund => refund.Status == RefundStatus.Succeeded));

    public int RefundsFailed => payments.Sum(payment => payment.Refunds.Count(refund => refund.Status == RefundStatus.Failed));

    public int Attempts => attempts.Sum(each => each.Count());

    public static async Task<MoneyBook> ReadAsync(string connection) => new(
        // The payment that LocalHost's start offers belongs to another payment service.
        [.. (await StoredRows.OfAsync(connection, "paysgpayments", "")).Where(row => row.PartitionKey == ApiClient.ServiceId)],
        await StoredRows.OfAsync(connection, "paysgsandbox", ""));

    /// <summary>The book of a part of the payments: all rows of theirs, and all that the gateway holds of them.</summary>
    public static MoneyBook Of(IReadOnlyList<TableEntity> rows, IReadOnlyList<TableEntity> gatewayRows) => new(rows, gatewayRows);

    /// <summary>Checks the books against each other and against what the client was told.</summary>
    public void Check(IReadOnlyList<RandomCall> calls, ScriptedGateway? script = null)
    {
        Assert.DoesNotContain(outbox, row => row.Kind != OutboxKind.Event);
        foreach (var payment in payments)
        {
            try
            {
                CheckCharges(payment, script);
                CheckRefunds(payment, script);
                CheckEvents(payment);
                CheckClient(payment, [.. calls.Where(call => call.PaymentId == payment.Id)]);
            }
            catch (Exception failure)
            {
                throw new XunitException($"{failure.Message}\n{Describe(payment, calls)}", failure);
            }
        }

        foreach (var call in calls.Where(call => call.Key is not null))
            Assert.Single(call.Decisions.Select(answer => (answer.Status, answer.Body)).Distinct());
        var creates = calls.Where(call => call.Kind == RandomCallKind.Create).ToList();
        var told = creates.SelectMany(call => call.Decisions).Select(answer => answer["id"]!).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(payments.Select(payment => payment.Id).ToHashSet(StringComparer.Ordinal), told);
        Assert.InRange(payments.Count, told.Count, told.Count + creates.Count(call => call.IsUnclear));
    }

    private void CheckCharges(Payment payment, ScriptedGateway? script)
    {
        var own = attempts[payment.Id].ToList();
        var rows = gateway[payment.Id].ToList();
        Assert.Equal(
            rows.Where(row => row.RowKey.StartsWith("end:", StringComparison.Ordinal) && row.GetString("state") == "Succeeded").Select(row => row.RowKey["end:".Length..]),
            rows.Where(row => row.RowKey == "charge").Select(row => row.GetString("attempt_id")));

        // What was charged and did not go back as a whole is the one charge that pays.
        var late = own.Select(attempt => attempt.Id).Where(id => script?.ChargedLate.ContainsKey(id) == true);
        var charged = rows.Where(row => row.RowKey == "charge").Select(row => row.GetString("attempt_id")).Concat(late);
        var standing = charged.Where(id => rows.All(row => row.RowKey != "refund:" + id) && script?.RefundedLate.ContainsKey(id) != true).ToList();
        Assert.Equal(payment.PaidByAttemptId is { } payer ? [payer] : [], standing);
        Assert.Equal(payment.Status == PaymentStatus.Paid, payment.PaidByAttemptId is not null);
        Assert.Equal(payment.PaidByAttemptId, own.SingleOrDefault(attempt => attempt.Status == ChargeAttemptStatus.Succeeded)?.Id);
        Assert.All(own.Where(attempt => charged.Contains(attempt.Id) && attempt.Id != payment.PaidByAttemptId), attempt =>
            Assert.Equal((ChargeAttemptStatus.Failed, ChargeAttempt.RefundedLate), (attempt.Status, attempt.FailureReason)));

        // Nothing hangs in the air but a charge that the gateway itself decides later.
        var open = own.Where(attempt => !attempt.IsFinal).ToList();
        Assert.All(open, attempt => Assert.Equal((ChargeAttemptStatus.Pending, payment.LiveAttemptId), (attempt.Status, attempt.Id)));
        Assert.Equal(payment.LiveAttemptId, open.SingleOrDefault()?.Id);
        Assert.True(payment.LiveAttemptId is null || payment.Status == PaymentStatus.Unpaid);
    }

    private void CheckRefunds(Payment payment, ScriptedGateway? script)
    {
        var rows = gateway[payment.Id].Where(row => row.RowKey.StartsWith("refund:re_", StringComparison.Ordinal))
            .Select(row => (Id: row.RowKey["refund:".Length..], Amount: row.GetInt64("amount")!.Value));
        var late = (script?.RefundedLate ?? []).Where(refund => refund.Value.AttemptId == payment.PaidByAttemptId)
            .Select(refund => (Id: refund.Key, Amount: refund.Value.AmountInCents));
        var succeeded = payment.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded)
            .Select(refund => (refund.Id, Amount: refund.AmountInCents)).OrderBy(row => row.Id, StringComparer.Ordinal).ToList();
        Assert.Equal(rows.Concat(late).OrderBy(row => row.Id, StringComparer.Ordinal), succeeded);
        Assert.InRange(succeeded.Sum(refund => refund.Amount), 0, payment.Status == PaymentStatus.Paid ? payment.Details.AmountInCents : 0);
        Assert.Null(payment.PendingRefund);
        Assert.Equal(payment.Refunds.Select(refund => refund.Id).Order(StringComparer.Ordinal), refunds[payment.Id].Select(refund => refund.RefundId).Order(StringComparer.Ordinal));
    }

    private void CheckEvents(Payment payment)
    {
        var told = events[payment.Id].OrderBy(body => body.GetProperty("sequence").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(1, payment.Sequence), told.Select(body => body.GetProperty("sequence").GetInt32()));
        var expected = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            [EventTypes.PaymentCreated] = 1,
            [EventTypes.PaymentSucceeded] = payment.Status == PaymentStatus.Paid ? 1 : 0,
            [EventTypes.PaymentCancelled] = payment.Status == PaymentStatus.Cancelled ? 1 : 0,
            [EventTypes.PaymentRefunded] = payment.Refunds.Count(refund => refund.Status == RefundStatus.Succeeded),
            [EventTypes.PaymentRefundFailed] = payment.Refunds.Count(refund => refund.Status == RefundStatus.Failed),
        };
        Assert.All(expected, type => Assert.Equal(type.Value, told.Count(body => body.GetProperty("type").GetString() == type.Key)));
        Assert.Equal(EventTypes.PaymentCreated, told[0].GetProperty("type").GetString());
    }

    /// <summary>Nothing was done that the client did not ask for, nothing twice, and what it was told was done.</summary>
    private static void CheckClient(Payment payment, IReadOnlyList<RandomCall> calls)
    {
        var asked = calls.Where(call => call.Kind == RandomCallKind.Refund).ToList();
        var done = payment.Refunds.Count(refund => refund.Status == RefundStatus.Succeeded);
        Assert.InRange(done, asked.Count(call => call.IsDone), asked.Count(call => call.IsDone || call.IsUnclear));
        if (calls.Any(call => call.Kind == RandomCallKind.Cancel && call.IsDone))
            Assert.Equal(PaymentStatus.Cancelled, payment.Status);

        // Who was declined is shown the payment as it is, which another may have paid by then.
        var told = calls.Where(call => call.Kind == RandomCallKind.Pay && !call.Body.Contains("declined", StringComparison.Ordinal)).SelectMany(call => call.Decisions)
            .Count(answer => (int)answer.Status == 200 && answer["payment_status"] == "paid");
        Assert.InRange(told, 0, payment.Status == PaymentStatus.Paid ? 1 : 0);
    }

    private string Describe(Payment payment, IReadOnlyList<RandomCall> calls) =>
        $"""
        payment {payment.Id}: {payment.Status}, sequence {payment.Sequence}, paid by {payment.PaidByAttemptId}, live {payment.LiveAttemptId}
        refunds: {string.Join(", ", payment.Refunds.Select(refund => $"{refund.Id} {refund.AmountInCents} {refund.Status}"))}
        attempts: {string.Join(", ", attempts[payment.Id].Select(attempt => $"{attempt.Id} {attempt.Status} {attempt.FailureReason}"))}
        gateway: {string.Join(", ", gateway[payment.Id].Select(row => $"{row.RowKey} {row.GetString("state")}{row.GetString("attempt_id")}"))}
        events: {string.Join(", ", events[payment.Id].Select(body => $"{body.GetProperty("sequence")} {body.GetProperty("type")}"))}
        {string.Join("\n", calls.Where(call => call.PaymentId == payment.Id).Select(call => $"{call.Kind} {call.Body} {call.Key}: {string.Join(", ", call.Answers.Select(Short))}"))}
        """;

    private static string Short(Answer answer) => (int)answer.Status < 300 ? $"{(int)answer.Status}" : $"{(int)answer.Status} {answer.ErrorCode}";
}
