using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Platform.Storage;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Backup;

/// <summary>The commands <c>backup</c>, <c>restore</c> and <c>index</c>: on the storage account that the settings name, be it in Azure or Azurite.</summary>
/// <param name="environment">The environment's variables.</param>
/// <param name="output">Where the lines go.</param>
internal sealed class BackupProgram(IReadOnlyDictionary<string, string> environment, TextWriter output)
{
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
            if (commandLine.BackUpTo is { } backUpTo)
                await new BackUpTables(tables, output).RunAsync(backUpTo, stop);
            if (commandLine.RestoreFrom is { } restoreFrom)
                await new RestoreTables(tables, output).RunAsync(restoreFrom, stop);
            if (commandLine.Index)
                await services.GetRequiredService<IndexAllPayments>().RunAnewAsync((service, count) => output.WriteLineAsync($"{service}: {count} payments can be searched"), stop);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            throw new LocalHostException(await tables.CaseProblemAsync(stop) ?? "A table of the product is missing. The command check says more.", missing);
        }
        catch (Exception fault) when (fault is RequestFailedException or ForeignAnswerException or AggregateException or AuthenticationFailedException)
        {
            throw new LocalHostException($"Storage did not do it: {fault.Message.Split('\n')[0].Trim()} The command check says more.", fault);
        }
    }
}
