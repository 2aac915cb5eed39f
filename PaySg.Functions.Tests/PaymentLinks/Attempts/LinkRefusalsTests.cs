using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks.Attempts;

[Trait("Category", "Rules")]
public sealed class LinkRefusalsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(7));
    private static readonly LinkCustomer Siti = new("Siti", "siti@example.com", "081234567890");
    private static readonly Account Active = new() { Id = "a", Name = "Merchant", Email = "m@example.com", Phone = "0812", CreatedAt = Now, UpdatedAt = Now };
    private static readonly Account Inactive = Active with { Status = AccountStatus.Inactive };

    [Fact]
    public void A_link_is_refused_for_the_first_reason_that_there_is()
    {
        var usedUp = A.PaymentLink().MaxUsage(1).Paid(1);

        Assert.Null(LinkRefusals.Of(A.PaymentLink().Build(), Active, hasMethods: true, Now));
        Assert.Equal(LinkRefusal.NoMethods, LinkRefusals.Of(A.PaymentLink().Build(), Active, hasMethods: false, Now));
        Assert.Equal(LinkRefusal.UsedUp, LinkRefusals.Of(usedUp.Build(), Active, hasMethods: true, Now));
        Assert.Equal(LinkRefusal.Expired, LinkRefusals.Of(usedUp.Expiring(Now).Build(), Active, hasMethods: true, Now));
        Assert.Equal(LinkRefusal.Closed, LinkRefusals.Of(usedUp.In(PaymentLinkStatus.Closed).Build(), Active, hasMethods: true, Now));
        Assert.Equal(LinkRefusal.AccountInactive, LinkRefusals.Of(usedUp.Build(), Inactive, hasMethods: true, Now));
        Assert.Equal(LinkRefusal.AccountInactive, LinkRefusals.Of(usedUp.Build(), account: null, hasMethods: true, Now));
    }

    [Fact]
    public void What_is_wrong_with_the_link_comes_before_what_is_wrong_with_the_payer()
    {
        var closed = A.PaymentLink().In(PaymentLinkStatus.Closed).With(terms => terms with { WhitelistedPaymentMethod = ["QRIS"] }).Build();

        Assert.Equal(LinkRefusal.Closed, LinkRefusals.Of(closed, Active, Order("VA_BRI", Siti), hasMethods: true, Now));
    }

    [Fact]
    public void A_method_that_the_link_does_not_list_is_refused()
    {
        var qrisOnly = A.PaymentLink().With(terms => terms with { WhitelistedPaymentMethod = ["QRIS"], RequiredCustomerDetail = true }).Build();

        Assert.Null(LinkRefusals.Of(qrisOnly, Active, Order("QRIS", Siti), hasMethods: true, Now));
        Assert.Equal(LinkRefusal.MethodNotAllowed, LinkRefusals.Of(qrisOnly, Active, Order("VA_BRI", LinkCustomer.Unknown), hasMethods: true, Now));
    }

    [Theory]
    [InlineData("Siti", "siti@example.com", "081234567890", "")]
    [InlineData("", "siti@example.com", "081234567890", "name")]
    [InlineData("Siti", "", "081234567890", "email")]
    [InlineData("Siti", "siti@example.com", "", "phone")]
    [InlineData("", "", "", "name email phone")]
    public void A_link_that_asks_who_pays_needs_all_of_it_and_others_need_nothing(string name, string email, string phone, string missing)
    {
        var order = Order("QRIS", new LinkCustomer(name, email, phone));
        var asking = A.PaymentLink().With(terms => terms with { RequiredCustomerDetail = true }).Build();

        Assert.Equal(missing.Split(' ', StringSplitOptions.RemoveEmptyEntries), order.Customer.MissingFields());
        Assert.Equal(missing.Length == 0 ? null : LinkRefusal.DetailsMissing, LinkRefusals.Of(asking, Active, order, hasMethods: true, Now));
        Assert.Null(LinkRefusals.Of(A.PaymentLink().Build(), Active, order, hasMethods: true, Now));
    }

    [Fact]
    public void Who_was_not_asked_has_said_nothing() => Assert.Equal(new LinkCustomer("", "", ""), LinkCustomer.Unknown);

    [Theory]
    [InlineData(LinkRefusal.AccountInactive, 402, "account_inactive")]
    [InlineData(LinkRefusal.Closed, 402, "payment_link_closed")]
    [InlineData(LinkRefusal.Expired, 402, "payment_link_expired")]
    [InlineData(LinkRefusal.UsedUp, 402, "payment_link_used_up")]
    [InlineData(LinkRefusal.MethodNotAllowed, 402, "payment_method_not_allowed")]
    [InlineData(LinkRefusal.DetailsMissing, 400, "invalid_parameters")]
    [InlineData(LinkRefusal.InDoubt, 503, "charge_in_doubt")]
    public void A_caller_is_told_by_an_error_of_its_own(object refusal, int status, string code)
    {
        var error = LinkRefusals.ErrorOf((LinkRefusal)refusal, Order("VA_BRI", LinkCustomer.Unknown)).Error;

        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Fact]
    public void A_caller_is_told_each_detail_that_is_missing()
    {
        var error = LinkRefusals.ErrorOf(LinkRefusal.DetailsMissing, Order("QRIS", new LinkCustomer("Siti", "", ""))).Error;

        Assert.Equal(
            [("customer.email", "is required: this payment link asks who pays."), ("customer.phone", "is required: this payment link asks who pays.")],
            error.Fields.Select(field => (field.Field, field.Message)));
    }

    private static LinkOrder Order(string method, LinkCustomer customer) =>
        new(new PaymentLinkClaim("PL1", "a", 1), PaymentLinkMethods.Find(method)!, customer, new PaymentMethod(method, "token"));
}
