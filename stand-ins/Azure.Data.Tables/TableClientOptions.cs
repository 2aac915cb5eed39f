using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The options of the clients: retries, diagnostics, transport and the version of the service.</summary>
public class TableClientOptions : ClientOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="serviceVersion">The version of the service to speak to.</param>
    /// <exception cref="ArgumentOutOfRangeException">If that version is not a known one.</exception>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06) =>
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };

    internal string VersionString { get; }

    /// <summary>The versions of the service.</summary>
    public enum ServiceVersion
    {
#pragma warning disable CA1707 // The names are the official package's.
        /// <summary>Version 2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>Version 2020-12-06.</summary>
        V2020_12_06 = 2,
#pragma warning restore CA1707
    }
}
