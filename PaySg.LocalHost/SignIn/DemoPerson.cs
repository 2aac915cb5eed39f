using PaySg.Functions.Access;

namespace PaySg.LocalHost.SignIn;

/// <summary>Somebody whom a developer may be on this machine, to try the dashboard.</summary>
/// <param name="Key">How addresses name them.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Email">What they sign in by.</param>
/// <param name="ObjectId">Who they are in the directory.</param>
/// <param name="Permissions">What they may do in the demo's payment service; none: they are no member.</param>
internal sealed record DemoPerson(string Key, string Name, string Email, string ObjectId, Permission Permissions)
{
    /// <summary>One for each role, one who may do everything, and a stranger.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("everything", "Aisyah Rahman", "aisyah@agency.example.sg", "00000000-0000-4000-8000-00000000a001", Permission.All),
        new("refund", "Ben Lim", "ben@agency.example.sg", "00000000-0000-4000-8000-00000000a002", Permission.View | Permission.Refund),
        new("billing", "Chitra Nair", "chitra@agency.example.sg", "00000000-0000-4000-8000-00000000a003", Permission.View | Permission.Billing),
        new("view", "Daniel Tan", "daniel@agency.example.sg", "00000000-0000-4000-8000-00000000a004", Permission.View),
        new("administrator", "Evelyn Goh", "evelyn@agency.example.sg", "00000000-0000-4000-8000-00000000a005", Permission.Administrator),
        new("stranger", "Farid Hassan", "farid@agency.example.sg", "00000000-0000-4000-8000-00000000a006", Permission.None),
    ];

    /// <summary>The person of this key; null: there is none.</summary>
    public static DemoPerson? Find(string? key) => All.FirstOrDefault(person => string.Equals(person.Key, key, StringComparison.Ordinal));
}
