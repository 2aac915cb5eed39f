using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>The list of batches, and the form that sends a file.</summary>
internal sealed class BatchListView(DashboardPages pages, OfficerForms forms)
{
    private const string Sample = """
        reference_id,payer_name,payer_email,description,amount,due_date
        INV-1,Tan Ah Kow,tan@example.com,Licence fee,11.30,31-DEC-2026
        INV-2,Siti binte Ahmad,,"Hall A, two hours","1130.00",
        """;

    /// <param name="status">Of the answer.</param>
    /// <param name="batches">The newest ones.</param>
    /// <param name="refusals">Why a file was not taken; empty: none was sent.</param>
    public ApiAnswer Print(int status, Visit visit, IReadOnlyList<PaymentBatch> batches, IReadOnlyList<string> refusals) => pages.Page(status, visit.Person, "Batches", Html.Of($"""
        <h1>Batches</h1>
        <p>Create up to {Counts.Payments(BatchFile.MostLines)} by one file. First you see what is wrong in it; nothing is created before you say so.</p>
        {Form(visit, refusals)}
        <details>
        <summary>What the file looks like</summary>
        <p>A CSV file in UTF-8, at most 5 MB, with commas between the columns. The first line names them, in any order.</p>
        <pre tabindex="0" aria-label="An example of a file">{Html.OfText(Sample)}</pre>
        <p>Each line must have <code>reference_id</code>, <code>payer_name</code>, <code>description</code> and <code>amount</code> in dollars. It may have
        {Html.Join(TypedPayment.Fields.Where(static field => !field.IsRequired).Select((field, at) => Html.Of($"<code>{field.Name}</code>{(at == TypedPayment.Fields.Count(static other => !other.IsRequired) - 1 ? "." : ",")}")))}
        Other columns, at most ten, become metadata of the payment.</p>
        </details>
        {(batches.Count == 0 ? Html.Empty : Table(visit, batches))}
        """), visit);

    /// <summary>The form that sends a file, with why the last one was not taken.</summary>
    public Html Form(Visit visit, IReadOnlyList<string> refusals) => Html.Of($"""
        {FormField.Mistakes("Nothing was created. Please check:", [.. refusals.Select(static refusal => new FieldError("file", refusal))])}
        <form method="post" action="{pages.In(visit.Service.Id, DashboardPages.Batches)}" enctype="multipart/form-data" class="typed">
        {forms.Hidden(visit.Person)}
        <div class="field{Html.When(refusals.Count > 0, $" wrong")}">
        <label for="file">File (CSV)</label>
        {Html.When(refusals.Count > 0, $"""<p class="error" id="file-error">{string.Join(' ', refusals)}</p>""")}
        <input type="file" id="file" name="file" accept=".csv,text/csv" required{Html.When(refusals.Count > 0, $" aria-invalid=\"true\" aria-describedby=\"file-error\"")}>
        </div>
        <p class="actions"><button class="button" type="submit">Check the file</button></p>
        </form>
        """);

    private Html Table(Visit visit, IReadOnlyList<PaymentBatch> batches) => Html.Of($"""
        <h2>Earlier files</h2>
        <table class="list">
        <caption class="unseen">Batches</caption>
        <thead><tr><th scope="col">File</th><th scope="col">Payments</th><th scope="col">Sent</th><th scope="col">Status</th><th scope="col" class="money">Total</th></tr></thead>
        <tbody>
        {Html.Join(batches.Select(batch => Html.Of($"""
            <tr><th scope="row"><a href="{pages.BatchOf(visit.Service.Id, batch.Id)}">{BatchView.NameOf(batch)}</a></th><td>{Counts.Payments(batch.Lines)}</td><td>{Texts.English.Date(batch.UploadedAt)}</td><td>{BatchView.StatusOf(batch)}</td><td class="money">{(batch.Status == BatchStatus.Wrong ? "" : Texts.English.Dollars(batch.TotalInCents))}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
