using PaySg.Functions.Payments.Emails;

namespace PaySg.Functions.Tests.Payments.Emails;

[Trait("Category", "Rules")]
public sealed class LinkMailsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 59)]
    [InlineData(59.5, 0.5)]
    [InlineData(60, 0)]
    [InlineData(3600, 0)]
    public void The_next_waits_for_a_minute(double later, double wait) =>
        Assert.Equal(TimeSpan.FromSeconds(wait), LinkMails.Add(null, Noon).WaitAt(Noon.AddSeconds(later)));

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, (24 * 60) - 20)]
    public void The_eleventh_waits_until_the_first_of_ten_is_a_day_old(int asked, int minutes)
    {
        var mails = Asked(asked, everyMinutes: 2);

        Assert.Equal(TimeSpan.FromMinutes(minutes), mails.WaitAt(Noon.AddMinutes(2 * asked).AddMinutes(asked == 10 ? 0 : 1)));
    }

    [Fact]
    public void After_a_day_it_goes_on_one_by_one_and_no_more_is_remembered_than_counts()
    {
        var mails = LinkMails.Add(Asked(10, everyMinutes: 2), Noon.AddDays(1));

        Assert.Equal(10, mails.AskedAt.Count);
        Assert.Equal(TimeSpan.FromMinutes(1), mails.WaitAt(Noon.AddDays(1).AddMinutes(1)));
        Assert.Equal(TimeSpan.Zero, mails.WaitAt(Noon.AddDays(1).AddMinutes(2)));
    }

    private static LinkMails Asked(int times, int everyMinutes) =>
        Enumerable.Range(0, times).Aggregate((LinkMails?)null, (mails, index) => LinkMails.Add(mails, Noon.AddMinutes(index * everyMinutes)))!;
}
