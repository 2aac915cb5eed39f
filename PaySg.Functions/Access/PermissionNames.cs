namespace PaySg.Functions.Access;

/// <summary>Permissions as the API writes them.</summary>
internal static class PermissionNames
{
    private static readonly (Permission Permission, string Name)[] Names =
    [
        (Permission.View, "view"),
        (Permission.Billing, "billing"),
        (Permission.Refund, "refund"),
        (Permission.Administrator, "administrator"),
    ];

    /// <summary>Every permission's name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(pair => pair.Name)];

    /// <summary>The names of the permissions, separated by commas.</summary>
    public static string Format(Permission permissions) => string.Join(',', Of(permissions));

    /// <summary>The names of the permissions, always in the same order.</summary>
    public static IEnumerable<string> Of(Permission permissions) =>
        Names.Where(pair => permissions.HasFlag(pair.Permission)).Select(pair => pair.Name);

    /// <summary>Reads what <see cref="Format"/> wrote; unknown names are ignored.</summary>
    public static Permission Parse(string? text) =>
        Names.Where(pair => text?.Split(',').Contains(pair.Name) == true).Aggregate(Permission.None, (all, pair) => all | pair.Permission);

    /// <summary>The permissions as people read them, such as <c>view, refund</c>.</summary>
    public static string Print(Permission permissions) => string.Join(", ", Of(permissions));
}
