using System.Text;
using System.Text.Json;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks;

[Trait("Category", "Rules")]
public sealed class PaymentLinkTests
{
    private static readonly DateTimeOffset Now = PaymentLinkFixture.Created.AddDays(1);

    [Fact]
    public void A_new_link_is_open_and_unpaid()
    {
        var link = A.PaymentLink().Build();

        Assert.Equal((PaymentLinkStatus.Open, 0, false), (link.Status, link.CurrentUsage, link.HasHistories));
        Assert.Equal((PaymentLinkFixture.Created, PaymentLinkFixture.Created), (link.CreatedAt, link.UpdatedAt));
        Assert.Null(link.PaymentDate);
    }

    [Theory]
    [InlineData(PaymentLinkStatus.Open, null, PaymentLinkStatus.Open, false)]
    [InlineData(PaymentLinkStatus.Open, 1, PaymentLinkStatus.Open, false)]
    [InlineData(PaymentLinkStatus.Open, 0, PaymentLinkStatus.Expired, true)]
    [InlineData(PaymentLinkStatus.Open, -1, PaymentLinkStatus.Expired, true)]
    [InlineData(PaymentLinkStatus.Closed, null, PaymentLinkStatus.Closed, false)]
    [InlineData(PaymentLinkStatus.Closed, 1, PaymentLinkStatus.Closed, false)]
    [InlineData(PaymentLinkStatus.Closed, -1, PaymentLinkStatus.Closed, true)]
    [InlineData(PaymentLinkStatus.Expired, null, PaymentLinkStatus.Expired, true)]
    [InlineData(PaymentLinkStatus.Expired, 1, PaymentLinkStatus.Expired, true)]
    [InlineData(PaymentLinkStatus.Expired, -1, PaymentLinkStatus.Expired, true)]
    public void What_a_link_is_follows_from_its_status_and_its_date(object status, int? millisecondsLeft, object expected, bool isExpired)
    {
        var link = A.PaymentLink().In((PaymentLinkStatus)status).Expiring(millisecondsLeft is { } left ? Now.AddMilliseconds(left) : null).Build();

        Assert.Equal(((PaymentLinkStatus)expected, isExpired), (link.StatusAt(Now), link.IsExpiredAt(Now)));
        Assert.Equal((PaymentLinkStatus)status, link.Status);
    }

    [Fact]
    public void A_use_is_counted_with_its_time_until_the_link_is_used_up()
    {
        var link = A.PaymentLink().MaxUsage(2).Paid(1).Build();
        Assert.False(link.IsUsedUp);

        var usedUp = link.CountUse(Now);

        Assert.Equal((2, Now, Now, true), (usedUp.CurrentUsage, usedUp.PaymentDate!.Value, usedUp.UpdatedAt, usedUp.IsUsedUp));
        Assert.Equal("Payment link 103 is used up.", Assert.Throws<InvalidOperationException>(() => usedUp.CountUse(Now)).Message);
        Assert.Equal(PaymentLinkStatus.Open, usedUp.StatusAt(Now));
    }

    [Fact]
    public void A_link_without_a_limit_is_never_used_up()
    {
        var link = A.PaymentLink().MaxUsage(0).Paid(50).Build();

        Assert.False(link.IsUsedUp);
        Assert.Equal(51, link.CountUse(Now).CurrentUsage);
    }

    [Fact]
    public void Terms_are_replaced_as_a_whole_and_nothing_else_is()
    {
        var link = A.PaymentLink().Expiring(Now).With(terms => terms with { RedirectUrl = "https://a.example", WhitelistedPaymentMethod = ["QRIS"], OptionalMetadata = "{}" }).Paid(2).Build();

        var changed = link.WithTerms(new PaymentLinkTerms { MaxUsage = 2, Status = PaymentLinkStatus.Closed, RequiredCustomerDetail = true }, Now);

        Assert.Equal(
            link with
            {
                MaxUsage = 2,
                Status = PaymentLinkStatus.Closed,
                RequiredCustomerDetail = true,
                ExpiredAt = null,
                RedirectUrl = null,
                WhitelistedPaymentMethod = null,
                OptionalMetadata = null,
                UpdatedAt = Now,
            },
            changed);
    }

    [Fact]
    public void Terms_of_a_link_leave_it_as_it_is()
    {
        var link = A.PaymentLink().MaxUsage(1).Expiring(Now).In(PaymentLinkStatus.Closed).With(terms => terms with
        {
            RequiredCustomerDetail = true,
            RedirectUrl = "https://a.example",
            SuccessRedirectUrl = "https://b.example",
            ExpiredRedirectUrl = "https://c.example",
            WhitelistedPaymentMethod = ["QRIS"],
            OptionalMetadata = """{"a":1}""",
            CustomerName = "Siti",
            CustomerEmail = "siti@example.com",
            CustomerPhone = "0812",
        }).Build();

        Assert.Equal(link, link.WithTerms(link.Terms, link.UpdatedAt));
    }

