using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Json;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Builds a payment link as it is stored: <c>A.PaymentLink().MaxUsage(20).Paid(2)</c>.</summary>
public sealed class PaymentLinkFixture
{
    public static readonly DateTimeOffset Created = new(2025, 10, 21, 13, 59, 40, TimeSpan.FromHours(7));

    private PaymentLinkDetails details = new()
    {
        ReffNo = "PL2025102113590968f72f3df34e5",
        Title = "tes",
        TotalAmount = 20000,
        Items = [new PaymentLinkItem("tes", new WrittenNumber(1, "1", true), new WrittenNumber(20000, "20000", true))],
        Terms = new PaymentLinkTerms { MaxUsage = 20 },
    };

    private int timesPaid;

    public PaymentLinkFixture MaxUsage(int maxUsage) => With(terms => terms with { MaxUsage = maxUsage });

    public PaymentLinkFixture Expiring(DateTimeOffset? at) => With(terms => terms with { ExpiredAt = at });

    internal PaymentLinkFixture In(PaymentLinkStatus status) => With(terms => terms with { Status = status });

    internal PaymentLinkFixture With(Func<PaymentLinkTerms, PaymentLinkTerms> change)
    {
        details = details with { Terms = change(details.Terms) };
        return this;
    }

    internal PaymentLinkFixture WithDetails(Func<PaymentLinkDetails, PaymentLinkDetails> change)
    {
        details = change(details);
        return this;
    }

    /// <summary>Paid so often, a minute apart.</summary>
    public PaymentLinkFixture Paid(int times)
    {
        timesPaid = times;
        return this;
    }

    internal PaymentLink Build(long id = 103, string accountId = "01K7P073Q8RE2A9PQT8Q7MXPN4")
    {
        var link = PaymentLink.Create(id, accountId, details, Created);
        for (var i = 1; i <= timesPaid; i++)
            link = link.WithHistories().CountUse(Created.AddMinutes(i));
        return link;
    }
}
