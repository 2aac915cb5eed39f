using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What an alert needs to wake somebody up: a query that can be true, at the threshold that it is described by, and somebody to tell.</summary>
internal static partial class AlertRules
{
    private const string LogAlert = "Microsoft.Insights/scheduledQueryRules";

    private static readonly Dictionary<string, int> Words = new(StringComparer.OrdinalIgnoreCase) { ["two"] = 2, ["three"] = 3, ["five"] = 5 };

    /// <summary>What breaks a rule.</summary>
    public static IEnumerable<string> Broken(PredictedDeployment live)
    {
        var workspace = (string)live.The("Microsoft.OperationalInsights/workspaces")["id"]!;
        var operators = live.The("Microsoft.Insights/actionGroups");
        var explained = Document.Read("docs/operate/operations.md").Section("## Alerts, and what to do").Table("alert").ToDictionary(row => row[0].Trim('`'), row => row[1], StringComparer.Ordinal);
        return live.Of(LogAlert).SelectMany(rule => WrongLogAlert(rule, workspace, (string)operators["id"]!, explained))
            .Concat(WrongMetricAlert(live, (string)operators["id"]!))
            .Concat(WrongBudget(live))
            .Concat(operators.ToJsonString().Contains($"\"emailAddress\":\"{BicepCompiler.Variables["PAYSG_ALERT_EMAIL"]}\"", StringComparison.Ordinal) ? [] : ["Alerts reach nobody."]);
    }

    private static IEnumerable<string> WrongLogAlert(JsonObject rule, string workspace, string operators, Dictionary<string, string> explained)
    {
        var name = (string)rule["name"]!;
        var criterion = rule["properties"]!["criteria"]!["allOf"]!.AsArray().Single()!.AsObject();
        var query = (string)criterion["query"]!;
        if (FaultOf(query) is { } fault)
            yield return $"{name}: {fault}";

        // A row of the query is a reason: more than none, in one period, is an alert.
        (string Path, string Value)[] always =
            [("timeAggregation", "Count"), ("operator", "GreaterThan"), ("threshold", "0"), ("failingPeriods.numberOfEvaluationPeriods", "1"), ("failingPeriods.minFailingPeriodsToAlert", "1")];
        foreach (var (path, value) in always.Where(expected => PredictedDeployment.Value(criterion, expected.Path) != expected.Value))
            yield return $"{name}: {path} is {PredictedDeployment.Value(criterion, path) ?? "missing"}, and must be {value}.";

        if (PredictedDeployment.Value(rule, "properties.scopes") != $"[\"{workspace}\"]")
            yield return $"{name}: does not ask the workspace.";
        if (PredictedDeployment.Value(rule, "properties.actions.actionGroups") != $"[\"{operators}\"]")
            yield return $"{name}: tells nobody.";

        var description = (string)rule["properties"]!["description"]!;
        var row = explained.GetValueOrDefault((string)rule["properties"]!["displayName"]!, "");
        foreach (var threshold in Threshold().Matches(query).Select(match => decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)))
        {
            if (!Quantities(description).Contains(threshold))
                yield return $"{name}: the query compares with {threshold}, of which its description does not speak.";
            if (!Quantities(row).Contains(threshold))
                yield return $"{name}: the query compares with {threshold}, of which the runbook does not speak.";
        }

        var window = (string)rule["properties"]!["displayName"]! == "backup-late" ? "PT3H" : "PT15M";
        if (PredictedDeployment.Value(rule, "properties.windowSize") != window)
            yield return $"{name}: windowSize must be {window}, as its description says.";
    }

    private static IEnumerable<string> WrongMetricAlert(PredictedDeployment live, string operators)
    {
        var (alert, test, insights) = (live.The("Microsoft.Insights/metricAlerts"), live.The("Microsoft.Insights/webtests"), live.The("Microsoft.Insights/components"));
        var (testId, insightsId) = ((string)test["id"]!, (string)insights["id"]!);
        var criteria = alert["properties"]!["criteria"]!;
        if ((string?)criteria["odata.type"] != "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria" || (string?)criteria["webTestId"] != testId || (string?)criteria["componentId"] != insightsId)
            yield return "not-ready: its criteria are not those of the test from outside.";
        if ((int?)criteria["failedLocationCount"] != 2 || test["properties"]!["Locations"]!.AsArray().Count != 3)
            yield return "not-ready: two of three places, as the runbook says.";
        if (PredictedDeployment.Value(alert, "properties.scopes") != $"[\"{testId}\",\"{insightsId}\"]")
            yield return "not-ready: its scopes are not the test and Application Insights.";
        if (PredictedDeployment.Value(alert, "properties.actions") != $"[{{\"actionGroupId\":\"{operators}\"}}]")
            yield return "not-ready: tells nobody.";
        if ((string?)test["tags"]?[$"hidden-link:{insightsId}"] != "Resource")
            yield return "The test from outside is not linked with Application Insights.";
        foreach (var place in test["properties"]!["Locations"]!.AsArray().Select(place => (string)place!["Id"]!).Where(place => !Place().IsMatch(place)))
            yield return $"{place} is no place to test from.";
    }

    private static IEnumerable<string> WrongBudget(PredictedDeployment live)
    {
        var told = live.The("Microsoft.Consumption/budgets")["properties"]!["notifications"]!.AsObject();
        if (told.Count != 2 || told.Any(one => (string?)one.Value!["contactEmails"]?[0] != BicepCompiler.Variables["PAYSG_ALERT_EMAIL"]))
            yield return "The budget tells nobody.";

        (string Name, string Path, string Value)[] expected = [("spent", "threshold", "80"), ("spent", "thresholdType", "Actual"), ("forecast", "threshold", "100"), ("forecast", "thresholdType", "Forecasted")];
        foreach (var (name, path, value) in expected.Where(one => told[one.Name] is not JsonObject notice || PredictedDeployment.Value(notice, one.Path) != one.Value))
            yield return $"The budget's notice {name} has another {path} than {value}.";
        foreach (var (name, notice) in told.Where(one => (string?)one.Value!["operator"] != "GreaterThan" || (bool?)one.Value!["enabled"] != true))
            yield return $"The budget's notice {name} is off, or compares otherwise: {notice!.ToJsonString()}";
    }

    private static string? FaultOf(string query)
    {
        try
        {
            TelemetryQuery.Check(query);
            return null;
        }
        catch (Xunit.Sdk.XunitException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>The numbers that a text speaks of, as they are and in the units of the telemetry: seconds, and milliseconds of requests.</summary>
    private static HashSet<decimal> Quantities(string text)
    {
        var all = new HashSet<decimal>();
        foreach (Match match in Quantity().Matches(text))
        {
            var number = Words.TryGetValue(match.Groups["number"].Value, out var word) ? word : decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            all.Add(number * match.Groups["unit"].Value switch { "minute" => 60, "hour" => 3600, "second" => 1000, _ => 1 });
        }

        return all;
    }

    // The class of a status is no threshold.
    [GeneratedRegex(@"(?<!Properties\.status\) )(>|>=|<|<=) (?<number>[0-9]+(\.[0-9]+)?)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Threshold();

    [GeneratedRegex(@"\b(?<number>[0-9]+|two|three|five)( (?<unit>minute|hour|second))?", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quantity();

    // Azure's names of the places of standard tests: a continent, a country, a city, a kind.
    [GeneratedRegex("^(apac-sg-sin|apac-hk-hkn|apac-jp-kaw|emea-au-syd)-(azr|edge)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
