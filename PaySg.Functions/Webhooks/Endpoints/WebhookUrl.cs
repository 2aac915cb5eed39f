using System.Net;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>
/// URLs of webhooks as one compares them: those that lead to one and the same place however they are written (RFC 3986, section 6). An event is still posted to
/// the URL as its owner wrote it.
/// </summary>
internal static class WebhookUrl
{
    /// <summary>The form to compare by: host in lower case, without the dot of the root, an international name in its <c>xn--</c> form; no default port; no dot segments; nothing escaped that need not be; no empty query.</summary>
    /// <param name="url">An absolute http or https URL, which may be registered.</param>
    public static string Normalise(string url)
    {
        var parsed = new Uri(url);
        var port = parsed.IsDefaultPort ? "" : ":" + parsed.Port.ToString(CultureInfo.InvariantCulture);
        var query = WithCapitals(parsed.Query);
        return $"{parsed.Scheme}://{HostOf(parsed)}{port}{WithCapitals(parsed.AbsolutePath)}{(query == "?" ? "" : query)}";
    }

    /// <summary>The host of a URL, whatever the port: what is asked of it is asked of one machine.</summary>
    public static string HostOf(string url) => HostOf(new Uri(url));

    /// <summary>Whether two URLs lead to one and the same place.</summary>
    public static bool AreOne(string one, string other) => one == other || (one.Length > 0 && other.Length > 0 && Normalise(one) == Normalise(other));

    private static string HostOf(Uri url)
    {
        if (url.HostNameType == UriHostNameType.IPv6)
            return $"[{url.IdnHost}]";

        // With a dot behind it, an address of IPv4 in another notation (0x7f.1, 2130706433) is a name to Uri, and still an address to who connects.
        var name = url.IdnHost.ToLowerInvariant().TrimEnd('.');
        return IPAddress.TryParse(name, out var address) ? address.ToString() : name;
    }

    /// <summary>What stays escaped in capitals. Uri has unescaped what need not be, and resolved dot segments.</summary>
    private static string WithCapitals(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
            plain.Append(Uri.IsHexEncoding(text, i) ? Uri.HexEscape(Uri.HexUnescape(text, ref i)) : text[i++].ToString());

        return plain.ToString();
    }
}
