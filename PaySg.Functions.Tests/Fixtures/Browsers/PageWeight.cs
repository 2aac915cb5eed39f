using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What a page weighs with all that it loads, as it comes over the network: text compressed, pictures as they are.</summary>
internal static partial class PageWeight
{
    /// <summary>What no page may weigh, in bytes.</summary>
    public const int Most = 50_000;

    /// <summary>What a page without a logo may weigh at most, in bytes.</summary>
    public const int MostWithoutLogo = 15_000;

    /// <param name="app">Where the page is from.</param>
    /// <param name="page">Its HTML.</param>
    public static async Task<int> OfAsync(Uri app, string page)
    {
        using var http = new HttpClient { BaseAddress = app };
        var weight = Compressed(Encoding.UTF8.GetBytes(page));
        foreach (var loaded in Loaded().Matches(page).Select(match => match.Groups["path"].Value))
        {
            var content = await http.GetByteArrayAsync(new Uri(loaded, UriKind.Relative));
            weight += loaded.StartsWith("/logos/", StringComparison.Ordinal) ? content.Length : Compressed(content);
        }

        return weight;
    }

    private static int Compressed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return (int)target.Length;
    }

    [GeneratedRegex("<(?:link|script|img)[^>]* (?:href|src)=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loaded();
}
