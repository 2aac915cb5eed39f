using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>Gives back what is wrong in a batch's file as a file of its own.</summary>
internal sealed class WriteBatchMistakes(BatchStore batches)
{
    /// <summary>200 and the file, which may hold no mistake.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(Visit visit, string batchId, CancellationToken cancellationToken)
    {
        var batch = (await batches.GetAsync(visit.Service.Id, batchId, cancellationToken)).Batch;
        var mistakes = await batches.MistakesAsync(batch, cancellationToken);
        using var file = new MemoryStream();
        await using (var csv = CsvFile.To(file))
        {
            csv.WriteHeader("line", "column", "mistake");
            foreach (var mistake in mistakes)
            {
                csv.WriteField(mistake.Line);
                csv.WriteField(mistake.Column);
                csv.WriteField(mistake.Message);
                csv.EndRecord();
            }
        }

        return new ApiAnswer(200, file.ToArray()) { ContentType = CsvFile.ContentType }.WithHeader("Content-Disposition", "attachment; filename=\"mistakes.csv\"");
    }
}
