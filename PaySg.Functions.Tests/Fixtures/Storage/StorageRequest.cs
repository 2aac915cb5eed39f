using System.Text;
using System.Web;
using Azure.Core;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One request to storage.</summary>
public sealed record StorageRequest(string Method, Uri Url, string Body)
{
    /// <summary>Whether it goes to a queue.</summary>
    public bool IsQueue => Url.AbsolutePath.Contains("/messages", StringComparison.Ordinal);

    /// <summary>Whether it is an entity group transaction.</summary>
    public bool IsTransaction => Url.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal);

    /// <summary>The filter of a table query; null where it is none.</summary>
    public string? Filter => Url.AbsolutePath.EndsWith("()", StringComparison.Ordinal) ? HttpUtility.ParseQueryString(Url.Query)["$filter"] ?? "" : null;

    /// <summary>Whether it writes into the table whose name ends so.</summary>
    public bool Writes(string table) => IsTransaction && Body.Contains(table, StringComparison.Ordinal);

    /// <summary>Whether it is a query of the backup, which reads whole tables, in their order, from a key on.</summary>
    public bool IsBackup => Filter is { } filter && (filter.StartsWith("PartitionKey gt", StringComparison.Ordinal) || filter.Contains("RowKey gt", StringComparison.Ordinal)) && !filter.Contains(" or ", StringComparison.Ordinal);

    /// <summary>Whether it goes to the service of blobs, which only backups use.</summary>
    internal static bool IsOfBlobs(Request request) => request.Uri.ToUri().AbsolutePath.Contains("/" + BackupContainer, StringComparison.Ordinal);

    /// <summary>The container of backups in tests.</summary>
    public const string BackupContainer = "paysg-backups";

    internal static StorageRequest Of(Request request)
    {
        var body = "";
        if (request.Content is { } content)
        {
            using var buffer = new MemoryStream();
            content.WriteTo(buffer, CancellationToken.None);
            body = Encoding.UTF8.GetString(buffer.ToArray());
        }

        return new StorageRequest(request.Method.Method, request.Uri.ToUri(), body);
    }
}
