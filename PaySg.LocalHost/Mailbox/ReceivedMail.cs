using MimeKit;

namespace PaySg.LocalHost.Mailbox;

/// <summary>A mail as its receiver's mail program reads it.</summary>
/// <param name="Id">Its name in the mailbox.</param>
/// <param name="Message">Its headers and parts.</param>
internal sealed record ReceivedMail(string Id, MimeMessage Message)
{
    /// <summary>The subject.</summary>
    public string Subject => Message.Subject ?? "";

    /// <summary>The HTML alternative.</summary>
    public string Html => Message.HtmlBody ?? "";

    /// <summary>The plain text alternative.</summary>
    public string Text => Message.TextBody ?? "";

    /// <summary>The images inside the HTML.</summary>
    public IEnumerable<MimePart> Images => Message.BodyParts.OfType<MimePart>().Where(part => part.ContentType.IsMimeType("image", "*"));

    /// <summary>The HTML with its images written into it.</summary>
    public string HtmlWithImages => Images.Aggregate(Html, static (html, image) => html.Replace(
        $"cid:{image.ContentId}",
        $"data:{image.ContentType.MimeType};base64,{Convert.ToBase64String(BytesOf(image))}",
        StringComparison.Ordinal));

    /// <summary>Reads an <c>.eml</c> file.</summary>
    public static ReceivedMail Parse(string id, byte[] eml)
    {
        using var stream = new MemoryStream(eml);
        return new ReceivedMail(id, MimeMessage.Load(stream));
    }

    /// <summary>The decoded content of a part.</summary>
    public static byte[] BytesOf(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }
}
