using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Security;
using MimeKit;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.Payments.Emails;

public sealed class SmtpMailTransportTests
{
    private static readonly OutgoingMail Mail = new()
    {
        MessageId = "<mail_1@agency.gov.sg>",
        From = new MailboxAddress("Agency für alles", "no-reply@agency.gov.sg"),
        To = new MailboxAddress("陈亚九", "payer@example.com"),
        Subject = "Please pay S$11.30 — 陈亚九, " + new string('x', 200),
        Text = ".a line that begins with a dot\n.\nQUIT\nDear 陈亚九",
        Html = "<p>Dear 陈亚九</p>",
        QrCode = [1, 2, 3],
    };

    [Fact]
    public async Task A_relay_receives_the_mail_as_it_was_written()
    {
        await using var relay = SmtpServer.Start();
        using var transport = TransportTo(relay, new ManualClock(new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8))));

        Assert.IsType<MailResult.Taken>(await transport.SendAsync(Mail));

        var received = ReceivedMail.Parse("1", Encoding.UTF8.GetBytes(Assert.Single(relay.Mails)));
        Assert.Contains("MAIL FROM:<no-reply@agency.gov.sg>", relay.Commands);
        Assert.Contains("RCPT TO:<payer@example.com>", relay.Commands);
        Assert.Equal("mail_1@agency.gov.sg", received.Message.MessageId);
        Assert.Equal(Mail.Subject, received.Subject);
        Assert.Equal(Mail.From.ToString(), received.Message.From.ToString());
        Assert.Equal("陈亚九", Assert.Single(received.Message.To.Mailboxes).Name);
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 1, 30, 0, TimeSpan.Zero), received.Message.Date);
        Assert.Equal(Mail.Text, received.Text.ReplaceLineEndings("\n"));
        Assert.Equal(Mail.Html, received.Html);
        Assert.Equal(Mail.QrCode, ReceivedMail.BytesOf(Assert.Single(received.Images)));
        Assert.All(relay.Mails[0].Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        Assert.All(relay.Mails[0], character => Assert.True(char.IsAscii(character)));
    }

    [Theory]
    [InlineData("payér@example.com", "payér@example.com")]
    [InlineData("支付@例子.公司.sg", "支付@例子.公司.sg")]
    public async Task An_address_beyond_ASCII_goes_by_SMTPUTF8_where_the_relay_offers_it(string address, string recipient)
    {
        await using var relay = SmtpServer.Start();
        relay.Offers = ["8BITMIME", "SMTPUTF8"];
        using var transport = TransportTo(relay, TimeProvider.System);

        Assert.IsType<MailResult.Taken>(await transport.SendAsync(Mail with { To = new MailboxAddress("Payer", address) }));

        Assert.Contains(relay.Commands, command => command.StartsWith("MAIL FROM:<no-reply@agency.gov.sg>", StringComparison.Ordinal) && command.Contains(" SMTPUTF8", StringComparison.Ordinal));
        Assert.Contains($"RCPT TO:<{recipient}>", relay.Commands);
        var received = ReceivedMail.Parse("1", Encoding.UTF8.GetBytes(Assert.Single(relay.Mails)));
        Assert.Equal(recipient, Assert.Single(received.Message.To.Mailboxes).Address);
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_refused_for_good_where_the_relay_does_not_take_such()
    {
        await using var relay = SmtpServer.Start();
        relay.Offers = ["8BITMIME"];
        using var transport = TransportTo(relay, TimeProvider.System);

        var result = await transport.SendAsync(Mail with { To = new MailboxAddress("Payer", "payér@example.com") });

        Assert.Equal(new MailResult.Failed("SmtpUtf8NotOffered", IsPermanent: true), result);
        Assert.DoesNotContain(relay.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_domain_beyond_ASCII_needs_nothing_of_the_relay()
    {
        await using var relay = SmtpServer.Start();
        using var transport = TransportTo(relay, TimeProvider.System);

        Assert.IsType<MailResult.Taken>(await transport.SendAsync(Mail with { To = new MailboxAddress("Payer", "payer@bücher.example") }));

        Assert.Contains("RCPT TO:<payer@xn--bcher-kva.example>", relay.Commands);
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

        Assert.Equal(new MailResult.Failed("Timeout", IsPermanent: false), await sending);
    }

    /// <summary>RFC 5321, section 4.2.1: 4yz may pass, 5yz is for good. A refusal is told by its code, and never by the words of the relay.</summary>
    [Theory]
    [InlineData("RCPT", "550 5.1.1 <payer@example.com>: no such user", "MailboxUnavailable", true)]
    [InlineData("RCPT", "553 5.1.3 bad address", "MailboxNameNotAllowed", true)]
    [InlineData("RCPT", "556 5.1.10 takes no mail", "Smtp556", true)]
    [InlineData("RCPT", "421 4.7.0 later", "ServiceNotAvailable", false)]
    [InlineData("RCPT", "450 4.2.1 grey", "MailboxBusy", false)]
    [InlineData("RCPT", "452 4.2.2 full", "InsufficientStorage", false)]
    [InlineData("MAIL", "554 5.7.1 refused", "TransactionFailed", true)]
    [InlineData("MAIL", "451 4.3.0 later", "ErrorInProcessing", false)]
    [InlineData("MAIL", "530 5.7.0 who are you", "AuthenticationRequired", false)]
    [InlineData("DATA", "552 5.3.4 too large", "ExceededStorageAllocation", true)]
    [InlineData("DATA", "554 5.6.0 spam", "TransactionFailed", true)]
    [InlineData("DATA", "451 4.3.0 later", "ErrorInProcessing", false)]
    public async Task What_a_relay_answers_says_whether_the_mail_may_be_sent_again(string to, string answer, string code, bool isPermanent)
    {
        await using var relay = SmtpServer.Start();
        relay.AnswerToSender = to == "MAIL" ? answer : relay.AnswerToSender;
        relay.AnswerToRecipient = to == "RCPT" ? answer : relay.AnswerToRecipient;
        relay.AnswerToMail = to == "DATA" ? answer : relay.AnswerToMail;
        using var transport = TransportTo(relay, TimeProvider.System);

        Assert.Equal(new MailResult.Failed(code, isPermanent), await transport.SendAsync(Mail));
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_told_as_such()
    {
        var relay = SmtpServer.Start();
        using var transport = TransportTo(relay, TimeProvider.System);
        await relay.DisposeAsync();

        Assert.Equal(new MailResult.Failed("ConnectionRefused", IsPermanent: false), await transport.SendAsync(Mail));
    }

    [Fact]
    public async Task A_relay_without_TLS_gets_no_mail_where_TLS_is_asked_for()
    {
        await using var relay = SmtpServer.Start();
        using var transport = TransportTo(relay, TimeProvider.System, useTls: true);

        Assert.Equal(new MailResult.Failed("StartTlsNotOffered", IsPermanent: false), await transport.SendAsync(Mail));

        Assert.Empty(relay.Mails);
        Assert.DoesNotContain(relay.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    /// <summary>As on port 465.</summary>
    [Fact]
    public async Task TLS_from_the_first_byte_is_spoken_with_a_relay_whose_certificate_is_trusted()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=relay.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var relay = SmtpServer.Start();
        relay.Certificate = certificate;

        using (var client = await SmtpMailTransport.ConnectAsync(
            "127.0.0.1", relay.Port, SecureSocketOptions.SslOnConnect, (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString(), CancellationToken.None))
        {
            Assert.True(client.IsSecure);
            Assert.Contains(relay.Commands, command => command.StartsWith("EHLO", StringComparison.Ordinal));
        }

        var untrusted = await Assert.ThrowsAsync<SslHandshakeException>(
            () => SmtpMailTransport.ConnectAsync("127.0.0.1", relay.Port, SecureSocketOptions.SslOnConnect, trusts: null, CancellationToken.None));
        Assert.Equal(new MailResult.Failed("TlsRefused", IsPermanent: false), MailFaults.Of(untrusted));
    }

    private static SmtpMailTransport TransportTo(SmtpServer relay, TimeProvider clock, bool useTls = false) => new(
        new PaymentSettings { Email = new EmailSettings { SmtpHost = "127.0.0.1", SmtpPort = relay.Port, UseTls = useTls, From = "no-reply@agency.gov.sg" } },
        clock);
}
