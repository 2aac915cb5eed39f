using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Everything that a storage account holds in tables, queues and blobs, whatever it is called: what is added later is looked at, too.</summary>
public static class WholeStore
{
    /// <summary>Each place that holds one of the texts, in any form that a program would give to it.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string connection, IReadOnlyList<string> texts)
    {
        var found = new List<string>();
        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync(filter: (string?)null))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(filter: (string?)null))
                found.AddRange(In(row, texts).Select(text => $"{table.Name} {row.PartitionKey} {row.RowKey}: {text}"));
        }

        var queues = new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await foreach (var queue in queues.GetQueuesAsync())
        {
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
                found.AddRange(In(message.Body.ToArray(), texts).Select(text => $"{queue.Name}: {text}"));
        }

        var blobs = new BlobServiceClient(connection);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync())
            {
                var content = (await blobs.GetBlobContainerClient(container.Name).GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
                found.AddRange(In(content, texts).Concat(In(Encoding.UTF8.GetBytes(blob.Name), texts)).Select(text => $"{container.Name}/{blob.Name}: {text}"));
            }
        }

        return found;
    }

    /// <summary>The texts that a row holds, in its keys, in a column, or in a document that is in several.</summary>
    public static IEnumerable<string> In(TableEntity row, IReadOnlyList<string> texts)
    {
        var columns = row.Select(column => column.Value switch { byte[] bytes => bytes, BinaryData data => data.ToArray(), var value => Encoding.UTF8.GetBytes($"{column.Key} {value}") });
        byte[] document = [.. row.Where(column => column.Value is byte[] or BinaryData).OrderBy(column => column.Key.Length).ThenBy(column => column.Key, StringComparer.Ordinal)
            .SelectMany(column => column.Value is byte[] bytes ? bytes : ((BinaryData)column.Value).ToArray())];
        return columns.Append(document).SelectMany(content => In(content, texts)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The texts that some bytes hold, be they packed, or lines of a backup whose columns are in base64.</summary>
    public static IEnumerable<string> In(byte[] content, IReadOnlyList<string> texts)
    {
        List<byte[]> layers = [content, .. Unpacked(content)];
        return texts.Where(text => Forms(text).Any(form => layers.Any(layer => layer.AsSpan().IndexOf(form) >= 0)));
    }

    /// <summary>As it is, as JSON, a URL, a form and HTML escape it, in UTF-16, in hexadecimal, and in base64 from each of the three places where it may begin.</summary>
    internal static IEnumerable<byte[]> Forms(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        string[] written =
        [
            text, text.ToUpperInvariant(), text.ToLowerInvariant(), JsonEncodedText.Encode(text).ToString(), string.Concat(text.Select(letter => letter < 128 ? $"{letter}" : $"\\u{(int)letter:x4}")),
            Uri.EscapeDataString(text), WebUtility.UrlEncode(text), WebUtility.HtmlEncode(text), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
            .. Enumerable.Range(0, 3).SelectMany(shift => Base64(bytes, shift)),
        ];
        return written.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes).Append(Encoding.Unicode.GetBytes(text));
    }

    private static IEnumerable<string> Base64(byte[] bytes, int shift)
    {
        // What is before and after it changes the letters at the edges, so these are left out.
        var whole = Convert.ToBase64String([.. new byte[shift], .. bytes]);
        var (first, last) = (shift == 0 ? 0 : shift + 1, (shift + bytes.Length) / 3 * 4);
        var inner = whole[first..last];
        return [inner, inner.Replace('+', '-').Replace('/', '_')];
    }

    private static IEnumerable<byte[]> Unpacked(byte[] content)
    {
        foreach (var open in (Func<Stream, Stream>[])[packed => new GZipStream(packed, CompressionMode.Decompress), packed => new BrotliStream(packed, CompressionMode.Decompress)])
        {
            using var inner = new MemoryStream();
            try
            {
                using var stream = open(new MemoryStream(content));
                stream.CopyTo(inner);
            }
            catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
            {
                continue;
            }

            yield return inner.ToArray();
        }
    }
}
