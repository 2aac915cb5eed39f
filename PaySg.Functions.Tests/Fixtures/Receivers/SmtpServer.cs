using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A mail relay on a free loopback port: as little of SMTP (RFC 5321) as taking a mail needs.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> mails = new();
    private readonly ConcurrentQueue<string> commands = new();
    private readonly Task accepting;

    private SmtpServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What came after DATA, dots unstuffed.</summary>
    public IReadOnlyList<string> Mails => [.. mails];

    /// <summary>All lines but those of mails.</summary>
    public IReadOnlyList<string> Commands => [.. commands];

    /// <summary>Whether it takes connections and says nothing.</summary>
    public bool Hangs { get; set; }

    /// <summary>What it answers to MAIL.</summary>
    public string AnswerToSender { get; set; } = "250 OK";

    /// <summary>What it answers to RCPT.</summary>
    public string AnswerToRecipient { get; set; } = "250 OK";

    /// <summary>What it answers to the end of a mail, which it keeps whatever it answers.</summary>
    public string AnswerToMail { get; set; } = "250 Taken";

    /// <summary>What it offers to EHLO.</summary>
    public IReadOnlyList<string> Offers { get; set; } = [];

    /// <summary>What it speaks TLS with from the first byte; null: it speaks none.</summary>
    public X509Certificate2? Certificate { get; set; }

    public static SmtpServer Start() => new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            commands.Enqueue("(connected)");
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            Stream stream = connection.GetStream();
            if (Certificate is not null)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsServerAsync(Certificate);
                stream = secured;
            }

            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 relay.test");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                commands.Enqueue(line);
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        string[] lines = ["relay.test", .. Offers];
                        foreach (var (index, offer) in lines.Index())
                            await writer.WriteLineAsync($"250{(index == lines.Length - 1 ? ' ' : '-')}{offer}");
                        break;
                    case "MAIL":
                        await writer.WriteLineAsync(AnswerToSender);
                        break;
                    case "RCPT":
                        await writer.WriteLineAsync(AnswerToRecipient);
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 Go on");
                        mails.Enqueue(await ReadMailAsync(reader));
                        await writer.WriteLineAsync(AnswerToMail);
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 Bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 OK");
                        break;
                }
            }
        }
    }

    private static async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return mail.ToString();
    }
}
