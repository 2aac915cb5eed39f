using MimeKit;
using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Mailbox;

namespace PaySg.Functions.Tests.Payments.Emails;

public sealed class MailContentTests
{
    private const string Nasty = "<script>alert(1)</script>\" onload=\"x\r\nBcc: thief@example.com\r\n\r\nSecond mail\u2028\u202Etxt {0} {{";

    private static readonly DateTimeOffset Now = new(2026, 7, 19, 7, 4, 0, TimeSpan.Zero);
    private static readonly MailboxAddress Sender = new("Agency", "no-reply@agency.gov.sg");
    private static readonly PaymentService Service = new("payment_service_1", "code", "Demo agency", Now);
    private static readonly PaymentDetails Plain = new()
    {
        ReferenceId = "INV-2026-0001",
        PayerName = "Tan Ah Kow",
        PayerEmail = "payer@example.com",
        Description = "Licence fee",
        AmountInCents = 1130,
    };

    [Fact]
    public void A_link_mail_says_who_asks_for_how_much_what_for_and_where_to_pay_in_both_parts()
    {
        var mail = Link(Plain with { DueDate = "31-DEC-2026" });

        Assert.Equal("Demo agency: please pay S$11.30 (INV-2026-0001)", mail.Subject);
        Assert.Equal("payer@example.com", mail.To.Address);
        Assert.Equal("Tan Ah Kow", mail.To.Name);
        Assert.Equal("<mail_1@agency.gov.sg>", mail.MessageId);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            foreach (var fact in new[] { "Demo agency", "Tan Ah Kow", "S$11.30", "Licence fee", "INV-2026-0001", "31 Dec 2026", "https://pay.agency.gov.sg/payments/-abc" })
                Assert.Contains(fact, part, StringComparison.Ordinal);
        }

        Assert.Contains("<a href=\"https://pay.agency.gov.sg/payments/-abc\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"cid:{MimeMail.QrCodeId}", mail.Html, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], mail.QrCode![..4]);
    }

