using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PaySg.LocalHost.Azurite;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("--nonsense", "Unknown option --nonsense")]
    [InlineData("--urls http://0.0.0.0:7071", "this machine only")]
    public async Task A_mistake_ends_in_one_line_on_stderr_and_code_1(string arguments, string reason)
    {
        using var program = Start(arguments);
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(1, program.ExitCode);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task It_listens_on_both_loopbacks_and_a_signal_ends_it_with_its_azurite()
    {
        var port = AzuritePorts.Free().Blob;
        using var program = Start($"--in-memory --urls http://localhost:{port}");
        await LineAsync(program, "Listening on");
        using var client = new HttpClient();
        foreach (var address in (string[])[$"http://127.0.0.1:{port}/health", $"http://[::1]:{port}/health"])
            (await client.GetAsync(new Uri(address))).Dispose();

        using (var signal = Process.Start("kill", ["-TERM", $"{program.Id}"]))
            await signal.WaitForExitAsync();
        await program.WaitForExitAsync();

        Assert.Equal(0, program.ExitCode);
    }

    /// <summary>A schedule that stops it must not take half a backup for one.</summary>
    [Fact]
    public async Task A_command_that_is_stopped_says_so_and_leaves_a_folder_that_is_not_restored()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var program = Start($"backup {folder}", ("AzureWebJobsStorage", $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://{silent.LocalEndpoint}/a;QueueEndpoint=http://{silent.LocalEndpoint}/a;BlobEndpoint=http://{silent.LocalEndpoint}/a"));
        using (await silent.AcceptTcpClientAsync())
        {
            using var signal = Process.Start("kill", ["-TERM", $"{program.Id}"]);
            await signal.WaitForExitAsync();
            await program.WaitForExitAsync();
        }

        Assert.Equal((1, "backup was stopped before its end. Run it again.\n"), (program.ExitCode, (await program.StandardError.ReadToEndAsync()).ReplaceLineEndings("\n")));
        Assert.Equal(0, new FileInfo(Path.Combine(folder, "manifest.json")).Length);
        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PaySg.LocalHost.dll"));
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in arguments.Split(' '))
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task LineAsync(Process program, string start)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"It ended: {await program.StandardError.ReadToEndAsync()}");
    }
}
