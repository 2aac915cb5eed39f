using System.Globalization;

namespace PaySg.LocalHost;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Url">Where to listen; null is the port of local.settings.json.</param>
/// <param name="InMemory">Whether to keep the data in memory.</param>
/// <param name="DataFolder">The folder of the data; null is <c>.azurite</c> in the repository.</param>
/// <param name="TimeScale">What delays of queue messages are divided by.</param>
/// <param name="InProcess">Whether to run the functions in this process, for a debugger.</param>
/// <param name="WorkerFolder">The folder of a built or published app to run; null is the one that was built with LocalHost.</param>
/// <param name="Help">The help to print before the program ends; null: none.</param>
/// <param name="Check">Whether to check settings and surroundings, print what was found, and end.</param>
/// <param name="BackUpTo">The folder to copy all tables into; null: do not.</param>
/// <param name="RestoreFrom">The folder of a backup to restore from; null: do not.</param>
/// <param name="Index">Whether to write the search rows of all payments anew, and end.</param>
internal sealed record CommandLine(
    Uri? Url, bool InMemory, string? DataFolder, double TimeScale, string? Help, bool InProcess = false, string? WorkerFolder = null, bool Check = false, string? BackUpTo = null, string? RestoreFrom = null, bool Index = false)
{
    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var result = new CommandLine(Url: null, InMemory: false, DataFolder: null, TimeScale: 1, Help: null);
        if (arguments.Any(HelpText.IsAskedBy) && (arguments[0].StartsWith('-') || HelpText.CommandOf(arguments) is not null))
            return result with { Help = HelpText.Of(HelpText.CommandOf(arguments)) };
        var rest = new Queue<string>(arguments.SelectMany(Split));
        while (rest.TryDequeue(out var option))
        {
            result = option switch
            {
                "--urls" => result with { Url = UrlOf(ValueOf(option)) },
                "--in-memory" => result with { InMemory = true },
                "--data" => result with { DataFolder = Path.GetFullPath(ValueOf(option)) },
                "--in-process" => result with { InProcess = true },
                "--worker" => result with { WorkerFolder = Path.GetFullPath(ValueOf(option)) },
                "--time-scale" => result with { TimeScale = ScaleOf(ValueOf(option)) },
                "check" => result with { Check = true },
                "backup" => result with { BackUpTo = Path.GetFullPath(ValueOf(option)) },
                "restore" => result with { RestoreFrom = Path.GetFullPath(ValueOf(option)) },
                "index" => result with { Index = true },
                // Only after a command that there is not, which is the mistake to name.
                _ when HelpText.IsAskedBy(option) => result,
                _ => throw HelpText.Unknown(option),
            };
        }

        if (HelpText.CommandOf(arguments) is { } command && result is not { Url: null, InMemory: false, DataFolder: null, TimeScale: 1, InProcess: false, WorkerFolder: null })
            throw new LocalHostException($"{command} takes no options: it works on the storage account that the settings name. {command} --help says more.");
        if (result is { InMemory: true, DataFolder: not null })
            throw new LocalHostException("--in-memory and --data exclude each other.");
        if (result.TimeScale is not 1)
            result = result with { InProcess = true };
        return result is { InProcess: true, WorkerFolder: not null } ? throw new LocalHostException("--worker excludes --in-process and --time-scale.") : result;

        string ValueOf(string option) => rest.TryDequeue(out var value) && value.Length > 0 && !value.StartsWith("--", StringComparison.Ordinal)
            ? value
            : throw new LocalHostException($"{option} needs a value.");
    }

    private static string[] Split(string argument) => argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument];

    private static Uri UrlOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new LocalHostException($"--urls: \"{text}\" is not a URL.");

    private static double ScaleOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && double.IsFinite(scale) && scale > 0
            ? scale
            : throw new LocalHostException($"--time-scale: \"{text}\" is not a number above 0.");
}
