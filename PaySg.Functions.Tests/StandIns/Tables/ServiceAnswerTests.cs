using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace PaySg.Functions.Tests.StandIns.Tables;

/// <summary>Answers in the forms that the service itself is documented to give, where the emulator's differ.</summary>
public sealed class ServiceAnswerTests
{
    [Fact]
    public async Task Full_metadata_is_read_like_minimal_metadata()
    {
        var table = Answering(HttpStatusCode.OK, "application/json", """
            {
              "odata.metadata": "https://a1.table.core.windows.net/$metadata#payments/@Element",
              "odata.type": "a1.payments", "odata.id": "https://a1/payments(PartitionKey='p',RowKey='r')",
              "odata.etag": "W/\"datetime'2026-01-02T03%3A04%3A05.6789012Z'\"", "odata.editLink": "payments(PartitionKey='p',RowKey='r')",
              "PartitionKey": "p", "RowKey": "r",
              "Timestamp@odata.type": "Edm.DateTime", "Timestamp": "2026-01-02T03:04:05.6789012Z",
              "Amount@odata.type": "Edm.Int64", "Amount": "1200", "Rate": 0.0, "Rates": 1e2, "Count": 3, "None": null
            }
            """);

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(new ETag("W/\"datetime'2026-01-02T03%3A04%3A05.6789012Z'\""), read.ETag);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(6789012), read.Timestamp);
        Assert.Equal((1200L, 0.0, 100.0, 3), (read.GetInt64("Amount"), read.GetDouble("Rate"), read.GetDouble("Rates"), read.GetInt32("Count")));
        Assert.Null(read["None"]);
        Assert.Equal(
            ["Amount", "Count", "None", "PartitionKey", "Rate", "Rates", "RowKey", "Timestamp", "odata.etag"],
            read.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_type_annotation_may_come_after_its_property()
    {
        var table = Answering(HttpStatusCode.OK, "application/json", """{ "value": [{ "A": "7", "A@odata.type": "Edm.Int64" }], "odata.metadata": "x" }""");
        Assert.Equal(7L, (await table.QueryAsync<TableEntity>().SingleAsync()).GetInt64("A"));
    }

    [Fact]
    public async Task Every_part_of_a_change_set_is_an_answer()
    {
        var table = Answering(HttpStatusCode.Accepted, "multipart/mixed; boundary=batchresponse_1", """
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_2

            --changesetresponse_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content
            X-Content-Type-Options: nosniff
            Cache-Control: no-cache
            Preference-Applied: return-no-content
            DataServiceVersion: 3.0;
            Location: https://a1.table.core.windows.net/payments(PartitionKey='p',RowKey='a')
            ETag: W/"datetime'2026-01-02T03%3A04%3A05.6789012Z'"


            --changesetresponse_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content
            DataServiceVersion: 1.0;


            --changesetresponse_2--
            --batchresponse_1--
            """);

        var answer = await table.SubmitTransactionAsync([Delete("a"), Delete("b")]);

        Assert.Equal([204, 204], answer.Value.Select(response => response.Status));
        Assert.Equal("No Content", answer.Value[0].ReasonPhrase);
        Assert.Equal(new ETag("W/\"datetime'2026-01-02T03%3A04%3A05.6789012Z'\""), answer.Value[0].Headers.ETag);
        Assert.Null(answer.Value[1].Headers.ETag);
        Assert.Equal("no-cache", answer.Value[0].Headers.TryGetValue("cache-control", out var value) ? value : null);
    }

    [Fact]
    public async Task The_one_answer_of_a_failed_change_set_names_the_action()
    {
        var table = Answering(HttpStatusCode.Accepted, "multipart/mixed; boundary=\"batchresponse_1\"", """
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_2

            --changesetresponse_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 409 Conflict
            X-Content-Type-Options: nosniff
            DataServiceVersion: 3.0;
            Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8

            {"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"1:The specified entity already exists.\nRequestId:1\nTime:2026-01-02T03:04:05.6789012Z"}}}
            --changesetresponse_2--
            --batchresponse_1--
            """);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync([Delete("a"), Delete("b")]));

        Assert.Equal((409, "EntityAlreadyExists", 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists);
    }

    [Fact]
    public async Task A_transaction_that_is_refused_as_a_whole_is_no_failed_action()
    {
        var table = Answering(HttpStatusCode.BadRequest, "application/json", """
            { "odata.error": { "code": "InvalidInput", "message": { "lang": "en-US", "value": "One of the request inputs is not valid." } } }
            """);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.SubmitTransactionAsync([Delete("a")]));
        Assert.Equal((400, "InvalidInput"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_table_that_is_being_deleted_does_not_exist_already()
    {
        var table = Answering(HttpStatusCode.Conflict, "application/json", """
            { "odata.error": { "code": "TableBeingDeleted", "message": { "lang": "en-US", "value": "Try again." } } }
            """);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateIfNotExistsAsync());
        Assert.Equal((409, "TableBeingDeleted"), (failure.Status, failure.ErrorCode));
    }

    private static TableTransactionAction Delete(string row) => new(TableTransactionActionType.Delete, new TableEntity("p", row));

    private static TableClient Answering(HttpStatusCode status, string contentType, string body)
    {
#pragma warning disable CA2000 // The handler lives as long as the client, which is not disposable.
        var handler = new ScriptedHandler(_ =>
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            return new HttpResponseMessage(status) { Content = content };
        });
#pragma warning restore CA2000
        return new TableClient(
            new Uri("https://a1.table.core.windows.net"),
            "payments",
            new TableSharedKeyCredential("a1", "a2V5"),
            new TableClientOptions { Transport = new HttpClientTransport(handler) });
    }
}
