using System.Reflection;
using System.Security.Cryptography;

namespace PaySg.Functions.Pages;

/// <summary>The stylesheet, script and icon of the pages, from this assembly. Their address holds a digest of what they are, so browsers may keep them.</summary>
internal sealed class PageAssets
{
    private const string Prefix = "PaySg.Functions.Pages.Assets.";
    private readonly Dictionary<string, byte[]> files;
    private readonly string root;

    public PageAssets(PaySgSettings settings)
    {
        var assembly = typeof(PageAssets).Assembly;
        files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
        var all = files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value).ToArray();
        Version = Convert.ToHexStringLower(SHA256.HashData(all))[..16];
        root = $"{PublicPath.Of(settings)}/assets/{Version}/";
    }

    /// <summary>Names what the files hold.</summary>
    public string Version { get; }

    /// <summary>The address of a file, from the root of the site.</summary>
    public string AddressOf(string file) => files.ContainsKey(file) ? root + file : throw new ArgumentException($"There is no file {file}.", nameof(file));

    /// <summary>What a file holds; null: there is no such file.</summary>
    public byte[]? Find(string file) => files.GetValueOrDefault(file);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
