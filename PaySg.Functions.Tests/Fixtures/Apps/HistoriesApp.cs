using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The product with seven known attempts of the demo account, a day apart: <c>a</c> is the oldest.</summary>
public sealed class HistoriesApp : SharedApp, IAsyncLifetime
{
    private static readonly DateTimeOffset First = LinkAttemptFixture.Begun;

    /// <summary>The attempts by the letters that the tests call them by.</summary>
    internal IReadOnlyDictionary<char, LinkAttempt> Attempts { get; } = new Dictionary<char, LinkAttempt>
    {
        ['a'] = Day(0).Of(20_000).Paid(TimeSpan.FromDays(5)).Build(),
        ['b'] = Day(1).Of(30_000).By("VA_BRI", "5588867273870397").Paid().Build(),
        ['c'] = Day(2).Of(40_000).By("VA_BNI", "8808867273870000").Failed().Build(),
        ['d'] = Day(3).Of(50_000).By("VA_BRI", "5588811111111111").Failed(LinkAttempt.Expired).Build(),
        ['e'] = Day(4).Of(30_000).Build(),
        ['f'] = Day(5).Of(20_000).By("ALFAMART", "1234567890123456").Paid(TimeSpan.FromSeconds(30.5)).Build(),
        ['g'] = Day(9_125).Of(60_000).Build(),
    };

    /// <summary>The letters of a page, in its order.</summary>
    public string LettersOf(Answer page) => string.Concat(page.Json.GetProperty("data").EnumerateArray()
        .Select(row => Attempts.Single(attempt => attempt.Value.Id == row.GetProperty("id").GetInt64()).Key));

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await StoredLinks.AddAttemptsAsync(App.Connection, Attempts.Values);
    }

    private static LinkAttemptFixture Day(int day) => A.LinkAttempt().At(First.AddDays(day)).Number(day % 100);
}
