using System.Text.RegularExpressions;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The last month in which a card is valid.</summary>
/// <param name="Year">Four digits.</param>
/// <param name="Month">1 to 12.</param>
internal readonly partial record struct CardExpiry(int Year, int Month)
{
    private const int ThisCentury = 2000;

    /// <summary>What people, keyboards and browsers write between month and year: blanks, slashes, hyphens, dots.</summary>
    private const string Sign = @"[\s/\\|.,·\-\u2010-\u2015\u2044\u2212\u2215\u30FC]";

    /// <summary>
    /// Reads what payers type (<c>12/30</c>, <c>12 / 30</c>, <c>1230</c>, <c>12-30</c>, <c>12/2030</c>, <c>１２／３０</c>) and what browsers fill in
    /// (<c>2030-12</c> is the form that HTML gives to the autofill field <c>cc-exp</c>). Null: no month of any year.
    /// </summary>
    public static CardExpiry? Parse(string text)
    {
        var narrow = HalfWidth.Of(text);
        return Read(MonthFirst().Match(narrow)) ?? Read(YearFirst().Match(narrow));
    }

    /// <summary>How many months it is still valid after the present one in Singapore; below zero: it has expired.</summary>
    public int MonthsLeftAt(DateTimeOffset now)
    {
        // Singapore's month: a card is good to the end of its month.
        var today = now.ToOffset(SingaporeTime.Offset);
        return ((Year - today.Year) * 12) + Month - today.Month;
    }

    private static CardExpiry? Read(Match match)
    {
        if (!match.Success)
            return null;

        var year = Number("year");
        var month = Number("month");
        return month is >= 1 and <= 12 ? new CardExpiry(match.Groups["year"].Length == 2 ? ThisCentury + year : year, month) : null;

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Without a sign between them, the month has two digits.</summary>
    [GeneratedRegex(@"^\s*(?:(?<month>[0-9]{1,2})\s*" + Sign + @"\s*|(?<month>[0-9]{2}))(?<year>[0-9]{4}|[0-9]{2})\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^\s*(?<year>20[0-9]{2})\s*" + Sign + @"?\s*(?<month>[0-9]{2})\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearFirst();
}
