using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Platform.Diagnostics;

namespace PaySg.Functions.Tests.Infra;

/// <summary>Holds a query of the workspace against what the product logs, traces and measures, under the names that Azure Monitor's exporter gives to it.</summary>
internal static partial class TelemetryQuery
{
    private static readonly string[] Tables = ["AppTraces", "AppExceptions", "AppRequests", "AppDependencies", "AppMetrics"];

    private static readonly string[] Steps = [Tracing.Request, Tracing.Outbox, Tracing.Delivery, Tracing.Mail];

    private static readonly string[] Metrics =
        [WebhookMetrics.Deliveries, WebhookMetrics.Attempts, WebhookMetrics.AttemptDuration, WebhookMetrics.PutBacks, WebhookMetrics.OldestUndelivered, PageMetrics.Unknown, PageMetrics.AttemptsRefused, BackupMetrics.Age];

    /// <summary>Each line that the product logs, by its event id: what it names, and whether it holds an exception.</summary>
    public static IReadOnlyDictionary<string, (IReadOnlyList<string> Names, bool HasException)> Lines { get; } = typeof(Log)
        .GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Select(method => (Method: method, Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
        .Where(logged => logged.Line is not null)
        .ToDictionary(
            logged => $"{logged.Line!.EventId}",
            logged => ((IReadOnlyList<string>)[.. Placeholder().Matches(logged.Line!.Message!).Select(name => name.Groups["name"].Value)],
                logged.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Exception))),
            StringComparer.Ordinal);

    /// <summary>Fails where the query asks for something that there is not.</summary>
    public static void Check(string query)
    {
        var tables = Table().Matches(query).Select(table => table.Value).Distinct().ToList();
        Assert.NotEmpty(tables);
        Assert.Empty(tables.Except(Tables));

        var events = EventId().Matches(query).Select(id => id.Groups["id"].Value).ToList();
        Assert.All(events, id =>
        {
            Assert.True(Lines.ContainsKey(id), $"No line has the event id {id}.");
            // A line with an exception becomes a row of AppExceptions, any other one of AppTraces.
            Assert.Contains(Lines[id].HasException ? "AppExceptions" : "AppTraces", tables);
        });

        string[] known = ["EventId", TraceTag.Call, TraceTag.Status, .. TraceTag.OnLines, .. events.SelectMany(id => Lines[id].Names)];
        Assert.All(Property().Matches(query).Select(property => property.Groups["name"].Value), name => Assert.Contains(name, known));
        Assert.All(Name().Matches(query).Select(name => name.Groups["name"].Value), name => Assert.Contains(name, Steps.Concat(Metrics)));
        Assert.DoesNotContain("Message has", query, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\bApp[A-Z][A-Za-z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"""(?<id>[0-9]{4})""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventId();

    [GeneratedRegex(@"\bProperties\.(?<name>[A-Za-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"\bName (==|startswith) ""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