    [Fact]
    public void The_agency_its_greeting_its_support_and_its_logo_are_shown()
    {
        var mail = Of(Plain, MailKind.Link, Service with
        {
            AgencyName = "Ministry of Forms",
            EmailGreeting = "Thank you for your application.",
            SupportEmail = "help@forms.gov.sg",
            SupportPhone = "+65 6000 0000",
            LogoUrl = "https://forms.gov.sg/logo.png?a=1&b=2",
        });

        foreach (var part in new[] { mail.Text, mail.Html.Replace("&#x2B;", "+", StringComparison.Ordinal) })
        {
            Assert.Contains("Thank you for your application. Ministry of Forms asks you to pay", part, StringComparison.Ordinal);
            Assert.Contains("Contact Ministry of Forms (help@forms.gov.sg, +65 6000 0000).", part, StringComparison.Ordinal);
        }

        Assert.Contains("<img src=\"https://forms.gov.sg/logo.png?a=1&amp;b=2\" alt=\"Ministry of Forms\"", mail.Html, StringComparison.Ordinal);
        Assert.StartsWith("Ministry of Forms: please pay", mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_mail_without_a_due_date_does_not_speak_of_one()
    {
        var mail = Link(Plain);

        Assert.DoesNotContain("Due date", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Due date", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_says_how_much_was_paid_when_in_Singapore_and_names_the_payment()
    {
        var mail = Receipt(Plain);

        Assert.Equal("Demo agency: receipt for S$11.30 (INV-2026-0001)", mail.Subject);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            foreach (var fact in new[] { "Demo agency", "S$11.30", "INV-2026-0001", "19 Jul 2026, 15:04 (Singapore time)", "-abc" })
                Assert.Contains(fact, part, StringComparison.Ordinal);
        }

        Assert.Null(mail.QrCode);
        Assert.DoesNotContain("<a ", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_has_the_items_and_the_tax_in_both_parts()
    {
        var mail = Of(
            Plain with { PayerAddress = "2 Road", LineItems = [new LineItem("Licence", 1000, null), new LineItem("Plate", 100, 2)] },
            MailKind.Receipt,
            Service with { AgencyAddress = "1 Road", GstRateBasisPoints = 900, GstRegistrationNumber = "M90312345X" });

        foreach (var part in new[] { mail.Text, PageText.Of(mail.Html) })
        {
            foreach (var fact in new[] { "Tax invoice", "-abc", "19 Jul 2026", "1 Road", "M90312345X", "2 Road", "Licence", "S$10.00", "Plate × 2", "Before GST S$9.17, GST S$0.83", "Not itemised", "S$0.30", "S$10.37", "GST (9%)", "S$0.93", "S$11.30" })
                Assert.Contains(fact, part, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1, "−S$0.01")]
    [InlineData(-123456, "−S$1,234.56")]
    [InlineData(1, "S$0.01")]
    [InlineData(100, "S$1.00")]
    [InlineData(1130, "S$11.30")]
    [InlineData(123456, "S$1,234.56")]
    [InlineData(20_000_000, "S$200,000.00")]
    public void Amounts_have_two_decimals(long cents, string expected) => Assert.Equal(expected, Texts.English.Dollars(cents));

    [Theory]
    [InlineData("a\r\nb", "a b")]
    [InlineData("\r\n a \t b \n", "a b")]
    [InlineData("a\u0085b\u2028c\u2029d\0e", "a b c d e")]
    [InlineData("陈亚九 — “fee”", "陈亚九 — “fee”")]
    [InlineData(null, "")]
    public void Texts_become_one_line(string? text, string expected) => Assert.Equal(expected, ShownText.OneLine(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb", ShownText.OneLine("a\uD800b"));

    [Fact]
    public async Task An_encoded_word_in_a_reference_is_shown_and_not_decoded()
    {
        var received = await SentAsync(Link(Plain with { ReferenceId = "=?utf-8?Q?=0D=0AHello?=" }));

        Assert.EndsWith("(= ?utf-8?Q?=0D=0AHello?=)", received.Subject, StringComparison.Ordinal);
    }

    public static TheoryData<string, object> Fields()
    {
        var fields = new TheoryData<string, object>();
        foreach (var field in new[] { "service", "agency", "address", "greeting", "support", "logo", "name", "payer-address", "description", "reference", "due", "item" })
        {
            fields.Add(field, MailKind.Link);
            fields.Add(field, MailKind.Receipt);
            fields.Add(field, MailKind.Refund);
        }

        return fields;
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task No_field_can_inject_markup_or_headers_or_lines(string field, object kind)
    {
        var details = field switch
        {
            "name" => Plain with { PayerName = Nasty },
            "description" => Plain with { Description = Nasty },
            "reference" => Plain with { ReferenceId = Nasty },
            "due" => Plain with { DueDate = Nasty },
            "payer-address" => Plain with { PayerAddress = Nasty },
            "item" => Plain with { LineItems = [new LineItem(Nasty, 1130, 2)] },
            _ => Plain,
        };
        var mail = Of(details, (MailKind)kind, field switch
        {
            "service" => Service with { Name = Nasty },
            "agency" => Service with { AgencyName = Nasty },
            "address" => Service with { AgencyAddress = Nasty },
            "greeting" => Service with { EmailGreeting = Nasty },
            "support" => Service with { SupportEmail = Nasty, SupportPhone = Nasty },
            "logo" => Service with { LogoUrl = Nasty },
            _ => Service,
        });

        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\" onload", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(mail.Subject, char.IsControl);
        Assert.DoesNotContain(mail.To.Name!, char.IsControl);
        Assert.DoesNotContain(mail.Text.Split('\n'), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Second", StringComparison.Ordinal));

        var received = await SentAsync(mail);
        Assert.Equal("payer@example.com", Assert.Single(received.Message.GetRecipients()).Address);
        Assert.DoesNotContain(received.Message.Headers, header => header.Id is HeaderId.Bcc or HeaderId.Cc);
        Assert.Equal(mail.Subject, received.Subject);
        Assert.Equal(mail.Html, received.Html);
        Assert.Equal(mail.Text, received.Text);
    }

    [Theory]
    [InlineData("Tan \"Ah\" Kow")]
    [InlineData("Tan \\")]
    [InlineData("\"<thief@example.com>,\"")]
    [InlineData("thief@example.com, Tan <x@y.z>;")]
    [InlineData("陈亚九")]
    [InlineData("=?utf-8?Q?=0D=0ABcc:_thief@example.com?=")]
    public async Task A_name_cannot_become_an_address(string name)
    {
        var received = await SentAsync(Link(Plain with { PayerName = name }));

        // One mailbox in all, whatever the name looks like.
        var mailbox = Assert.Single(received.Message.GetRecipients());
        Assert.Equal("payer@example.com", mailbox.Address);
        Assert.DoesNotContain(mailbox.Name!, char.IsControl);
        Assert.DoesNotContain(received.Message.Headers, header => header.Id is HeaderId.Bcc or HeaderId.Cc);
    }

    [Fact]
    public async Task A_mail_has_plain_text_and_html_as_alternatives_and_the_code_as_an_inline_image()
    {
        var mail = Link(Plain);

        var received = await SentAsync(mail);

        var alternatives = Assert.IsType<MultipartAlternative>(received.Message.Body);
        Assert.Equal(["text/plain", "multipart/related"], alternatives.Select(part => part.ContentType.MimeType));
        var image = Assert.Single(received.Images);
        Assert.Equal(MimeMail.QrCodeId, image.ContentId);
        Assert.Equal(mail.QrCode, ReceivedMail.BytesOf(image));
        Assert.Equal(mail.MessageId, $"<{received.Message.MessageId}>");
        Assert.Equal("auto-generated", received.Message.Headers["Auto-Submitted"]);
        Assert.Equal("no-reply@agency.gov.sg", Assert.Single(received.Message.From.Mailboxes).Address);
        Assert.Contains("data:image/png;base64,", received.HtmlWithImages, StringComparison.Ordinal);
    }

    private static OutgoingMail Link(PaymentDetails details) => Of(details, MailKind.Link, Service);

    private static OutgoingMail Receipt(PaymentDetails details) => Of(details, MailKind.Receipt, Service);

    private static OutgoingMail Of(PaymentDetails details, MailKind kind, PaymentService service)
    {
        var urls = new PaymentUrls(ReadSettings.OfApp());
        var payment = Payment.Create("-abc", "payment_service_1", "user_1", details, Now);
        if (kind != MailKind.Link)
            payment = payment.KeepSupplier(Supplier.Of(service)).Pay("att_1", Now);
        if (kind == MailKind.Refund)
            payment = payment.BeginRefund(new Refund { Id = "re_1", AmountInCents = 130, CreatedAt = Now, UpdatedAt = Now }).EndRefund("re_1", RefundStatus.Succeeded, Now);
        return new MailContent(urls).Of(PaymentMail.Of(payment, kind, "mail_1", Now) with { RefundId = "re_1" }, payment, service, Sender);
    }

    /// <summary>The mail as it leaves, read again.</summary>
    private static async Task<ReceivedMail> SentAsync(OutgoingMail mail)
    {
        var store = new MailStore(folder: null, TimeProvider.System);
        await new MailboxTransport(store, TimeProvider.System).SendAsync(mail);
        return store.Find(Assert.Single(store.Ids()))!;
    }
}
