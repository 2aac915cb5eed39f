using System.Security.Cryptography;
using PaySg.Functions.Access;
using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>Takes a file of payments and looks at every line of it. What is right waits to be confirmed; what is wrong is told.</summary>
internal sealed class UploadBatch(
    BatchStore batches, ReadBatchFile readFile, BatchListView list, DashboardPages pages, FormTokens tokens, PaySgSettings settings, IdGenerator ids, TimeProvider clock)
{
    /// <summary>303 to the batch; 400 or 413 and the form again where the file cannot be read line by line.</summary>
    /// <exception cref="ApiException">400, 403, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        UploadForm form;
        try
        {
            form = await UploadForm.ReadAsync(call.Request, settings.PublicBaseUrl, BatchFile.MostBytes, call.ClientLeft);
        }
        catch (ApiException tooLarge) when (tooLarge.Error.Status == 413)
        {
            return await RefuseAsync(413, "The file has more than 5 MB. Divide it.");
        }

        if (!tokens.IsValid(form.Token, visit.Person))
            throw ApiErrors.CrossSiteForm();

        var file = form.FileName.Length == 0 && form.File.Length == 0 ? BatchFile.Refused("Choose a file.") : readFile.Run(form.File);
        if (file.Refusals.Count > 0)
            return await RefuseAsync(400, [.. file.Refusals]);

        var now = clock.NowInMilliseconds();
        var isWrong = file.Mistakes.Count > 0;
        var batch = new PaymentBatch
        {
            Id = ids.NewBatchId(now),
            PaymentServiceId = visit.Service.Id,
            FileName = form.FileName,
            FileHash = Convert.ToHexStringLower(SHA256.HashData(form.File.Span)),
            Lines = file.Lines.Count + file.Mistakes.Select(static mistake => mistake.Line).Distinct().Count(),
            Mistakes = file.Mistakes.Count,
            Repeated = file.Repeated,
            TotalInCents = file.TotalInCents,
            Status = isWrong ? BatchStatus.Wrong : BatchStatus.Ready,
            UploadedBy = visit.Member.Id,
            UploadedAt = now,
        };
        call.ClientLeft.ThrowIfCancellationRequested();
        await batches.SaveAsync(batch, isWrong ? [] : file.Lines, file.Mistakes, Actor.Of(visit.Member));
        return pages.SeeOther(pages.BatchOf(visit.Service.Id, batch.Id));

        async Task<ApiAnswer> RefuseAsync(int status, params IReadOnlyList<string> refusals) =>
            list.Print(status, visit, await batches.ListAsync(visit.Service.Id, call.ClientLeft), refusals);
    }
}
