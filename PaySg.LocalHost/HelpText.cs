
namespace PaySg.LocalHost;

/// <summary>What <c>--help</c> prints, for the program and for each of its commands, and what is said to who mistypes one.</summary>
internal static class HelpText
{
    private const string Settings = """
        It reads the environment, and local.settings.json as well, unless AZURE_FUNCTIONS_ENVIRONMENT is set to
        something other than Development.
        """;

    private const string Program = """
        Runs PaySG on this machine: the worker that is deployed, queues, timers and the storage emulator.

        dotnet run --project PaySg.LocalHost -- [options]
        dotnet run --project PaySg.LocalHost -- check
        dotnet run --project PaySg.LocalHost -- backup DIR
        dotnet run --project PaySg.LocalHost -- restore FROM [options]
        dotnet run --project PaySg.LocalHost -- index

          --urls URL        where to listen, on this machine only; default http://localhost:7071
                            (the port of local.settings.json), port 0 takes a free one
          --in-memory       a throw-away store
          --data DIR        another folder for the data than .azurite
          --in-process      run the functions in this process, for a debugger; not in the worker that is deployed
          --worker DIR      run a published app (the output of dotnet publish PaySg.Functions)
          --time-scale N    divide the delays of queue messages by N; implies --in-process
          --help            this text; after a command, more about it

        check looks at settings, storage, clock and mail relay, and says what is wrong with each. backup copies all
        tables into a new folder, restore puts back what is missing. index writes anew what payments are searched by.
        """;

    private const string Check = $"""
        Looks at settings, storage, tables and queues, clock and mail relay as the app would, and prints a line for each:
        ok, or FAIL with what to do. Nothing of the app's is changed. The exit code is 0 if all is well, else 1.

        dotnet run --project PaySg.LocalHost -- check
        dotnet run --project PaySg.LocalHost -- check --url URL [--webhook-endpoint SERVICE/ENDPOINT]

          --url URL         ask a deployed app by its address instead: TLS, /health/ready, clock, headers
          --webhook-endpoint SERVICE/ENDPOINT
                            and have it send a test event there, with the API key in PAYSG_CHECK_API_KEY

        {Settings}
        """;

    private const string BackUp = $"""
        Copies all tables of the app into a new folder, one compressed file a table. Or makes the backup that the app
        itself makes once a day into its container, where that is not done or not whole yet.

        dotnet run --project PaySg.LocalHost -- backup DIR

          DIR               the folder to make; it must not be there, or be empty; or the word container

        {Settings}
        """;

    private const string Restore = $"""
        Puts back the rows of a backup that are missing in the app's tables. Rows that are there stay as they are,
        unless --overwrite says otherwise; rows that came since the backup stay in any case.

        dotnet run --project PaySg.LocalHost -- restore FROM [options]

          FROM              a folder that backup made, or a backup of the app's own in its container: latest, or
                            its name, such as 2026-11-27T1900Z
          --report          say how many rows are missing and how many differ, and change nothing
          --owner ID        one payment service or account only
          --into PREFIX     into new tables whose names begin so
          --overwrite       put back rows that differ, too; without --yes it only reports
          --yes             after the report: overwrite, which is refused while the app is running; or, without
                            --overwrite, put back what is missing although the app is running
          --from-account NAME
                            the backup is that of another storage account, and you mean it

        {Settings}
        """;

    private const string Index = $"""
        Writes anew the rows that payments are searched by, while the app goes on working. If it is stopped and
        run again, it goes on from there.

        dotnet run --project PaySg.LocalHost -- index

        {Settings}
        """;

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal) { ["check"] = Check, ["backup"] = BackUp, ["restore"] = Restore, ["index"] = Index };
    private static readonly string[] Options = ["--urls", "--in-memory", "--data", "--in-process", "--worker", "--time-scale", "--url", "--webhook-endpoint", "--owner", "--into", "--overwrite", "--report", "--yes", "--from-account", "--help"];

    /// <summary>Whether the argument asks for help.</summary>
    public static bool IsAskedBy(string argument) => argument is "--help" or "-h" or "-?";

    /// <summary>Whether the argument is a command.</summary>
    public static bool IsCommand(string argument) => Commands.ContainsKey(argument);

    /// <summary>The help for a command; null: for the program.</summary>
    public static string Of(string? command) => command is null ? Program : Commands[command];

    /// <summary>The command that the arguments begin with; null: none, or none that there is.</summary>
    public static string? CommandOf(IEnumerable<string> arguments) => arguments.FirstOrDefault(IsCommand);

    /// <summary>Says that there is no such command or option, which one was meant, and where to look.</summary>
    public static LocalHostException Unknown(string argument)
    {
        var isOption = argument.StartsWith('-');
        var nearest = NearestWord.Of(argument, isOption ? Options.Where(option => option != argument) : Commands.Keys);
        return new LocalHostException(
            $"Unknown {(isOption ? "option" : "command")} {argument}.{(nearest is null ? "" : $" Did you mean {nearest}?")} --help lists what there is.");
    }
}
