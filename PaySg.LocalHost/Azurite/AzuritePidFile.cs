using System.Text.Json;

namespace PaySg.LocalHost.Azurite;

/// <summary>Says in a data folder which Azurite serves it.</summary>
/// <param name="Pid">Azurite's process.</param>
/// <param name="Ports">Its ports.</param>
internal sealed record AzuritePidFile(int Pid, AzuritePorts Ports)
{
    private const string Name = "azurite.pid";

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
