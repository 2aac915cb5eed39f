using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

/// <summary>Whatever a receiver does is written down as what it was, and is never an exception.</summary>
public sealed class PostEventTests
{
    private const string Broken = "The answer was not valid HTTP, or the connection broke off.";
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);
    private static readonly WebhookEvent Event = new("evt_01234567-89ab-7def-8123-456789abcdef", "payment.succeeded", "payment_service_1", Now, "{}"u8.ToArray());

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 twohundred OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: minus\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Cut: of")]
    [InlineData("")]
    public async Task What_is_no_answer_is_told_as_such(string answer)
    {
        var post = await PostAsync((socket, end) => SendAsync(socket, answer, end));

        Assert.True(post.Status is null or 200, $"{post.Status}");
        Assert.Equal(post.Status is null ? Broken : null, post.Error);
    }

    [Fact]
    public async Task A_reset_connection_is_told_as_such()
    {
        var post = await PostAsync((socket, _) =>
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
            return Task.CompletedTask;
        });

        Assert.Equal((null, Broken), (post.Status, post.Error));
    }

    [Fact]
    public async Task Headers_without_end_are_no_answer()
    {
        var post = await PostAsync(async (socket, end) =>
        {
            await SendAsync(socket, "HTTP/1.1 200 OK\r\n", end);
            await FloodAsync(socket, "X-Header: " + new string('x', 1000) + "\r\n", end);
        });

        Assert.Equal((null, Broken), (post.Status, post.Error));
    }

    [Fact]
    public async Task Of_a_hundred_megabytes_the_first_1024_bytes_are_kept_and_the_rest_is_not_waited_for()
    {
        var sent = 0L;
        var post = await PostAsync(async (socket, end) =>
        {
            await SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n", end);
            sent = await FloodAsync(socket, new string('x', 10_000), end);
        });

        Assert.Equal((200, new string('x', 1024)), (post.Status, post.Excerpt));
        Assert.True(sent < 100_000_000, $"{sent} bytes were taken.");
    }

    [Fact]
    public async Task An_answer_that_drips_is_no_answer_after_the_time_limit()
    {
        var post = await PostAsync((socket, end) => FloodAsync(socket, "H", end, slowly: true), hastiness: 20);

        Assert.Equal((null, "No answer within 10 seconds."), (post.Status, post.Error));
    }

    [Fact]
    public async Task Silence_is_no_answer_after_the_time_limit()
    {
        var post = await PostAsync((_, end) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end), hastiness: 20);

        Assert.Equal((null, "No answer within 10 seconds."), (post.Status, post.Error));
    }

    [Fact]
    public async Task A_body_that_drips_does_not_take_the_status_back()
    {
        var post = await PostAsync(
            async (socket, end) =>
            {
                await SendAsync(socket, "HTTP/1.1 202 Accepted\r\n\r\n", end);
                await FloodAsync(socket, "z", end, slowly: true);
            },
            hastiness: 10);

        Assert.Equal((202, null), (post.Status, post.Error));
        Assert.True(post.Succeeded);
        Assert.StartsWith("z", post.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\n\u00C3(\u00FF", 500, "\uFFFD(\uFFFD", null)]
    [InlineData("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999, "", null)]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 301, "", null)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n", 503, "", null)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: -5\r\nContent-Length: 0\r\n\r\n", 503, "", null)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n", 503, "", 43200)]
    [InlineData("HTTP/1.1 429 Slow\r\nRetry-After: 9999999999\r\nContent-Length: 0\r\n\r\n", 429, "", 43200)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 43199\r\nContent-Length: 0\r\n\r\n", 503, "", 43199)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n", 503, "", 43200)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: Thu, 15 Jan 2026 01:00:00 GMT\r\nContent-Length: 0\r\n\r\n", 503, "", null)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n", 503, "", 90)]
    [InlineData("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n", 429, "", 120)]
    [InlineData("HTTP/1.1 500 Oops\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n", 500, "", null)]
    [InlineData("HTTP/1.1 204 None\r\n\r\n", 204, "", null)]
    public async Task Odd_answers_are_written_down_as_they_are(string answer, int status, string excerpt, int? retryAfter)
    {
        var post = await PostAsync((socket, end) => SendAsync(socket, answer, end));

        Assert.Equal((status, excerpt, null), (post.Status, post.Excerpt, post.Error));
        Assert.Equal(retryAfter, (int?)post.RetryAfter?.TotalSeconds);
    }

    /// <summary>We are no scanner of ports: who registers an endpoint cannot tell one that is closed from one that is silent, nor either from one that is forbidden.</summary>
    [Fact]
    public async Task A_port_that_is_closed_one_that_is_silent_and_an_address_that_is_forbidden_are_told_alike()
    {
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var closed = $"https://127.0.0.1:{((System.Net.IPEndPoint)taken.LocalEndPoint!).Port}/";
        await using var receiver = new RawReceiver(async (_, end) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end));
        var silent = $"https://127.0.0.1:{receiver.Url.Port}/";
        await using var parts = PaySgParts.Build("UseDevelopmentStorage=true", services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(TimeProvider.System)));

        var posts = await Task.WhenAll(((string[])[closed, silent, "https://10.1.2.3/", "https://8.8.8.8:22/"]).Select(url => parts.Get<PostEvent>().RunAsync(Event, EndpointAt(parts, url))));

        Assert.All(posts, post => Assert.Equal(("The host could not be reached.", TimeSpan.Zero, null), (post.Error, post.Duration, post.Status)));
    }

    /// <summary>Whoever says 2xx has taken the event, whatever stands around it.</summary>
    [Theory]
    [InlineData("cookies")]
    [InlineData("one header")]
    [InlineData("early hints")]
    [InlineData("continue")]
    [InlineData("HTTP/1.0")]
    [InlineData("no reason")]
    [InlineData("body cut")]
    [InlineData("chunks cut")]
    [InlineData("chunks that are none")]
    public async Task A_2xx_is_a_success_whatever_else_is_sent(string what)
    {
        var answer = what switch
        {
            "cookies" => "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"Set-Cookie: c{i}={new string('x', 1000)}\r\n")) + "Content-Length: 0\r\n\r\n",
            "one header" => $"HTTP/1.1 204 None\r\nSet-Cookie: c={new string('x', 400_000)}\r\n\r\n",
            "early hints" => "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "continue" => "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.0" => "HTTP/1.0 200 OK\r\n\r\nthanks",
            "no reason" => "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
            "body cut" => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthanks",
            "chunks cut" => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthan",
            _ => "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
        };

        var post = await PostAsync((socket, end) => SendAsync(socket, answer, end));

        Assert.True(post.Succeeded, $"{post.Status} {post.Error}");
    }

    /// <summary>The receiver has read the beginning of an event larger than any of ours, answers and reads no more.</summary>
    [Fact]
    public async Task An_answer_that_comes_before_the_event_was_read_counts()
    {
        var post = await PostAsync(
            async (socket, end) =>
            {
                await SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", end);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            posted: Event with { Body = System.Text.Encoding.ASCII.GetBytes($"{{\"a\":\"{new string('x', 300_000)}\"}}") });

        Assert.Equal((200, null), (post.Status, post.Error));
    }

    private static WebhookEndpoint EndpointAt(PaySgParts parts, string url)
    {
        const string id = "we_01234567-89ab-7def-8123-456789abcdef";
        return new WebhookEndpoint
        {
            Id = id,
            OwnerId = "payment_service_1",
            Url = url,
            SubscribedEvents = ["*"],
            ProtectedSecret = parts.Get<SecretProtector>().Protect("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", SecretPlace.OfWebhook("payment_service_1", id)),
            CreatedAt = Now,
            UpdatedAt = Now,
        };
    }

    private static async Task<PostResult> PostAsync(Func<Socket, CancellationToken, Task> answer, double hastiness = 1, WebhookEvent? posted = null)
    {
        await using var receiver = new RawReceiver(answer);
        await using var parts = PaySgParts.Build("UseDevelopmentStorage=true", services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HastyClock(hastiness))));
        return await parts.Get<PostEvent>().RunAsync(posted ?? Event, EndpointAt(parts, receiver.Url.AbsoluteUri));
    }

    private static async Task SendAsync(Socket socket, string text, CancellationToken end) => await socket.SendAsync(Encoding.Latin1.GetBytes(text), end);

    /// <summary>Sends the text again and again until the other side has had enough; how many bytes.</summary>
    private static async Task<long> FloodAsync(Socket socket, string text, CancellationToken end, bool slowly = false)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var sent = 0L;
        try
        {
            while (sent < 100_000_000)
            {
                sent += await socket.SendAsync(bytes, end);
                if (slowly)
                    await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, end);
            }
        }
        catch (SocketException)
        {
            // It has.
        }

        return sent;
    }
}
