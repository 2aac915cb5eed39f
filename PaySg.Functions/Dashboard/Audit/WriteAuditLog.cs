using CsvHelper;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Management.Audit;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary>Gives the log as a file that is written while it is read: a line for each field that was changed, and one for what changed none.</summary>
internal sealed class WriteAuditLog(ReadAuditLog readLog, ShowAuditLog showLog)
{
    private static readonly string[] Columns = ["id", "at", "by_type", "by_id", "by_email", "action", "subject_id", "field", "before", "after"];
    private static readonly AuditChange[] Nothing = [AuditChange.Set("", null)];

    /// <summary>200 and the file; 400 and the page of the log where a day is wrong.</summary>
    /// <exception cref="ApiException">404: there is no such file.</exception>
    public ApiAnswer Run(ApiCall call, OwnerPlace place, string file)
    {
        if (file != ShowAuditLog.File)
            throw ApiErrors.UnknownPath();

        var form = new AuditForm(call.Request.Query);
        if (form.IsWrong)
            return showLog.Print(400, place, form, page: null);

        return new ApiAnswer(200, default)
        {
            ContentType = CsvFile.ContentType,
            Writer = (stream, cancellationToken) => WriteAsync(place.OwnerId, form.Filter, stream, cancellationToken),
        }.WithHeader("Content-Disposition", $"attachment; filename=\"{file}\"");
    }

    private async Task WriteAsync(string ownerId, AuditFilter filter, Stream stream, CancellationToken cancellationToken)
    {
        // Nothing is sent at the end where the reading breaks off: a part must not look like the whole.
        var csv = CsvFile.To(stream);
        foreach (var column in Columns)
            csv.WriteField(column);

        await csv.EndRecordAsync(cancellationToken);
        await foreach (var entry in readLog.RunAsync(ownerId, filter, cancellationToken))
        {
            foreach (var change in entry.Changes.Count > 0 ? entry.Changes : Nothing)
                await WriteAsync(csv, entry, change, cancellationToken);
        }

        await csv.DisposeAsync();
    }

    private static async ValueTask WriteAsync(CsvWriter csv, AuditEntry entry, AuditChange change, CancellationToken cancellationToken)
    {
        csv.WriteField(entry.Id);
        csv.WriteTime(entry.At);
        csv.WriteField(AuditEntryJson.NameOf(entry.By.Kind));
        csv.WriteField(entry.By.Id);
        csv.WriteField(entry.By.Address);
        csv.WriteField(entry.Action);
        csv.WriteField(entry.Subject);
        csv.WriteField(change.Field);
        csv.WriteField(change.Before);
        csv.WriteField(change.After);
        await csv.EndRecordAsync(cancellationToken);
    }
}
