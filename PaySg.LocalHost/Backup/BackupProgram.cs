using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Storage;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Backup;

/// <summary>The commands <c>backup</c>, <c>restore</c> and <c>index</c>: on the storage account that the settings name, be it in Azure or Azurite.</summary>
/// <param name="environment">The environment's variables.</param>
/// <param name="output">Where the lines go.</param>
internal sealed class BackupProgram(IReadOnlyDictionary<string, string> environment, TextWriter output)
{
    /// <summary>Stands for the app's own container instead of a folder.</summary>
    public const string Container = "container";

    /// <summary>Copies the tables into a folder, restores them from one, or writes anew what payments are searched by.</summary>
    /// <exception cref="LocalHostException">Settings, folder or storage are not usable.</exception>
    public async Task RunAsync(CommandLine commandLine, CancellationToken stop)
    {
        var configuration = new AppSettings(OperatorSettings.Of(environment)).WithDefault(AppSettings.PublicBaseUrl, "http://localhost:7071").ToConfiguration();
        var collection = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        ProductServices.Configure(collection, configuration);
        await using var services = collection.BuildServiceProvider();
        var tables = services.GetRequiredService<PaySgTables>();
        try
        {
            if (commandLine.BackUpTo == Container)
                await output.WriteLineAsync($"{(await services.GetRequiredService<BackUpAll>().MakeDueAsync(ContainerOf(services), stop)).Id} is whole");
            else if (commandLine.BackUpTo is { } backUpTo)
                await new BackUpTables(tables, services.GetRequiredService<TimeProvider>(), output).RunAsync(backUpTo, stop);
            if (commandLine.Restore is { } restore)
            {
                if (restore.Into is null && await tables.CaseProblemAsync(stop) is { } otherCase)
                    throw new LocalHostException(otherCase);

                var restoreTables = new RestoreTables(
                    tables, services.GetRequiredService<StorageConnection>(), services.GetRequiredService<PaySgSettings>().TablePrefix, services.GetRequiredService<TimeProvider>(), output);
                await restoreTables.RunAsync(await SourceAsync(services, restore.From, stop), restore, stop);
            }
            if (commandLine.Index)
                await services.GetRequiredService<IndexAllPayments>().RunAnewAsync((service, count) => output.WriteLineAsync($"{service}: {count} payments can be searched"), stop);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            throw new LocalHostException(await tables.CaseProblemAsync(stop) ?? "A table of the product is missing. The command check says more.", missing);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The folder could not be used: {fault.Message}", fault);
        }
        catch (InvalidDataException damaged)
        {
            throw new LocalHostException(damaged.Message, damaged);
        }
        catch (Exception fault) when (fault is RequestFailedException or ForeignAnswerException or AggregateException or AuthenticationFailedException)
        {
            throw new LocalHostException(Told(fault, services.GetRequiredService<StorageConnection>(), services.GetRequiredService<StorageAdvice>()), fault);
        }
    }

    private static string Told(Exception fault, StorageConnection connection, StorageAdvice advice) => fault switch
    {
        RequestFailedException { ErrorCode: "ContainerNotFound" } => "The container of PaySg__Backup__Container does not exist. Deploy infra/, which makes it.",
        RequestFailedException { ErrorCode: "AuthorizationPermissionMismatch" } when !connection.IsBySignature =>
            "Storage refuses you (AuthorizationPermissionMismatch). You need the roles Storage Table Data Contributor and Storage Blob Data Contributor on the account.",
        RequestFailedException { Status: > 0 } or ForeignAnswerException => $"Storage {advice.For(fault)}",
        _ => $"Storage did not do it: {WordsOf(fault)} The command check says more.",
    };

    /// <summary>The first line of what storage said. Where nothing answers, the SDK tells of its tries and how to configure them, and last of the reason.</summary>
    private static string WordsOf(Exception fault) => (fault is AggregateException tries ? tries.InnerExceptions[^1] : fault).Message.Split('\n')[0].Trim().TrimEnd('.') + ".";

    private static async Task<IBackupSource> SourceAsync(IServiceProvider services, string from, CancellationToken stop)
    {
        if (Directory.Exists(from) || (from != RestoreChoice.Latest && BackupRun.Of(from) is null))
            return new FolderBackup(Path.GetFullPath(from));

        var container = services.GetRequiredService<StorageConnection>().Container(ContainerOf(services));
        return await ContainerBackup.FindAsync(container, from == RestoreChoice.Latest ? null : from, stop);
    }

    private static string ContainerOf(IServiceProvider services) => services.GetRequiredService<BackupSettings>().Container
        ?? throw new LocalHostException("PaySg__Backup__Container is not set: it names the container of backups.");
}
