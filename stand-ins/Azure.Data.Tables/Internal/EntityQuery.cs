using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Internal;

/// <summary>Asks for entities, page by page.</summary>
internal static class EntityQuery
{
    private const string NextPartitionKey = "x-ms-continuation-NextPartitionKey";
    private const string NextRowKey = "x-ms-continuation-NextRowKey";
    private const string NextTableName = "x-ms-continuation-NextTableName";

    /// <summary>The part of an address that names the properties to return.</summary>
    public static string Select(IEnumerable<string>? names) =>
        names is null ? "" : $"?$select={Uri.EscapeDataString(string.Join(',', names))}";

    public static async Task<Page<TableEntity>> PageAsync(
        TableService service,
        string table,
        string? filter,
        IEnumerable<string>? select,
        string? continuationToken,
        int? pageSize,
        CancellationToken cancellationToken)
    {
        var address = new StringBuilder(Uri.EscapeDataString(table)).Append("()").Append(Select(select));
        Append(address, "$filter", filter);
        Append(address, "$top", pageSize?.ToString(CultureInfo.InvariantCulture));
        // A token is both halves of the next key, as the service wrote them, with a space between.
        var halves = continuationToken?.Split(' ', 2);
        Append(address, "NextPartitionKey", halves?[0]);
        Append(address, "NextRowKey", halves?.ElementAtOrDefault(1));

        var response = await service.SendAsync(service.CreateMessage(RequestMethod.Get, address.ToString()), cancellationToken);
        var nextPartition = Header(response, NextPartitionKey);
        var nextRow = Header(response, NextRowKey);
        return Page<TableEntity>.FromValues(
            TableEntityReader.Entities(response.Content.ToMemory().Span),
            nextPartition is null && nextRow is null ? null : $"{nextPartition} {nextRow}",
            response);
    }

    public static async Task<Page<Models.TableItem>> TablesPageAsync(
        TableService service,
        string? filter,
        string? continuationToken,
        int? pageSize,
        CancellationToken cancellationToken)
    {
        var address = new StringBuilder("Tables");
        Append(address, "$filter", filter);
        Append(address, "$top", pageSize?.ToString(CultureInfo.InvariantCulture));
        Append(address, "NextTableName", continuationToken);

        var response = await service.SendAsync(service.CreateMessage(RequestMethod.Get, address.ToString()), cancellationToken);
        return Page<Models.TableItem>.FromValues(
            TableEntityReader.Entities(response.Content.ToMemory().Span).ConvertAll(table => new Models.TableItem(table.GetString("TableName"))),
            Header(response, NextTableName),
            response);
    }

    private static void Append(StringBuilder address, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        var separator = address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?';
        address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static string? Header(Response response, string name) =>
        response.Headers.TryGetValue(name, out var value) ? value : null;
}
