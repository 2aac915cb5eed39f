using System.Security.Cryptography;
using System.Text;

namespace PaySg.LocalHost.Azurite;

/// <summary>The Azurite that package.json names, installed when it is missing.</summary>
internal static class AzuriteInstallation
{
    /// <summary>The script to start, after <c>npm ci</c> if need be. Two processes do not install at once.</summary>
    public static async Task<string> EnsureAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        var root = RepositoryRoot.Find();
        var script = Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (File.Exists(script))
            return script;

        var lockPath = Path.Combine(Path.GetTempPath(), $"paysg-npm-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]}.lock");
        await using (await FileLock.TakeAsync(lockPath, cancellationToken))
        {
            if (!File.Exists(script))
            {
                tell("Azurite is not installed yet: running npm ci ...");
                await NodeProcess.RunNpmAsync(root, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], cancellationToken);
            }
        }

        return File.Exists(script) ? script : throw new LocalHostException($"npm ci left no Azurite at {script}.");
    }
}
