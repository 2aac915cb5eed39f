using System.Diagnostics;
using System.Runtime.InteropServices;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The app as it is deployed: <c>dotnet publish</c> in Release, done once for all tests.</summary>
public sealed class PublishedWorker : IAsyncLifetime
{
    /// <summary>As it is deployed, where this is the kind of machine that it is deployed to.</summary>
    private static readonly string[] AheadOfTime = RuntimeInformation.RuntimeIdentifier is "linux-x64" ? ["-r", "linux-x64"] : [];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paysg-published-");

    /// <summary>Where it was published to.</summary>
    public string Folder => folder.FullName;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Document.Repository.Root };
        foreach (var argument in (string[])["publish", "PaySg.Functions", "-c", "Release", .. AheadOfTime, "-o", Folder, "--nologo"])
            start.ArgumentList.Add(argument);
        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var errors = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, $"{await output}{await errors}");
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
