namespace PaySg.Functions.Tests.Architecture;

/// <summary>The rooms of the product and what each may use, as <c>docs/contribute/architecture.md</c> lists them.</summary>
internal static class Rooms
{
    public const string Product = "PaySg.Functions";

    private static readonly string[] Basement = ["Platform.Ids", "Platform.Json", "Platform.Errors", "Platform.Diagnostics", "Platform.Configuration"];

    private static readonly string[] Ground = [.. Basement, "Platform.Markup", "Platform.Storage", "Platform.Http", "Platform.Idempotency", "Platform.Outbox"];

    private static readonly string[] Floor1 = [.. Ground, "Access", "Gateway", "Events", "Languages"];

    private static readonly string[] Floor2 = [.. Floor1, "Payments", "PaymentLinks", "Webhooks"];

    private static readonly string[] Floor3 = [.. Floor2, "Pages", "Management"];

    /// <summary>Each room with those that it may use besides itself.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Platform.Ids"] = Basement,
        ["Platform.Json"] = Basement,
        ["Platform.Errors"] = Basement,
        ["Platform.Diagnostics"] = Basement,
        ["Platform.Configuration"] = Basement,
        ["Platform.Markup"] = Basement,
        ["Platform.Storage"] = Basement,
        ["Platform.Http"] = [.. Basement, "Platform.Storage", "Platform.Markup"],
        ["Platform.Idempotency"] = [.. Basement, "Platform.Storage", "Platform.Http"],
        ["Platform.Outbox"] = [.. Basement, "Platform.Storage", "Platform.Http", "Platform.Idempotency"],
        ["Platform"] = Ground,
        ["Access"] = Ground,
        ["Gateway"] = [.. Ground, "Access"],
        ["Events"] = [.. Ground, "Access"],
        ["Languages"] = Ground,
        ["Payments"] = Floor1,
        ["PaymentLinks"] = Floor1,
        ["Webhooks"] = Floor1,
        ["Pages"] = Floor2,
        ["Management"] = Floor2,
        ["Dashboard"] = [.. Floor2, "Pages", "Management"],
        ["Operations"] = [.. Floor3, "Dashboard"],
    };

    /// <summary>The room of a namespace: the longest name that it begins with; null: the root, which composes.</summary>
    public static string? Of(string? space) =>
        MayUse.Keys.Where(room => IsIn(space, room)).MaxBy(room => room.Length);

    private static bool IsIn(string? space, string room) =>
        space == $"{Product}.{room}" || space?.StartsWith($"{Product}.{room}.", StringComparison.Ordinal) == true;
}
