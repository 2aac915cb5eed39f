using System.Net.Mail;
using System.Text;
using PaySg.Functions.Configuration;
using PaySg.Functions.Emails;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.Emails;

public sealed class SmtpMailTransportTests
{
    private static readonly OutgoingMail Mail = new()
    {
        MessageId = "<mail_1@agency.gov.sg>",
        From = new MailAddress("no-reply@agency.gov.sg", "Agency für alles", Encoding.UTF8),
        To = new MailAddress("payer@example.com", "陈亚九", Encoding.UTF8),
        Subject = "Please pay S$11.30 — 陈亚九, " + new string('x', 200),
        Text = ".a line that begins with a dot\n.\nQUIT\nDear 陈亚九",
        Html = "<p>Dear 陈亚九</p>",
        QrCode = [1, 2, 3],
    };

    [Fact]
    public async Task A_relay_receives_the_mail_as_it_was_written()
    {
        await using var relay = SmtpServer.Start();
        using var transport = TransportTo(relay, TimeProvider.System);

        await transport.SendAsync(Mail);

        var received = ReceivedMail.Parse("1", Encoding.UTF8.GetBytes(Assert.Single(relay.Mails)));
        Assert.Contains("MAIL FROM:<no-reply@agency.gov.sg>", relay.Commands);
        Assert.Contains("RCPT TO:<payer@example.com>", relay.Commands);
        Assert.Equal("<mail_1@agency.gov.sg>", received.Root.Header("Message-ID"));
        Assert.Equal(Mail.Subject, received.Subject);
        Assert.Equal("no-reply@agency.gov.sg", new MailAddress(received.Root.Header("From")).Address);
        Assert.Equal("陈亚九", new MailAddress(received.Root.Header("To")).DisplayName);
        Assert.NotEmpty(received.Root.Header("Date"));
        Assert.Equal(Mail.Text, received.Text);
        Assert.Equal(Mail.Html, received.Html);
        Assert.Equal(Mail.QrCode, Assert.Single(received.Images).Content);
        Assert.All(relay.Mails[0].Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public async Task A_relay_that_says_nothing_is_left_after_thirty_seconds()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        await using var relay = SmtpServer.Start();
        relay.Hangs = true;
        using var transport = TransportTo(relay, clock);

        var sending = transport.SendAsync(Mail);
        await Eventually.TrueAsync(() => relay.Commands.Count == 1);
        clock.Advance(SmtpMailTransport.Timeout - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => sending);
        Assert.Equal("Timeout", MailFaults.CodeOf(fault));
    }

    [Fact]
    public async Task A_refusal_is_told_by_its_code_and_never_by_the_words_of_the_relay()
    {
        await using var relay = SmtpServer.Start();
        relay.AnswerToRecipient = "550 5.1.1 <payer@example.com>: no such user";
        using var transport = TransportTo(relay, TimeProvider.System);

        var fault = await Assert.ThrowsAnyAsync<SmtpException>(() => transport.SendAsync(Mail));

        Assert.Equal("MailboxUnavailable", MailFaults.CodeOf(fault));
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_told_as_such()
    {
        var relay = SmtpServer.Start();
        var transport = TransportTo(relay, TimeProvider.System);
        await relay.DisposeAsync();

        var fault = await Assert.ThrowsAnyAsync<SmtpException>(() => transport.SendAsync(Mail));

        Assert.Equal("ConnectionRefused", MailFaults.CodeOf(fault));
        transport.Dispose();
    }

    [Fact]
    public async Task A_relay_without_TLS_gets_no_mail_where_TLS_is_asked_for()
    {
        await using var relay = SmtpServer.Start();
        using var transport = TransportTo(relay, TimeProvider.System, useTls: true);

        await Assert.ThrowsAnyAsync<SmtpException>(() => transport.SendAsync(Mail));

        Assert.Empty(relay.Mails);
        Assert.DoesNotContain(relay.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    private static SmtpMailTransport TransportTo(SmtpServer relay, TimeProvider clock, bool useTls = false) => new(
        new PaySgSettings
        {
            Mode = PaySgMode.Test,
            PublicBaseUrl = "https://pay.agency.gov.sg",
            CurrentSecretKey = new SecretKey("k1", new byte[32]),
            CurrentTokenKey = new SecretKey("k1", new byte[32]),
            Email = new EmailSettings { SmtpHost = "127.0.0.1", SmtpPort = relay.Port, UseTls = useTls, From = "no-reply@agency.gov.sg" },
        },
        clock);
}
