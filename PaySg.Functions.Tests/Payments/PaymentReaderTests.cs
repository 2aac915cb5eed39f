using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

/// <summary>What is read of a payment's document by ourselves, against what the generated reader reads.</summary>
[Trait("Category", "Rules")]
public sealed class PaymentReaderTests
{
    private const string NoPayment = "no payment";
    private static readonly DateTimeOffset Created = new(2026, 1, 15, 1, 30, 0, 5, TimeSpan.Zero);

    private static readonly PaymentDetails Full = A.FullDetails with { Locale = "zh" };

    private static readonly Payment New = Payment.Create("-abcdefcode0123456789", "payment_service_1", "user_1", Full, Created);

    private static readonly Payment Paid = New.Pay("att_1", Created.AddSeconds(1)) with
    {
        PaidHandle = new GatewayHandle("acct_1", "pi_1"),
        PaidCard = new ChargedCard("visa", "4242"),
        Supplier = new Supplier { Name = "Board", Address = "", Support = ["a@b.sg"], GstRateBasisPoints = 900 },
        PayerLanguage = "ta",
    };

    private static readonly Payment[] Expected =
    [
        Payment.Create("-abcdefcode0123456789", "payment_service_1", "user_1", new PaymentDetails { ReferenceId = "r", PayerName = "p", Description = "", AmountInCents = 1 }, Created),
        New,
        Paid,
        Paid.BeginRefund(Refund).EndRefund(Refund.Id, RefundStatus.Succeeded, Created.AddDays(1)),
        New.Cancel(Created.AddSeconds(1), "user_2"),
        New.AskLinkMail(Created).WithEmailSent(Created.AddSeconds(2)),
    ];

    /// <summary>What may stand anywhere: every kind of a value, some that are right in one place only, and texts that are no Unicode.</summary>
    private static readonly string[] Values =
    [
        "null", "1", "-1", "1.0", "3000000000", "1e3", "99999999999999999999", "true", "\"\"", "\"Paid\"", "\"paid\"", "\"2026-01-15T01:30:00Z\"", "\"2026-01-15\"", "\"\\ud800\"", "[]", "[{}]",
        "[null]", "[[1]]", "{}", "{\"a\":1}",
    ];

    private static Refund Refund => new() { Id = "re_1", AmountInCents = 130, CreatedAt = Created, UpdatedAt = Created };

    [Fact]
    public void A_payment_in_each_of_its_usual_states_is_read_without_the_generated_reader() => Assert.All(Expected, payment =>
    {
        var document = PaymentRows.Print(payment);

        Assert.Equal(document, PaymentRows.Print(PaymentReader.Find(document)!));
        Assert.Equal(document, PaymentRows.Print(Generated(document)));
    });

    [Fact]
    public void A_payment_with_something_rare_is_read_all_the_same()
    {
        var disputed = Paid.Dispute(new ChargeDispute("dp_1", 1130, "fraudulent", DisputeStatus.Open, Created), Created.AddDays(3));

        Assert.Null(PaymentReader.Find(PaymentRows.Print(disputed)));
        Assert.Equal(PaymentRows.Print(disputed), PaymentRows.Print(PaymentReader.Read(PaymentRows.Print(disputed))));
    }

    /// <summary>
    /// All that a payment may hold, found from its type, so that a property that is new is tried, too: in any order, missing, twice, null, under a name with escapes,
    /// beside unknown ones, with values of another kind.
    /// </summary>
    [Fact]
    public void Whatever_a_document_holds_is_read_as_by_the_generated_reader()
    {
        var (read, refused) = (0, 0);
        Properties.Hold(
            from seed in Gen.Choose(0, int.MaxValue)
            from oddities in Gen.Elements(0, 0, 1, 2)
            select new RandomDocument(new Random(seed), oddities, Values).Print(StoredPaymentJson.Compact.Payment),
            document =>
            {
                var expected = Said(document, Generated);

                Assert.Equal(expected, Said(document, PaymentReader.Read));
                read += expected != NoPayment && PaymentReader.Find(Encoding.UTF8.GetBytes(document)) is not null ? 1 : 0;
                refused += expected == NoPayment ? 1 : 0;
            },
            tests: 3000);

        // Enough of each, whatever is drawn.
        Assert.InRange(read, 200, 3000);
        Assert.InRange(refused, 100, 3000);
    }

    /// <summary>A payment that every release could have written, with one value in one place changed.</summary>
    [Fact]
    public void A_document_with_one_other_value_is_read_as_by_the_generated_reader() => Assert.All(Expected, payment =>
    {
        var document = Encoding.UTF8.GetString(PaymentRows.Print(payment));
        var members = Regex.Matches(document, """[a-z_]":(?<value>"(?:[^"\\]|\\.)*"|[-0-9.]+|true|false|\[\])""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(member => member.Groups["value"]).ToList();

        Assert.True(members.Count >= 10);
        Assert.All(
            from value in members
            from other in Values
            select document[..value.Index] + other + document[(value.Index + value.Length)..],
            changed => Assert.Equal(Said(changed, Generated), Said(changed, PaymentReader.Read)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"a\"")]
    [InlineData("{\"id\":\"a\"}}")]
    [InlineData("{\"details\":{\"reference_id\":\"a\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"id\":\"\\udfff\"}")]
    public void What_is_no_payment_is_refused(string document) => Assert.Equal(Said(document, Generated), Said(document, PaymentReader.Read));

    private static Payment Generated(ReadOnlySpan<byte> document) => JsonSerializer.Deserialize(document, StoredPaymentJson.Compact.Payment)!;

    private static string Said(string document, Reader read)
    {
        try
        {
            return Encoding.UTF8.GetString(PaymentRows.Print(read(Encoding.UTF8.GetBytes(document))));
        }
        catch (JsonException)
        {
            return NoPayment;
        }
    }

    private delegate Payment Reader(ReadOnlySpan<byte> document);
}
