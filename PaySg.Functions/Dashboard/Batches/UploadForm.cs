using System.Runtime.InteropServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>A form with a file in it, as browsers send it (RFC 7578).</summary>
/// <param name="Token">The field that says whom the form was shown to; empty: it has none.</param>
/// <param name="FileName">What the file is called; empty: none was chosen.</param>
/// <param name="File">Its bytes.</param>
internal sealed record UploadForm(string Token, string FileName, ReadOnlyMemory<byte> File)
{
    private const int LongestName = 100;

    // Of two files the first would be dropped without a word.
    private bool HasFile { get; init; }

    // For the other field, and for what divides the fields.
    private const int RoomForTheRest = 16 * 1024;

    /// <param name="publicBaseUrl">Where our pages are.</param>
    /// <param name="largestFile">How many bytes the file may have.</param>
    /// <exception cref="ApiException">400 where it cannot be read; 403 where it comes from another site; 413 where it is too large; 415 where it is no such form.</exception>
    public static async Task<UploadForm> ReadAsync(HttpRequest request, string publicBaseUrl, int largestFile, CancellationToken cancellationToken)
    {
        PageForm.RefuseOtherSites(request, publicBaseUrl);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary)
        {
            throw ApiErrors.UnsupportedMediaType();
        }

        var body = await RequestBody.ReadRawAsync(request, largestFile + RoomForTheRest, cancellationToken);
        if (!MemoryMarshal.TryGetArray(body, out var bytes))
            throw new InvalidOperationException("A body that was read is an array.");

        var form = new UploadForm("", "", default);
        try
        {
            var reader = new MultipartReader(boundary.ToString(), new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
                form = await form.WithAsync(section, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw ApiErrors.InvalidBody("The form did not arrive whole.");
        }

        return form.File.Length <= largestFile ? form : throw ApiErrors.BodyTooLarge(largestFile);
    }

    private async Task<UploadForm> WithAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            return this;

        using var content = new MemoryStream();
        await section.Body.CopyToAsync(content, cancellationToken);
        return HeaderUtilities.RemoveQuotes(disposition.Name).ToString() switch
        {
            "token" => this with { Token = Encoding.UTF8.GetString(content.ToArray()).Trim() },
            "file" when HasFile => throw ApiErrors.InvalidBody("The form has more than one file."),
            "file" => this with { FileName = NameOf(disposition), File = content.ToArray(), HasFile = true },
            _ => this,
        };
    }

    /// <summary>Old browsers send the folder as well.</summary>
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return TextStart.Of(string.Concat(name.Select(static letter => char.IsControl(letter) ? ' ' : letter)).Trim(), LongestName);
    }
}
