using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Management.Audit;

/// <summary>Reads the filter of a log's query, whose parameters are each given once, and says of each what is wrong with it.</summary>
internal static class AuditFilterReader
{
    public const string From = "from";
    public const string To = "to";
    public const string By = "by";

    /// <summary>The parameters.</summary>
    public static readonly string[] Parameters = [From, To, By];

    private const int LongestText = 254;

    /// <summary>The filter. Where something is wrong it is added to the errors.</summary>
    public static AuditFilter Read(IQueryCollection query, List<FieldError> errors)
    {
        var (from, to) = (Time(query, From, isEnd: false, errors), Time(query, To, isEnd: true, errors));
        if (from >= to)
            errors.Add(new FieldError(To, $"must be after {From}."));

        var by = query.TryGetValue(By, out var texts) ? texts.ToString().Trim().ToLowerInvariant() : null;
        if (by?.Length is 0 or > LongestText)
            errors.Add(new FieldError(By, $"must be a part of an email address, or the id of a member, or management: 1 to {LongestText} characters."));

        return new AuditFilter(from, to, by);
    }

    private static DateTimeOffset? Time(IQueryCollection query, string name, bool isEnd, List<FieldError> errors)
    {
        if (!query.TryGetValue(name, out var texts))
            return null;

        var time = RequestTime.ParseBound(texts.ToString(), isEnd);
        if (time is null)
            errors.Add(new FieldError(name, $"must be a day of Singapore, such as 2026-01-15, or a time: it {RequestTime.WhyNot(texts.ToString())}"));

        return time;
    }
}
