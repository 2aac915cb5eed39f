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
    private LocalHostProcess? shared;

    /// <summary>Where it was published to.</summary>
    public string Folder => folder.FullName;

    public async Task InitializeAsync()
    {
        // The build that these tests are of has analysed the same code.
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Document.Repository.Root };
        foreach (var argument in (string[])["publish", "PaySg.Functions", "-c", "Release", .. AheadOfTime, "-p:RunAnalyzers=false", "-o", Folder, "--nologo"])
            start.ArgumentList.Add(argument);
        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var errors = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, $"{await output}{await errors}");
    }

    /// <summary>LocalHost with this worker, on an account of its own.</summary>
    /// <param name="connection">The storage account; null: an empty one.</param>
    public async Task<LocalHostProcess> StartAsync(string? connection = null) =>
        await LocalHostProcess.StartAsync(connection ?? await TestAzurite.NewAccountAsync(), "--worker", Folder);

    /// <summary>One for all tests that do not disturb each other: two processes start for it.</summary>
    public async Task<LocalHostProcess> SharedAsync() => shared ??= await StartAsync();

    public async Task DisposeAsync()
    {
        if (shared is not null)
            await shared.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
