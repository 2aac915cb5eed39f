using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using static PaySg.Functions.Tests.Fixtures.ScriptedStorage;

namespace PaySg.Functions.Tests.Platform.Storage;

/// <summary>The product's own clients, over a transport that answers as a test says.</summary>
public sealed class StorageAnswersTests
{
    private const string Page = "<!DOCTYPE html><html><body>Sign in</body></html>";
    private const string Connection = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;";

    private static readonly Dictionary<string, Func<PaySgParts, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["read"] = parts => parts.Tables.Payments.GetEntityIfExistsAsync<TableEntity>("p", "r"),
        ["query"] = parts => parts.Tables.Payments.FirstAsync(RowKeys.Prefix("p", "r:"), 10, CancellationToken.None),
        ["write"] = parts => parts.Tables.Payments.SubmitAsync(new EntityGroup("w").Insert(new TableEntity("p", "r")), CancellationToken.None),
        ["put"] = parts => parts.Tables.Payments.PutAsync(new TableEntity("p", "r"), CancellationToken.None),
        ["delete"] = parts => parts.Tables.Payments.DeleteEntityAsync("p", "r", ETag.All),
        ["send"] = parts => parts.Get<PaySgQueues>().Outbox.SendMessageAsync("x"),
        ["look"] = parts => parts.Get<PaySgQueues>().Outbox.GetPropertiesAsync(),
    };

    public static TheoryData<string, int, string, string?> ForeignAnswers
    {
        get
        {
            var data = new TheoryData<string, int, string, string?>();
            foreach (var call in Calls.Keys)
            {
                data.Add(call, 200, Page, "text/html");
                data.Add(call, 302, "", null);
                if (call != "put" && call != "look" && call != "delete")
                    data.Add(call, 404, Page, "text/html");
            }

            foreach (var call in (string[])["read", "query"])
            {
                data.Add(call, 200, "", null);
                data.Add(call, 200, """{"value":[{"PartitionKey":"p","Row""", "application/json");
                data.Add(call, 200, "[1]", "application/json");
                data.Add(call, 404, "", null);
            }

            data.Add("delete", 404, Page, "text/html");
            data.Add("write", 202, "", null);
            data.Add("write", 202, Page, "text/html");
            data.Add("write", 202, "--batchresponse_1\r\nContent-Type: multipart/mixed; bound", "multipart/mixed; boundary=batchresponse_1");
            data.Add("write", 202, "--batchresponse_1--\r\n", "multipart/mixed; boundary=batchresponse_1");
            data.Add("send", 201, "", null);
            data.Add("send", 201, Page, "text/html");
            data.Add("send", 201, "<?xml version=\"1.0\"?><QueueMessagesList><QueueMessage>", "application/xml");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    public async Task What_is_not_an_answer_of_storage_is_an_outage_and_no_fault_of_ours(string call, int status, string body, string? type)
    {
        await using var parts = Parts(_ => Answer(status, body, type));

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Calls[call](parts));

        Assert.True(StorageFaults.IsOutage(fault) && StorageFaults.IsOfStorage(fault) && !StorageFaults.IsRefusal(fault), fault.ToString());
    }

    [Theory]
    [InlineData("read", 200, "answered 200 with what is not an answer of Azure Storage. Look for a proxy or a firewall on the way, and at the address in AzureWebJobsStorage.")]
    [InlineData("write", 202, "answered 202 with what is not an answer of Azure Storage.")]
    [InlineData("send", 201, "answered 201 with what is not an answer of Azure Storage.")]
    public async Task The_advice_says_so(string call, int status, string advice)
    {
        await using var parts = Parts(_ => Answer(status, Page, "text/html"));

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Calls[call](parts));

        Assert.StartsWith(advice, parts.Get<StorageAdvice>().For(fault), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_is_not_a_missing_row()
    {
        await using var parts = Parts(_ => Answer(404, """{"odata.error":{"code":"TableNotFound","message":{"lang":"en-US","value":"None."}}}""", "application/json"));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => Calls["read"](parts));

        Assert.Equal((404, "TableNotFound"), (fault.Status, fault.ErrorCode));
        Assert.True(StorageFaults.IsRefusal(fault));
    }

    [Fact]
    public async Task Nor_is_it_a_conflict_of_a_transaction()
    {
        await using var parts = Parts(_ => TransactionAnswer(Refusal(404, "TableNotFound")));

        Assert.True(StorageFaults.IsRefusal(await Assert.ThrowsAsync<TableTransactionFailedException>(() => Calls["write"](parts))));
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(429, "TooManyRequests")]
    public async Task A_fault_within_a_transaction_that_is_answered_202_is_an_outage(int status, string code)
    {
        await using var parts = Parts(_ => TransactionAnswer(Refusal(status, code)));

        var fault = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Calls["write"](parts));

        Assert.True(StorageFaults.IsOutage(fault) && !StorageFaults.IsRefusal(fault));
        Assert.StartsWith($"is over its limits or has a fault ({status} {code}).", parts.Get<StorageAdvice>().For(fault), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_with_fewer_parts_than_rows_is_an_outage()
    {
        await using var parts = Parts(_ => TransactionAnswer("HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n"));
        var group = new EntityGroup("w").Insert(new TableEntity("p", "a")).Insert(new TableEntity("p", "b"));

        await Assert.ThrowsAsync<ForeignAnswerException>(() => parts.Tables.Payments.SubmitAsync(group, CancellationToken.None));
    }

    [Theory]
    [InlineData("HTTP/1.1 20")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("<html>")]
    public async Task An_answer_with_a_part_that_is_none_is_an_outage(string part)
    {
        await using var parts = Parts(_ => TransactionAnswer(part));

        Assert.True(StorageFaults.IsOutage(await Assert.ThrowsAnyAsync<Exception>(() => Calls["write"](parts))));
    }

    [Theory]
    [InlineData("read", 403, "")]
    [InlineData("write", 403, Page)]
    [InlineData("query", 407, Page)]
    [InlineData("send", 407, "")]
    public async Task A_refusal_without_a_code_is_a_refusal_with_or_without_a_page(string call, int status, string body)
    {
        await using var parts = Parts(_ => Answer(status, body, body.Length > 0 ? "text/html" : null));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => Calls[call](parts));

        Assert.True(StorageFaults.IsRefusal(fault) && !StorageFaults.IsOutage(fault));
        Assert.DoesNotContain("role", parts.Get<StorageAdvice>().For(fault), StringComparison.Ordinal);
    }

    private static PaySgParts Parts(Func<HttpRequestMessage, HttpResponseMessage> script) =>
        PaySgParts.Build(Connection, services => services.Replace(ServiceDescriptor.Singleton<HttpPipelineTransport>(new ScriptedStorage(script).Transport)));
}
