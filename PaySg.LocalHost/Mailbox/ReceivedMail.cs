using System.Text;

namespace PaySg.LocalHost.Mailbox;

/// <summary>A mail as its receiver's mail program reads it.</summary>
/// <param name="Id">Its name in the mailbox.</param>
/// <param name="Root">Its parts.</param>
internal sealed record ReceivedMail(string Id, MimePart Root)
{
    /// <summary>The subject.</summary>
    public string Subject => Root.Header("Subject");

    /// <summary>The HTML alternative.</summary>
    public string Html => Part("text/html").Text;

    /// <summary>The plain text alternative.</summary>
    public string Text => Part("text/plain").Text;

    /// <summary>The images inside the HTML.</summary>
    public IEnumerable<MimePart> Images => Root.All.Where(part => part.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase));

    /// <summary>The HTML with its images written into it.</summary>
    public string HtmlWithImages => Images.Aggregate(Html, static (html, image) => html.Replace(
        $"cid:{image.Header("Content-ID").Trim('<', '>')}",
        $"data:{image.MediaType};base64,{Convert.ToBase64String(image.Content)}",
        StringComparison.Ordinal));

    /// <summary>Reads an <c>.eml</c> file.</summary>
    public static ReceivedMail Parse(string id, byte[] eml) => new(id, MimePart.Parse(Encoding.UTF8.GetString(eml)));

    private MimePart Part(string mediaType) => Root.All.First(part => string.Equals(part.MediaType, mediaType, StringComparison.OrdinalIgnoreCase));
}
