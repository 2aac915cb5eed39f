using System.Diagnostics.Tracing;
using System.Net;
using Azure;
using Azure.Core.Diagnostics;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class PipelineTests
{
    [Fact]
    public async Task A_failed_try_is_repeated_with_the_same_body_and_a_fresh_signature()
    {
        var tries = 0;
        using var handler = new ScriptedHandler(_ => tries++ == 0 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : null);
        var table = await NewTableAsync(handler, TimeSpan.FromSeconds(1.4));

        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "x" });

        Assert.Equal(2, handler.Requests.Count);
        Assert.Equal(handler.Requests[0].Body, handler.Requests[1].Body);
        // Dates have whole seconds: the pause between the tries, 1.4 s give or take a fifth, makes them differ.
        Assert.NotEqual(handler.Requests[0].Date, handler.Requests[1].Date);
        Assert.NotEqual(handler.Requests[0].Authorization, handler.Requests[1].Authorization);
        Assert.Equal("x", (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("A"));
    }

    [Fact]
    public async Task A_transaction_is_one_request_and_is_repeated_whole()
    {
        var tries = 0;
        using var handler = new ScriptedHandler(_ => tries++ == 0 ? throw new HttpRequestException("connection lost") : null);
        var table = await NewTableAsync(handler, TimeSpan.FromMilliseconds(1));

        var answer = await table.SubmitTransactionAsync(Enumerable.Range(0, 50).Select(
            i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:00}"))));

        Assert.Equal(50, answer.Value.Count);
        Assert.Equal(2, handler.Requests.Count);
        Assert.All(handler.Requests, request => Assert.EndsWith("/$batch", request.Address, StringComparison.Ordinal));
        Assert.Equal(handler.Requests[0].Body, handler.Requests[1].Body);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated()
    {
        using var handler = new ScriptedHandler(_ => null);
        var table = await NewTableAsync(handler, TimeSpan.FromMilliseconds(1));
        await table.AddEntityAsync(new TableEntity("p", "r"));
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_services_is_reported_by_its_status()
    {
        using var handler = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("<html>") });
        var table = await NewTableAsync(handler, TimeSpan.FromMilliseconds(1));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal((400, null), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Expected_404_and_409_are_not_logged_as_errors_and_others_are()
    {
        var errors = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var listener = new AzureEventSourceListener(
            (log, _) =>
            {
                if (log is { EventName: "ErrorResponse", Payload: [string requestId, ..] })
                    errors.Add(requestId);
            },
            EventLevel.Warning);
        using var handler = new ScriptedHandler(_ => null);
        var table = await NewTableAsync(handler, TimeSpan.FromMilliseconds(1));

        var missing = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        var existing = await table.CreateIfNotExistsAsync();
        var deleted = await table.DeleteEntityAsync("p", "r");
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal((404, 409, 404), (missing.GetRawResponse().Status, existing.GetRawResponse().Status, deleted.Status));
        Assert.Contains(refused.GetRawResponse()!.ClientRequestId, errors);
        Assert.DoesNotContain(missing.GetRawResponse().ClientRequestId, errors);
        Assert.DoesNotContain(existing.GetRawResponse().ClientRequestId, errors);
        Assert.DoesNotContain(deleted.ClientRequestId, errors);
    }

    private static async Task<TableClient> NewTableAsync(ScriptedHandler handler, TimeSpan pause)
    {
        var account = await TestAzurite.NewAccountAsync();
        await new TableServiceClient(account).CreateTableAsync("payments");
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.Delay = pause;
        options.Retry.Mode = Azure.Core.RetryMode.Fixed;
        return new TableClient(account, "payments", options);
    }
}
