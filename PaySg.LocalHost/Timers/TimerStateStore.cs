using System.Text.Json;

namespace PaySg.LocalHost.Timers;

/// <summary>Keeps the state of timers: in <c>timers.json</c> of a folder, or in memory.</summary>
internal sealed class TimerStateStore(string? folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock gate = new();
    private readonly string? path = folder is null ? null : Path.Combine(folder, "timers.json");
    private Dictionary<string, TimerState> states = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The state of a timer, null if it never ran.</summary>
    public TimerState? Read(string functionName)
    {
        lock (gate)
        {
            Load();
            return states.GetValueOrDefault(functionName);
        }
    }

    /// <summary>Keeps the state of a timer.</summary>
    public void Write(string functionName, TimerState state)
    {
        lock (gate)
        {
            Load();
            states[functionName] = state;
            if (path is null)
                return;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Environment.ProcessId}";
            File.WriteAllText(temporary, JsonSerializer.Serialize(states, Indented));
            File.Move(temporary, path, overwrite: true);
        }
    }

    private void Load()
    {
        if (path is null || !File.Exists(path))
            return;
        try
        {
            states = new(JsonSerializer.Deserialize<Dictionary<string, TimerState>>(File.ReadAllText(path)) ?? [], StringComparer.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            states = new(StringComparer.OrdinalIgnoreCase);
        }
    }
}
