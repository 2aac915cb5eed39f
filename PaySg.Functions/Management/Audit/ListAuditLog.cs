using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Management.Audit;

/// <summary>Lists what was done to what belongs to a payment service or an account, the newest first.</summary>
internal sealed class ListAuditLog(ReadAuditLog readLog)
{
    /// <summary>200 and a page.</summary>
    /// <exception cref="ApiException">400.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string ownerId)
    {
        var query = call.Request.Query;
        var wanted = ForwardPage.Read(query, AuditEntry.IdPrefix, AuditFilterReader.Parameters);
        var errors = new List<FieldError>();
        var filter = AuditFilterReader.Read(query, errors);
        if (errors.Count > 0)
            throw ApiErrors.InvalidParameters(errors);

        return wanted.Answer(await readLog.PageAsync(ownerId, filter, wanted.After, wanted.Limit, call.ClientLeft), static entry => entry.Id, AuditEntryJson.Write);
    }
}
