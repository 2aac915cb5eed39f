using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using Moq;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Three days after a payment's link was mailed, its payer is reminded, if the agency wants that.</summary>
public sealed class When_a_payer_is_reminded : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private readonly ConcurrentQueue<OutgoingMail> mails = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync() => app = await StartAsync(new() { ["PaySg__Email__ReminderDays"] = "3" });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_be_told_once_with_the_link_and_however_often_the_link_was_mailed()
    {
        var id = await CreatedAsync("en");
        await SendAsync(id);
        clock.Shift = TimeSpan.FromHours(30);
        await SendAsync(id);
        Assert.Equal(2, (await MailsAsync(2)).Count);

        await GoOnAsync(TimeSpan.FromDays(3));
        var reminder = (await MailsAsync(3)).Single(mail => mail.Subject.Contains("reminder", StringComparison.Ordinal));
        await GoOnAsync(TimeSpan.FromDays(10));

        Assert.EndsWith(": reminder to pay S$11.30 (INV-1)", reminder.Subject, StringComparison.Ordinal);
        Assert.Contains("has not received your payment of S$11.30 yet. If you have just paid, please ignore this email.", reminder.Text, StringComparison.Ordinal);
        Assert.Contains($"/payments/{id}", reminder.Text, StringComparison.Ordinal);
        Assert.Equal(3, (await MailsAsync(3)).Count);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:"));
        Assert.Equal("sent", (await app.Client.GetPaymentAsync(id))["email_delivery_status"]);

        // Each of the three told an event, which officers see.
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "view");
        Assert.Equal(3, (await officer.OpenAsync(OfficerClient.PathOf(id))).Split("Event payment.email_sent").Length - 1);
    }

    [Theory]
    [InlineData("zh", "提醒您支付 S$11.30")]
    [InlineData("ms", "peringatan untuk membayar S$11.30")]
    [InlineData("ta", "S$11.30 செலுத்த நினைவூட்டல்")]
    public async Task Should_be_told_in_the_language_of_the_payment(string locale, string subject)
    {
        await SendAsync(await CreatedAsync(locale));
        await MailsAsync(1);

        await GoOnAsync(TimeSpan.FromDays(3));

        Assert.Contains(await MailsAsync(2), mail => mail.Subject.Contains(subject, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pay")]
    [InlineData("cancel")]
    public async Task Should_not_be_told_what_is_paid_or_cancelled(string what)
    {
        var id = await CreatedAsync("en");
        await SendAsync(id);
        await MailsAsync(1);
        (what == "pay" ? await app.Client.PayAsync(id) : await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        await GoOnAsync(TimeSpan.FromDays(3));

        await LocalHost.Eventually.TrueAsync(async () => (await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:")).Any(row => row.GetString("kind") == "Reminder" && row.GetString("state") == "Superseded"));
        Assert.DoesNotContain(await MailsAsync(what == "pay" ? 2 : 1), mail => mail.Subject.Contains("reminder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_be_left_alone_where_the_agency_wants_no_reminders()
    {
        await using var other = await StartAsync([]);
        (await other.Client.SendEmailAsync(await CreatedAsync("en", other))).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain(await StoredRows.OfAsync(other.Connection, "paysgpayments", "m:"), row => row.GetString("kind") == "Reminder");
    }

    private async Task<PaySgApp> StartAsync(Dictionary<string, string> settings)
    {
        var relay = new Mock<IMailTransport>();
        relay.SetupGet(each => each.Sender).Returns(new MailboxAddress("", "no-reply@agency.gov.sg"));
        relay.Setup(each => each.SendAsync(It.IsAny<OutgoingMail>())).Returns<OutgoingMail>(mail =>
        {
            mails.Enqueue(mail);
            return Task.FromResult<MailResult>(new MailResult.Taken());
        });
        return await PaySgApp.StartAsync(
            settings: new Dictionary<string, string>(settings)
            {
                ["PaySg__Email__SmtpHost"] = "127.0.0.1",
                ["PaySg__Email__From"] = "no-reply@agency.gov.sg",
                ["AzureWebJobs.Sweep.Disabled"] = "true",
            },
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)).Replace(ServiceDescriptor.Singleton(relay.Object)));
    }

    private async Task<string> CreatedAsync(string locale, PaySgApp? where = null) =>
        await (where ?? app).Client.CreatedPaymentAsync(A.Payment().Of(1130).With("reference_id", "INV-1").With("payer_email", $"{locale}@example.com").With("locale", locale));

    private async Task SendAsync(string id) => (await app.Client.SendEmailAsync(id)).Expect(HttpStatusCode.OK);

    /// <summary>Moves the time on and lets the sweeper find what is due.</summary>
    private async Task GoOnAsync(TimeSpan by)
    {
        clock.Shift += by + TimeSpan.FromMinutes(2);
        await app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
    }

    /// <summary>What the relay has taken, once it is as much as this and written down: what is not would be sent again when the clock is moved.</summary>
    private async Task<IReadOnlyList<OutgoingMail>> MailsAsync(int count)
    {
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count >= count);
        return [.. mails];
    }
}
