using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaySg.LocalHost.Azurite;

/// <summary>Says in a data folder which Azurite serves it, and which LocalHost looks after that Azurite.</summary>
/// <param name="Pid">Azurite's process.</param>
/// <param name="Ports">Its ports.</param>
/// <param name="OwnerPid">The process of the LocalHost that will stop it.</param>
/// <param name="OwnerStarted">When that process started: process numbers are used again.</param>
internal sealed record AzuritePidFile(int Pid, AzuritePorts Ports, int OwnerPid, long OwnerStarted)
{
    private const string Name = "azurite.pid";

    /// <summary>Whether the LocalHost that looks after it still runs.</summary>
    [JsonIgnore]
    public bool HasOwner
    {
        get
        {
            try
            {
                using var owner = Process.GetProcessById(OwnerPid);
                return NodeProcess.IsRunning(OwnerPid) && owner.StartTime.Ticks == OwnerStarted;
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>The same Azurite looked after by this process.</summary>
    public static AzuritePidFile Ours(int pid, AzuritePorts ports)
    {
        using var self = Process.GetCurrentProcess();
        return new AzuritePidFile(pid, ports, self.Id, self.StartTime.Ticks);
    }

    /// <summary>Reads the file of a folder, null if there is none.</summary>
    public static AzuritePidFile? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<AzuritePidFile>(File.ReadAllText(Path.Combine(folder, Name)));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the file of a folder.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, Name));

    /// <summary>Writes the file of a folder.</summary>
    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, Name), JsonSerializer.Serialize(this));
}
