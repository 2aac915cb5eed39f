using MimeKit;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Tests.LocalHost;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.Payments.Emails;

public sealed class MailStoreTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paysg-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Mails_are_files_that_the_next_process_finds_newest_first()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        var store = new MailStore(Path.Combine(folder.FullName, "mailbox"), clock);
        Assert.Empty(store.Ids());
        await SendAsync(store, "first");
        clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(store, "second");

        var next = new MailStore(Path.Combine(folder.FullName, "mailbox"), clock);

        Assert.Equal(["second", "first"], next.Ids().Select(id => next.Find(id)!.Subject));
        Assert.All(Directory.GetFiles(Path.Combine(folder.FullName, "mailbox")), path => Assert.EndsWith(".eml", path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("..%2Fsecret")]
    [InlineData("")]
    public void An_id_cannot_lead_out_of_the_mailbox(string id)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "secret.eml"), "Subject: secret\r\n\r\n");

        Assert.Null(new MailStore(Path.Combine(folder.FullName, "mailbox"), TimeProvider.System).Find(id));
    }

    private static Task<MailResult> SendAsync(MailStore store, string subject) => new MailboxTransport(store, TimeProvider.System).SendAsync(new OutgoingMail
    {
        MessageId = "<mail_1@paysg.localhost>",
        From = new MailboxAddress("", "no-reply@paysg.localhost"),
        To = new MailboxAddress("", "payer@example.com"),
        Subject = subject,
        Text = "text",
        Html = "<p>html</p>",
    });
}
