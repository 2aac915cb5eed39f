using System.Globalization;

namespace PaySg.Functions.Tests.Operations.Contract.Shapes;

/// <summary>A change of what the API's document promises.</summary>
/// <param name="Place">Where.</param>
/// <param name="What">What is otherwise.</param>
/// <param name="IsBreaking">Whether a client that keeps to the old document may fail.</param>
/// <remarks>
/// What clients send may become freer, and what they are answered stricter; the other way round breaks them. An error code more or less breaks nobody:
/// clients are told to treat a code that they do not know by its status. A webhook more breaks nobody: who subscribes to all is told to be ready.
/// </remarks>
internal sealed record ShapeChange(string Place, string What, bool IsBreaking)
{
    /// <summary>All changes from one document to another.</summary>
    public static IReadOnlyList<ShapeChange> Between(ContractShape old, ContractShape now)
    {
        var before = old.Lines.ToDictionary(line => line.Place, StringComparer.Ordinal);
        var after = now.Lines.ToDictionary(line => line.Place, StringComparer.Ordinal);
        return
        [
            .. old.Lines.Where(line => !after.ContainsKey(line.Place)).Select(line => new ShapeChange(line.Place, "is gone", line.Kind is not "errors")),
            .. now.Lines.Where(line => !before.ContainsKey(line.Place)).Select(line => new ShapeChange(line.Place, "is new", IsDemand(line, SidesOf(line, after)) && !IsOfSomethingNew(line, before))),
            .. old.Lines.Where(line => after.ContainsKey(line.Place)).SelectMany(line => Between(line, after[line.Place], [.. SidesOf(line, before), .. SidesOf(line, after)])),
        ];
    }

    public override string ToString() => $"{(IsBreaking ? "BREAKING  " : "compatible")}  {Place}: {What}";

    private static IEnumerable<ShapeChange> Between(ShapeLine old, ShapeLine now, HashSet<string> sides) =>
        from term in old.Terms.Keys.Union(now.Terms.Keys)
        where old[term] != now[term]
        select new ShapeChange(old.Place, $"{term} was {Shown(old[term])} and is {Shown(now[term])}", IsBreakingTerm(old, now, term, sides));

    private static string Shown(string? value) => value switch
    {
        null => "not said",
        "" => "said",
        _ => $"\"{value}\"",
    };

    /// <summary>Whether something that is new must be sent.</summary>
    private static bool IsDemand(ShapeLine line, HashSet<string> sides) => line["required"] is not null && sides.Contains("sent");

    /// <summary>What belongs to an operation or a schema that is new itself is asked of nobody who is there already.</summary>
    private static bool IsOfSomethingNew(ShapeLine line, Dictionary<string, ShapeLine> before) => !before.ContainsKey(OwnerOf(line));

    private static string OwnerOf(ShapeLine line)
    {
        var name = line.Place.Split(' ')[1];
        return line.Kind == "member" ? $"schema {name.Split('.', '[')[0]}" : $"operation {name}";
    }

    /// <summary>Whether clients send it, are answered it, or both.</summary>
    private static HashSet<string> SidesOf(ShapeLine line, Dictionary<string, ShapeLine> all) => line.Kind switch
    {
        "parameter" or "request" => ["sent"],
        "answer" or "webhook" => ["answered"],
        "schema" => [.. line.Terms.Keys.Where(term => term is "sent" or "answered")],
        "member" => all.TryGetValue(OwnerOf(line), out var schema) ? SidesOf(schema, all) : [],
        _ => [],
    };

    private static bool IsBreakingTerm(ShapeLine old, ShapeLine now, string term, HashSet<string> sides) => (old.Kind, term) switch
    {
        ("version" or "errors", _) => false,
        ("schema", "sent" or "answered") => false,
        ("operation", _) => true,
        ("request", "required") => now[term] is not null,
        ("request", _) => now[term] is null || old[term] is not null,
        ("answer", _) when term.StartsWith("header:", StringComparison.Ordinal) => old[term] == "always",
        ("answer" or "webhook", _) => old[term] is not null,
        // What is known of an open choice limits nothing, and how a number is held limits nobody who sends one.
        (_, "known") => false,
        _ => (sides.Contains("sent") && now[term] != "int64" && IsTighter(old[term], now[term], term)) || (sides.Contains("answered") && IsTighter(now[term], old[term], term)),
    };

    /// <summary>Whether the second admits less than the first.</summary>
    private static bool IsTighter(string? wide, string? narrow, string term) => term switch
    {
        "required" => narrow is not null,
        "type" or "enum" => narrow is not null && (wide is null || wide.Split('|').Except(narrow.Split('|')).Any()),
        _ when term.StartsWith("min", StringComparison.Ordinal) => narrow is not null && (wide is null || Number(narrow) > Number(wide)),
        _ when term.StartsWith("max", StringComparison.Ordinal) => narrow is not null && (wide is null || Number(narrow) < Number(wide)),
        _ => narrow is not null,
    };

    private static decimal Number(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);
}
