using System.Net.Sockets;
using System.Text;
using PaySg.Functions.Emails;

namespace PaySg.LocalHost.Check;

/// <summary>Greets the mail relay, without sending a mail or a password.</summary>
internal static class SmtpProbe
{
    /// <summary>How long the relay may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Says what the relay is.</summary>
    /// <exception cref="CheckFailedException">It does not answer, not as a relay, or offers no TLS where TLS is wanted.</exception>
    public static async Task<string> RunAsync(EmailSettings? settings, TimeProvider clock, CancellationToken stop)
    {
        if (settings is null)
            return "none is set, so no mails are sent (LocalHost keeps them in its mailbox)";

        var relay = $"{settings.SmtpHost}:{settings.SmtpPort}";
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(settings.SmtpHost, settings.SmtpPort, either.Token);
            using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(connection.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await ExpectAsync(reader, "220", relay, either.Token);
            await writer.WriteLineAsync("EHLO paysg-check".AsMemory(), either.Token);
            var offers = await ExpectAsync(reader, "250", relay, either.Token);
            await writer.WriteLineAsync("QUIT".AsMemory(), either.Token);
            var offersTls = offers.Any(line => line.EndsWith("STARTTLS", StringComparison.OrdinalIgnoreCase));
            return offersTls || !settings.UseTls
                ? $"{relay} greets{(offersTls ? " and offers TLS" : "; TLS is switched off")}"
                : throw new CheckFailedException($"{relay} offers no STARTTLS, and PaySg__Email__UseTls is true: no mail would leave. Use the relay's submission port, mostly 587.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new CheckFailedException($"{relay} did not answer within {Patience.TotalSeconds:0} seconds. Check PaySg__Email__SmtpHost and PaySg__Email__SmtpPort, and that nothing on the way blocks the port.");
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            throw new CheckFailedException($"{relay} cannot be reached: {fault.Message}. Check PaySg__Email__SmtpHost and PaySg__Email__SmtpPort.", fault);
        }
    }

    private static async Task<IReadOnlyList<string>> ExpectAsync(StreamReader reader, string code, string relay, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            if (!line.StartsWith(code, StringComparison.Ordinal))
                throw new CheckFailedException($"{relay} is no mail relay, or refuses us: it said \"{line[..Math.Min(line.Length, 100)]}\".");
            if (line.Length == code.Length || line[code.Length] != '-')
                return lines;
        }

        throw new CheckFailedException($"{relay} broke the connection off.");
    }
}
