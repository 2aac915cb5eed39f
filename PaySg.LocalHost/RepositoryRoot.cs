namespace PaySg.LocalHost;

/// <summary>The folder of the solution, where Azurite is installed.</summary>
public static class RepositoryRoot
{
    /// <summary>Found by walking up from the program to <c>PaySg.sln</c>.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PaySg.sln")))
                return folder.FullName;
        }

        throw new LocalHostException($"PaySg.sln was not found above {AppContext.BaseDirectory}: run LocalHost from a checkout of the repository.");
    }
}
