using System.Text.Json;
using System.Xml.Linq;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What is built is made of the packages that were looked at, to the byte.</summary>
public sealed class PackageTests
{
    public static TheoryData<string> Projects =>
        [.. Directory.GetFiles(Document.Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Document.Repository.Root, path))
            .Where(path => path.Split(Path.DirectorySeparatorChar).Length == 2)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Each_project_has_a_lock_file_and_restores_by_it_in_CI(string project)
    {
        var path = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
        Assert.True(File.Exists(Path.Combine(Document.Repository.Root, path)), $"{path} is missing: CI= dotnet restore --force-evaluate.");

        using var file = JsonDocument.Parse(Document.Repository.Read(path));
        var packages = file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project").ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.NotEmpty(package.Value.GetProperty("contentHash").GetString()!));

        var direct = XDocument.Parse(Document.Repository.Read(project)).Descendants("PackageReference").Attributes("Include").Select(name => name.Value);
        Assert.Empty(direct.Except(packages.Select(package => package.Name), StringComparer.OrdinalIgnoreCase));

        var policy = XDocument.Parse(Document.Repository.Read("Directory.Build.props"));
        Assert.Equal("true", policy.Descendants("RestorePackagesWithLockFile").Single().Value);
        var locked = policy.Descendants("RestoreLockedMode").Single();
        Assert.Equal(("true", "'$(CI)' == 'true'"), (locked.Value, locked.Attribute("Condition")!.Value));
    }
}
