using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>Does what a form of a batch's page asks for. A batch is started once and its links are sent once, however often the form is sent.</summary>
internal sealed class ChangeBatch(StartBatch startBatch, DiscardBatch discardBatch, DashboardPages pages, OfficerForms officerForms)
{
    /// <summary>303 to the batch, or to the list where it was discarded.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string batchId)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        var key = visit.Member.ToKey(visit.Service);
        switch (form["action"])
        {
            case BatchSteps.Start:
                await startBatch.RunAsync(key, batchId);
                break;
            case BatchSteps.Mail:
                await startBatch.MailAsync(key, batchId);
                break;
            case BatchSteps.Discard when await discardBatch.RunAsync(visit.Service.Id, batchId, key.By):
                return pages.SeeOther(pages.In(visit.Service.Id, DashboardPages.Batches));
            case BatchSteps.Discard:
                break;
            default:
                throw FormRefusal.UnknownAction();
        }

        return pages.SeeOther(pages.BatchOf(visit.Service.Id, batchId));
    }
}
