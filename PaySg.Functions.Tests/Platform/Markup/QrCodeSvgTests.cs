using System.Globalization;
using System.Text.RegularExpressions;
using PaySg.Functions.Platform.Markup;
using QRCoder;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed partial class QrCodeSvgTests
{
    [Fact]
    public void The_image_is_black_where_the_code_is()
    {
        const string text = "00020101021226";
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count;

        var svg = QrCodeSvg.Of(text, "A code").Text;

        Assert.Contains($"viewBox=\"0 0 {size} {size}\"", svg, StringComparison.Ordinal);
        var black = new HashSet<(int X, int Y)>();
        foreach (Match run in Run().Matches(svg[svg.IndexOf("#000", StringComparison.Ordinal)..]))
        {
            var (x, y, length) = (Number(run, "x"), Number(run, "y"), Number(run, "length"));
            black.UnionWith(Enumerable.Range(x, length).Select(at => (at, y)));
        }

        Assert.All(
            from y in Enumerable.Range(0, size) from x in Enumerable.Range(0, size) select (X: x, Y: y),
            module => Assert.Equal(code.ModuleMatrix[module.Y][module.X], black.Contains(module)));
    }

    [Fact]
    public void The_label_cannot_leave_its_attribute()
    {
        Assert.Contains("aria-label=\"&quot;&gt;&lt;b&gt;\"", QrCodeSvg.Of("x", "\"><b>").Text, StringComparison.Ordinal);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\k<length>z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();
}