    [Fact]
    public void The_row_of_a_link_keeps_its_terms_beside_the_rest_in_the_order_it_always_had()
    {
        var link = A.PaymentLink().MaxUsage(1).Expiring(Now).In(PaymentLinkStatus.Closed).With(terms => terms with
        {
            RequiredCustomerDetail = true,
            RedirectUrl = "https://a.example",
            SuccessRedirectUrl = "https://b.example",
            ExpiredRedirectUrl = "https://c.example",
            WhitelistedPaymentMethod = ["QRIS"],
            OptionalMetadata = """{"a":1}""",
            CustomerName = "Siti",
            CustomerEmail = "siti@example.com",
            CustomerPhone = "0812",
        }).WithDetails(details => details with { Items = null, Description = "what for" }).Paid(1).Build();

        Assert.Equal(
            """
            {"id":103,"account_id":"01K7P073Q8RE2A9PQT8Q7MXPN4","reff_no":"PL2025102113590968f72f3df34e5","title":"tes","description":"what for",
            "source":"ApiV1","status":"Closed","required_customer_detail":true,"max_usage":1,"current_usage":1,"expired_at":"2025-10-22T13:59:40+07:00",
            "total_amount":20000,"whitelisted_payment_method":["QRIS"],
            "redirect_url":"https://a.example","success_redirect_url":"https://b.example","expired_redirect_url":"https://c.example",
            "optional_metadata":"{\"a\":1}",
            "customer_name":"Siti","customer_email":"siti@example.com","customer_phone":"0812",
            "payment_date":"2025-10-21T14:00:40+07:00","has_histories":true,"created_at":"2025-10-21T13:59:40+07:00","updated_at":"2025-10-21T14:00:40+07:00"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(link, StoredLinkJson.Compact.PaymentLink)));
        var read = PaymentLinkRows.Read(PaymentLinkRows.Write(link));
        Assert.Equal(link with { WhitelistedPaymentMethod = read.WhitelistedPaymentMethod }, read);
        Assert.Equal(link.WhitelistedPaymentMethod, read.WhitelistedPaymentMethod);
        var sparse = A.PaymentLink().WithDetails(details => details with { Items = null }).Build();
        Assert.Equal(sparse, PaymentLinkRows.Read(PaymentLinkRows.Write(sparse)));
    }

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, true)]
    [InlineData(3, 0, true)]
    [InlineData(3, 2, false)]
    public void No_terms_allow_fewer_uses_than_there_were(int paid, int maxUsage, bool allowed)
    {
        var link = A.PaymentLink().Paid(paid).Build();
        var terms = link.Terms with { MaxUsage = maxUsage };

        Assert.Equal(allowed, terms.Allow(link.CurrentUsage));
        if (allowed)
            Assert.Equal(maxUsage, link.WithTerms(terms, Now).MaxUsage);
        else
            Assert.Equal($"Payment link 103 was paid {paid} times.", Assert.Throws<InvalidOperationException>(() => link.WithTerms(terms, Now)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_link_that_is_paid_more_than_once_forgets_the_payer_who_was_meant(int maxUsage)
    {
        var link = A.PaymentLink().MaxUsage(1).With(terms => terms with { CustomerName = "Siti", CustomerEmail = "siti@example.com", CustomerPhone = "0812" }).Build();
        Assert.Equal("Siti", link.CustomerName);

        var changed = link.WithTerms(link.Terms with { MaxUsage = maxUsage }, Now);

        Assert.Null(changed.CustomerName ?? changed.CustomerEmail ?? changed.CustomerPhone);
    }

    [Fact]
    public void A_link_that_is_paid_once_takes_the_payer_who_is_meant_from_its_new_terms()
    {
        var link = A.PaymentLink().MaxUsage(1).Build();
        var terms = link.Terms with { CustomerName = "Siti", CustomerEmail = "siti@example.com", CustomerPhone = "0812" };

        Assert.Equal(terms, link.WithTerms(terms, Now).Terms);
    }

    [Fact]
    public void Payers_go_where_the_nearer_of_two_redirects_says()
    {
        var one = A.PaymentLink().With(terms => terms with { RedirectUrl = "https://a.example" }).Build();
        var three = A.PaymentLink().With(terms => terms with { RedirectUrl = "https://a.example", SuccessRedirectUrl = "https://b.example", ExpiredRedirectUrl = "https://c.example" }).Build();

        Assert.Equal(("https://a.example", "https://a.example"), (one.AfterSuccess, one.AfterExpiry));
        Assert.Equal(("https://b.example", "https://c.example"), (three.AfterSuccess, three.AfterExpiry));
        Assert.Null(A.PaymentLink().Build().AfterSuccess);
    }

    [Fact]
    public void A_method_is_allowed_unless_a_whitelist_lacks_it()
    {
        var any = A.PaymentLink().Build();
        var some = A.PaymentLink().With(terms => terms with { WhitelistedPaymentMethod = ["QRIS", "VA_BRI"] }).Build();

        Assert.True(any.Allows("QRIS"));
        Assert.True(some.Allows("VA_BRI"));
        Assert.False(some.Allows("VA_BCA"));
        Assert.False(some.Allows("qris"));
    }

    [Fact]
    public void A_subtotal_is_quantity_times_price()
    {
        var item = new PaymentLinkItem("Discount", new(3, "3", false), new(-5000, "-5000.00", true));

        Assert.Equal(-15000, item.Subtotal);
    }

    [Fact]
    public void A_link_is_read_from_its_row_as_it_was_written()
    {
        var link = A.PaymentLink().MaxUsage(1).Expiring(Now).In(PaymentLinkStatus.Expired).With(terms => terms with
        {
            RedirectUrl = "https://a.example/?a=1&b=é",
            SuccessRedirectUrl = "https://b.example",
            ExpiredRedirectUrl = "https://c.example",
            OptionalMetadata = """{"a":[1,{"b":"\"<陳> 😀"}]}""",
            CustomerName = "Siti Café",
            CustomerEmail = "siti@example.com",
            CustomerPhone = "0812",
        }).WithDetails(details => details with { Description = "More", Source = PaymentLinkSource.ApiV2, Title = "陳 😀" }).Paid(1).Build();

        var read = PaymentLinkRows.Read(PaymentLinkRows.Write(link));

        Assert.Equal(link.Items, read.Items);
        Assert.Equal(link, read with { Items = link.Items });
    }
}
