using System.Security.Cryptography;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Access;

/// <summary>The logo of a payment service or an account, as payers' browsers and mail programs get it from us. What it is never changes: another picture has another name.</summary>
/// <param name="Name">The first 32 digits of its SHA-256, a dot, and the ending of its kind.</param>
/// <param name="Content">The picture, at most <see cref="MostBytes"/> bytes.</param>
internal sealed record Logo(string Name, byte[] Content)
{
    /// <summary>A page weighs less than 50 KB with it, and one column of a row holds it.</summary>
    public const int MostBytes = 32 * 1024;

    /// <summary>How wide and how high it may be, in pixels.</summary>
    public const int MostPixels = 1024;

    private const int NameLength = 32;

    /// <summary>Its format, by the ending of its name.</summary>
    public PictureKind Kind => PictureKind.OfEnding(EndingOf(Name))!;

    public static Logo Of(byte[] content, PictureKind kind) => new($"{Convert.ToHexStringLower(SHA256.HashData(content))[..NameLength]}.{kind.Ending}", content);

    /// <summary>Whether the text can be the name of a logo.</summary>
    public static bool IsName(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) == NameLength && text[..NameLength].All(char.IsAsciiHexDigitLower) && PictureKind.OfEnding(EndingOf(text)) is not null;

    /// <summary>Where it is found below the address of the installation, without a slash before it.</summary>
    public string PathFor(string ownerId) => $"logos/{ownerId}/{Name}";

    private static string EndingOf(string name) => name[(NameLength + 1)..];
}
