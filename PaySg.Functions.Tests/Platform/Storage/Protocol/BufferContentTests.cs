using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage.Protocol;
using PaySg.Functions.Tests.Fixtures;
using static PaySg.Functions.Tests.Fixtures.ScriptedStorage;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

/// <summary>A buffer is used again when nobody can read it any more, and never before.</summary>
public sealed class BufferContentTests
{
    [Fact]
    public async Task A_buffer_that_was_sent_whole_is_given_back_cleared()
    {
        var (buffer, content) = Sent("secret");
        using var sent = new MemoryStream();

        await content.WriteToAsync(sent, CancellationToken.None);
        await content.WriteToAsync(sent, CancellationToken.None);
        content.WriteTo(sent, CancellationToken.None);
        content.Dispose();

        Assert.Equal("secretsecretsecret", Encoding.UTF8.GetString(sent.ToArray()));
        Assert.Equal(0, buffer.Bytes.WrittenCount);
        Assert.All(buffer.Bytes.GetSpan(6)[..6].ToArray(), each => Assert.Equal(0, each));
    }

    [Fact]
    public void Its_length_is_that_of_what_was_written()
    {
        var (_, content) = Sent("secret");

        Assert.True(content.TryComputeLength(out var length));
        Assert.Equal(6, length);
        content.Dispose();
    }

    [Fact]
    public async Task A_buffer_that_a_try_still_sends_is_not_given_back()
    {
        var (buffer, content) = Sent("secret");
        using var slow = new SlowStream();

        var first = content.WriteToAsync(slow, CancellationToken.None);
        await content.WriteToAsync(Stream.Null, CancellationToken.None);
        content.Dispose();
        slow.GoOn.SetResult();
        await first;

        Assert.Equal("secret", Encoding.UTF8.GetString(buffer.Bytes.WrittenSpan));
    }

    [Fact]
    public async Task A_buffer_whose_sending_broke_off_is_not_given_back()
    {
        var (buffer, content) = Sent("secret");
        using var slow = new SlowStream();

        var sending = content.WriteToAsync(slow, CancellationToken.None);
        slow.GoOn.SetException(new IOException("Broken."));
        await Assert.ThrowsAsync<IOException>(() => sending);
        content.Dispose();

        Assert.Equal("secret", Encoding.UTF8.GetString(buffer.Bytes.WrittenSpan));
    }

    [Fact]
    public async Task What_was_given_back_is_not_sent_any_more()
    {
        var (_, content) = Sent("secret");
        content.Dispose();
        content.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => content.WriteToAsync(Stream.Null, CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => content.WriteTo(Stream.Null, CancellationToken.None));
    }

    /// <summary>Every third transaction is refused at its first tries, while others use buffers that were given back.</summary>
    [Fact]
    public async Task Transactions_beside_each_other_send_their_own_rows_at_every_try()
    {
        var wrong = 0;
        var tries = new ConcurrentDictionary<string, int>();
        using var storage = new ScriptedStorage(request =>
        {
            var body = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
            var key = body[(body.IndexOf("\"RowKey\":\"", StringComparison.Ordinal) + 10)..][..4];
            if (body.Split($"\"RowKey\":\"{key}\"").Length != 2 || body.Split($"\"text\":\"{key}").Length != 2)
                Interlocked.Increment(ref wrong);

            return int.Parse(key, CultureInfo.InvariantCulture) % 3 == 0 && tries.AddOrUpdate(key, 1, static (_, before) => before + 1) < 3
                ? Answer(503, """{"odata.error":{"code":"ServerBusy","message":{"value":"Busy."}}}""", "application/json")
                : TransactionAnswer("HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n");
        });
        var options = new TableClientOptions { Transport = storage.Transport };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(2);
        var table = new OwnTableClient("UseDevelopmentStorage=true", "payments", options);

        await Parallel.ForAsync(1000, 1400, async (number, _) =>
        {
            var row = new TableEntity("p", $"{number}") { ["text"] = $"{number}" + new string('x', number * 7 % 3000) };
            await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, row)], CancellationToken.None);
        });

        Assert.Equal(0, wrong);
        Assert.All(tries.Values, each => Assert.Equal(3, each));
    }

    private static (RequestBuffer Buffer, BufferContent Content) Sent(string text)
    {
        var buffer = RequestBuffer.Rent();
        Encoding.UTF8.GetBytes(text, buffer.Bytes);
        return (buffer, new BufferContent(buffer));
    }

    /// <summary>Takes its time.</summary>
    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource GoOn { get; } = new();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await GoOn.Task;
    }
}
