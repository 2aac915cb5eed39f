using QRCoder;

namespace PaySg.Functions.Platform.Markup;

/// <summary>QR codes as SVG within a page: sharp at any size, on paper too, and nothing to load.</summary>
internal static class QrCodeSvg
{
    /// <summary>A black and white image of a QR code that holds the text, with the quiet zone around it.</summary>
    /// <param name="text">What it holds.</param>
    /// <param name="label">What it is, for those who do not see it.</param>
    public static Html Of(string text, string label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                var start = x;
                while (x < row.Count && row[x])
                    x++;

                if (x > start)
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }

        var size = code.ModuleMatrix.Count;
        return Html.Of($"""
            <svg class="qr" role="img" aria-label="{label}" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>
            """);
    }
}
