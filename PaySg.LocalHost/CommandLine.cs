using System.Globalization;
using PaySg.LocalHost.Backup;

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
/// <param name="BackUpTo">The folder to copy all tables into, or <c>container</c> for the app's own; null: do not.</param>
/// <param name="Restore">What to restore, and how; null: nothing.</param>
/// <param name="CheckUrl">The address of a deployed app to check instead of settings and surroundings; null: none.</param>
/// <param name="CheckEndpoint">The webhook endpoint that gets a test event then; null: none.</param>
/// <param name="Index">Whether to write the search rows of all payments anew, and end.</param>
internal sealed record CommandLine(
    Uri? Url, bool InMemory, string? DataFolder, double TimeScale, string? Help, bool InProcess = false, string? WorkerFolder = null, bool Check = false, string? BackUpTo = null, RestoreChoice? Restore = null, bool Index = false, Uri? CheckUrl = null, string? CheckEndpoint = null)
{
    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var result = new CommandLine(Url: null, InMemory: false, DataFolder: null, TimeScale: 1, Help: null);
        if (arguments.Any(HelpText.IsAskedBy) && (arguments[0].StartsWith('-') || HelpText.CommandOf(arguments) is not null))
            return result with { Help = HelpText.Of(HelpText.CommandOf(arguments)) };
        var rest = new Queue<string>(arguments.SelectMany(Split));
        var given = new List<string>();
        while (rest.TryDequeue(out var option))
        {
            ThrowIfSecond(option, given);
            result = option switch
            {
                "--urls" => result with { Url = UrlOf(ValueOf(option)) },
                "--in-memory" => result with { InMemory = true },
                "--data" => result with { DataFolder = Path.GetFullPath(ValueOf(option)) },
                "--in-process" => result with { InProcess = true },
                "--worker" => result with { WorkerFolder = Path.GetFullPath(ValueOf(option)) },
                "--time-scale" => result with { TimeScale = ScaleOf(ValueOf(option)) },
                "check" => result with { Check = true },
                "backup" => result with { BackUpTo = FolderOf(ValueOf(option)) },
                "restore" => result with { Restore = new RestoreChoice(ValueOf(option)) },
                "--url" when result.Check => result with { CheckUrl = DeployedOf(ValueOf(option)) },
                "--webhook-endpoint" when result.Check => result with { CheckEndpoint = EndpointOf(ValueOf(option)) },
                "--owner" when result.Restore is { } restore => result with { Restore = restore with { Owner = ValueOf(option) } },
                "--into" when result.Restore is { } restore => result with { Restore = restore with { Into = PrefixOf(ValueOf(option)) } },
                "--overwrite" when result.Restore is { } restore => result with { Restore = restore with { Overwrites = true } },
                "--report" when result.Restore is { } restore => result with { Restore = restore with { ReportsOnly = true } },
                "--from-account" when result.Restore is { } restore => result with { Restore = restore with { FromAccount = ValueOf(option) } },
                "--yes" when result.Restore is { } restore => result with { Restore = restore with { IsConfirmed = true } },
                "index" => result with { Index = true },
                // Only after a command that there is not, which is the mistake to name.
                _ when HelpText.IsAskedBy(option) => result,
                _ => throw HelpText.Unknown(option),
            };
        }

        if (HelpText.CommandOf(arguments) is { } command && result is not { Url: null, InMemory: false, DataFolder: null, TimeScale: 1, InProcess: false, WorkerFolder: null })
            throw new LocalHostException($"{command} takes no options: it works on the storage account that the settings name. {command} --help says more.");
        if (result is { CheckEndpoint: not null, CheckUrl: null })
            throw new LocalHostException("--webhook-endpoint needs --url: the deployed app sends the test event.");
        if (result.Restore is { Into: not null, Overwrites: true })
            throw new LocalHostException("--into and --overwrite exclude each other: new tables hold nothing to overwrite.");
        if (result is { InMemory: true, DataFolder: not null })
            throw new LocalHostException("--in-memory and --data exclude each other.");
        if (result.TimeScale is not 1)
            result = result with { InProcess = true };
        return result is { InProcess: true, WorkerFolder: not null } ? throw new LocalHostException("--worker excludes --in-process and --time-scale.") : result;

        string ValueOf(string option) => rest.TryDequeue(out var value) && value.Length > 0 && !value.StartsWith("--", StringComparison.Ordinal)
            ? value
            : throw new LocalHostException($"{option} needs a value.");
    }

    /// <summary>Of two commands, or of one option twice, only one would be done, and nobody would be told which.</summary>
    private static void ThrowIfSecond(string option, List<string> given)
    {
        if (HelpText.IsCommand(option) && given.Find(HelpText.IsCommand) is { } first)
            throw new LocalHostException($"One command at a time: {first} is given, and {option}.");
        if (given.Contains(option, StringComparer.Ordinal))
            throw new LocalHostException($"{option} is given twice.");

        given.Add(option);
    }

    private static Uri DeployedOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && (url.Scheme != Uri.UriSchemeHttp || !url.IsLoopback)))
            throw new LocalHostException($"--url: '{text}' is not the https address of an app.");

        return url is { Query: "", Fragment: "", UserInfo: "" }
            ? url
            : throw new LocalHostException("--url: give what links of the app begin with, such as https://pay.agency.gov.sg: no name, no password, nothing behind a ? or #.");
    }

    private static string EndpointOf(string text) => text.Split('/') is [{ Length: > 0 }, { Length: > 0 }]
        ? text
        : throw new LocalHostException($"--webhook-endpoint: '{text}' is not a payment service and an endpoint, as in payment_service_.../we_....");

    private static string FolderOf(string text) => text == BackupProgram.Container ? text : Path.GetFullPath(text);

    private static string PrefixOf(string text) => text.Length <= 40 && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit)
        ? text
        : throw new LocalHostException($"--into: '{text}' is no prefix of tables: letters and digits, a letter first, at most 40.");

    private static string[] Split(string argument) => argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument];

    private static Uri UrlOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new LocalHostException($"--urls: \"{text}\" is not a URL.");

    private static double ScaleOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && double.IsFinite(scale) && scale > 0
            ? scale
            : throw new LocalHostException($"--time-scale: \"{text}\" is not a number above 0.");
}
