using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Builds an attempt on a payment link as it is stored: <c>A.LinkAttempt().Of(20000).At(time).Paid()</c>.</summary>
public sealed class LinkAttemptFixture
{
    public static readonly DateTimeOffset Begun = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(7));

    private PaymentLink link = A.PaymentLink().Build();
    private DateTimeOffset begun = Begun;
    private LinkMethod method = new("QRIS", "QRIS", "00020101021251");
    private LinkCustomer customer = LinkCustomer.Unknown;
    private string? payeeName = "Demo merchant";
    private int number;
    private Func<LinkAttempt, LinkAttempt> then = static attempt => attempt;

    internal LinkAttemptFixture On(PaymentLink on)
    {
        link = on;
        return this;
    }

    public LinkAttemptFixture Of(long rupiah) => On(link with { TotalAmount = rupiah });

    public LinkAttemptFixture At(DateTimeOffset time)
    {
        begun = time;
        return this;
    }

    /// <summary>Tells attempts of one millisecond apart: 0 to 4,095.</summary>
    public LinkAttemptFixture Number(int of)
    {
        number = of;
        return this;
    }

    /// <summary>Begun by a release that did not write down whose link it was, or under a name of its own.</summary>
    public LinkAttemptFixture To(string? name)
    {
        payeeName = name;
        return this;
    }

    public LinkAttemptFixture By(string code, string value)
    {
        method = new LinkMethod(code, code.Replace('_', ' '), value);
        return this;
    }

    internal LinkAttemptFixture From(LinkCustomer payer)
    {
        customer = payer;
        return this;
    }

    /// <summary>Paid, a minute after it was begun or after so long.</summary>
    public LinkAttemptFixture Paid(TimeSpan? after = null) => Ends(ChargeAttemptStatus.Succeeded, after ?? TimeSpan.FromMinutes(1));

    public LinkAttemptFixture Failed(string reason = "card_declined") => Ends(ChargeAttemptStatus.Failed, TimeSpan.FromMinutes(1), reason);

    internal LinkAttemptFixture In(ChargeAttemptStatus status) => Ends(status, TimeSpan.Zero);

    internal LinkAttempt Build()
    {
        var id = PaymentLinkId.Of(begun, number)!.Value;
        return then(LinkAttempt.Begin(link, id, LinkAttemptNo.New(id, FixedRandom.Middle), method, customer, begun) with { PayeeName = payeeName });
    }

    private LinkAttemptFixture Ends(ChargeAttemptStatus status, TimeSpan after, string? reason = null)
    {
        then = attempt => status == ChargeAttemptStatus.Begun ? attempt : attempt.Become(status, begun + after, reason);
        return this;
    }
}
