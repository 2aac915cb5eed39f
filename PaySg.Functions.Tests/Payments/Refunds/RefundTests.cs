using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Tests.Payments.Refunds;

[Trait("Category", "Rules")]
public sealed class RefundTests
{
    private static readonly DateTimeOffset Asked = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Later = Asked.AddMinutes(7);

    private static readonly (RefundStatus From, RefundStatus To)[] Listed =
    [
        (RefundStatus.Pending, RefundStatus.Succeeded),
        (RefundStatus.Pending, RefundStatus.Failed),
        (RefundStatus.Succeeded, RefundStatus.Failed),
    ];

    [Fact]
    public void A_change_of_status_is_possible_if_and_only_if_it_is_listed()
    {
        foreach (var from in Enum.GetValues<RefundStatus>())
        {
            foreach (var to in Enum.GetValues<RefundStatus>())
            {
                var isListed = Listed.Contains((from, to));

                Assert.True(RefundTransitions.Allows(from, to) == isListed, $"{from} to {to}");
                var fault = Record.Exception(() => In(from).Become(to, Later));
                Assert.Equal(isListed ? null : $"A refund that is {from.Name()} cannot become {to.Name()}.", fault?.Message);
                Assert.Equal(isListed, Record.Exception(() => RefundTransitions.EventOf(from, to)) is null);
            }
        }

        Assert.All(RefundTransitions.Edges, edge => Assert.NotEmpty(edge.Reason));
    }

    [Fact]
    public void A_refund_that_is_decided_knows_when_and_why()
    {
        Assert.Equal(In(RefundStatus.Succeeded) with { UpdatedAt = Later }, In(RefundStatus.Pending).Become(RefundStatus.Succeeded, Later));
        Assert.Equal(
            In(RefundStatus.Failed) with { UpdatedAt = Later, FailureReason = "account_closed" },
            In(RefundStatus.Pending).Become(RefundStatus.Failed, Later, "account_closed"));
    }

    [Fact]
    public void A_refund_is_in_doubt_until_the_gateway_has_decided_it_or_given_it_a_name()
    {
        Assert.True(In(RefundStatus.Pending).IsInDoubt);
        Assert.False((In(RefundStatus.Pending) with { Reference = "re_stripe" }).IsInDoubt);
        Assert.False(In(RefundStatus.Succeeded).IsInDoubt);
        Assert.False(In(RefundStatus.Failed).IsInDoubt);
    }

    [Theory]
    [InlineData(RefundStatus.Pending, "pending")]
    [InlineData(RefundStatus.Succeeded, "succeeded")]
    [InlineData(RefundStatus.Failed, "failed")]
    public void A_status_has_a_name_in_the_API(object status, string expected) => Assert.Equal(expected, ((RefundStatus)status).Name());

    [Theory]
    [InlineData(RefundProgress.NotRefunded, "not_refunded")]
    [InlineData(RefundProgress.PartiallyRefunded, "partially_refunded")]
    [InlineData(RefundProgress.FullyRefunded, "fully_refunded")]
    public void How_much_has_gone_back_has_the_name_that_PaySG_gives_it(object progress, string expected) =>
        Assert.Equal(expected, ((RefundProgress)progress).Name());

    private static Refund In(RefundStatus status) => new() { Id = "re_1", AmountInCents = 130, Status = status, CreatedAt = Asked, UpdatedAt = Asked };
}
