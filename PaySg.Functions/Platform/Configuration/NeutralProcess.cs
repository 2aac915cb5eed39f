using System.Runtime.CompilerServices;

namespace PaySg.Functions.Platform.Configuration;

/// <summary>
/// Gives the process the invariant culture, whatever the machine is set to: what goes into JSON, ids, signatures and rows is the same everywhere. Words for payers
/// name their culture, and no thread is ever given one.
/// </summary>
internal static class NeutralProcess
{
    [ModuleInitializer]
    internal static void Begin()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }
}
