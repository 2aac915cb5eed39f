namespace PaySg.Functions.Platform.Markup;

/// <summary>A format of pictures that browsers show and that can hold no script.</summary>
/// <param name="Ending">What the names of its files end with, without the dot.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record PictureKind(string Ending, string ContentType)
{
    public static readonly PictureKind Png = new("png", "image/png");
    public static readonly PictureKind Jpeg = new("jpg", "image/jpeg");
    public static readonly PictureKind WebP = new("webp", "image/webp");

    /// <summary>The kind of a file with this ending; null: none of these.</summary>
    public static PictureKind? OfEnding(string ending) => ending switch { "png" => Png, "jpg" => Jpeg, "webp" => WebP, _ => null };
}
