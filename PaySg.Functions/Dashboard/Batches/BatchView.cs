using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>The page of one batch: what is wrong in its file, what will be created, how far that is.</summary>
internal sealed class BatchView(DashboardPages pages, BatchListView list, OfficerForms forms, TimeProvider clock)
{
    private const int MostShown = 200;
    private const string SecondsToRefresh = "5";

    public static string NameOf(PaymentBatch batch) => batch.FileName.Length > 0 ? batch.FileName : "(without a name)";

    /// <summary>What a batch is, in words and in a colour.</summary>
    public static Html StatusOf(PaymentBatch batch)
    {
        var (look, text) = batch.Status switch
        {
            BatchStatus.Wrong => ("bad", "Has mistakes"),
            BatchStatus.Ready => ("moving", "To be confirmed"),
            BatchStatus.Running => ("moving", "Being created"),
            _ when batch.Progress.Failed > 0 => ("bad", "Done, some failed"),
            _ => ("good", "Done"),
        };
        return Html.Of($"""<span class="status {look}">{text}</span>""");
    }

    /// <summary>200 and the page. While it is worked on, browsers load it again by themselves.</summary>
    public ApiAnswer Print(Visit visit, BatchSight sight)
    {
        var batch = sight.Batch;
        var answer = pages.Page(200, visit.Person, NameOf(batch), Html.Of($"""
            <h1>{NameOf(batch)}</h1>
            <p class="strip"><span>{Counts.Payments(batch.Lines)}</span> {Html.When(batch.Status != BatchStatus.Wrong, $"<span><strong>{Texts.English.Dollars(batch.TotalInCents)}</strong></span> ")}<span>{StatusOf(batch)}</span></p>
            {batch.Status switch
            {
                BatchStatus.Wrong => Wrong(visit, sight),
                BatchStatus.Ready => Ready(visit, sight),
                BatchStatus.Running => Running(visit, sight),
                BatchStatus.Done => Done(visit, sight),
                _ => Html.Of($"<p>This file was discarded.</p>"),
            }}
            """), visit);
        return batch.IsRunning ? answer.WithHeader("Refresh", SecondsToRefresh) : answer;
    }

    private Html Wrong(Visit visit, BatchSight sight) => Html.Of($"""
        <div class="errors" role="alert" tabindex="-1">
        <h2>Nothing was created</h2>
        <p>{Counts.Print(sight.Batch.Mistakes)} {(sight.Batch.Mistakes == 1 ? "mistake is" : "mistakes are")} in this file. Correct {(sight.Batch.Mistakes == 1 ? "it" : "them")} and send the file again.</p>
        </div>
        {Mistakes(visit, sight)}
        {Repeated(sight.Batch)}
        {list.Form(visit, [])}
        {Act(visit, sight.Batch, BatchSteps.Discard, "Discard this file", "button second")}
        """);

    private Html Ready(Visit visit, BatchSight sight) => Html.Of($"""
        {Html.When(sight.Before is not null, $"""
            <div class="errors" role="alert" tabindex="-1"><h2>The same file was sent before</h2><p>Its payments {(sight.Before?.Status == BatchStatus.Running ? "are being" : "were")} created: <a href="{pages.BatchOf(visit.Service.Id, sight.Before?.Id ?? "")}">{Texts.English.SingaporeTime(sight.Before?.StartedAt ?? default)}</a>. If you go on, each payer owes twice.</p></div>
            """)}
        <p>No line of this file is wrong. Nothing is created yet{Html.When(sight.FirstLines.Count < sight.Batch.Lines, $"; these are the first {sight.FirstLines.Count} payments")}.</p>
        {(OwnColumnsOf(sight) is { Length: > 0 } own ? Html.Of($"<p>Columns of your own, which become metadata: {own}.</p>") : Html.Empty)}
        {Repeated(sight.Batch)}
        <table class="list">
        <caption class="unseen">The first payments of the file</caption>
        <thead><tr><th scope="col">Reference</th><th scope="col">Payer</th><th scope="col">Line</th><th scope="col">Email</th><th scope="col" class="money">Amount</th></tr></thead>
        <tbody>
        {Html.Join(sight.FirstLines.Select(line => Html.Of($"""
            <tr><th scope="row">{TextOf(line.Payment, "reference_id")}</th><td>{TextOf(line.Payment, "payer_name")}</td><td>Line {line.Number}</td><td>{TextOf(line.Payment, "payer_email")}</td><td class="money">{Texts.English.Dollars(line.Payment.GetProperty("amount_in_cents").GetInt64())}</td></tr>
            """)))}
        </tbody>
        </table>
        {(sight.Batch.MayStartAt(clock.GetUtcNow())
            ? Act(visit, sight.Batch, BatchSteps.Start, $"Create {Counts.Payments(sight.Batch.Lines)}", "button")
            : Html.Of($"<p>This file has waited for {PaymentBatch.WaitsFor.Days} days, so its payments can no longer be created. Send it again.</p>"))}
        {Act(visit, sight.Batch, BatchSteps.Discard, "Discard this file", "button second")}
        """);

    private Html Running(Visit visit, BatchSight sight) => Html.Of($"""
        <p role="status"><strong>{sight.Progress.PercentOf(sight.Batch.Lines)} %</strong> done: {Counts.Print(sight.Progress.Created)} of {Counts.Print(sight.Batch.Lines)} payments are created, {Counts.Print(sight.Progress.Failed)} failed.</p>
        <progress aria-label="Payments created" max="{sight.Batch.Lines}" value="{sight.Progress.Lines}">{sight.Progress.PercentOf(sight.Batch.Lines)} %</progress>
        <p class="quiet">You may leave this page: the work goes on. <a href="{pages.BatchOf(visit.Service.Id, sight.Batch.Id)}">Show how far it is now</a></p>
        """);

    private Html Done(Visit visit, BatchSight sight) => Html.Of($"""
        <p role="status"><strong>100 %</strong> done: {Counts.Print(sight.Progress.Created)} of {Counts.Print(sight.Batch.Lines)} payments are created, {Counts.Print(sight.Progress.Failed)} failed.</p>
        {(sight.Mistakes.Count > 0 ? Mistakes(visit, sight) : Html.Empty)}
        {sight.Batch.Mailing switch
        {
            BatchMailing.Running => Html.Of($"""<p role="status">The links are being sent: {Counts.Print(sight.Progress.Mailed)} so far, {Counts.Print(sight.Progress.NotMailed)} cannot be. <a href="{pages.BatchOf(visit.Service.Id, sight.Batch.Id)}">Show how far it is now</a></p>"""),
            BatchMailing.Done => Html.Of($"""<p role="status">The links are sent: {Counts.Print(sight.Progress.Mailed)} payers have theirs, {Counts.Print(sight.Progress.NotMailed)} do not, because they have no address, owe nothing any more or had too many emails today.</p>"""),
            _ when sight.Batch.MayMail => Act(visit, sight.Batch, BatchSteps.Mail, "Send all unsent links", "button"),
            _ => Html.Empty,
        }}
        <p class="links"><a href="{pages.PaymentsOf(visit.Service.Id)}">To the payments</a></p>
        """);

    private Html Mistakes(Visit visit, BatchSight sight) => Html.Of($"""
        <table class="list mistakes">
        <caption class="unseen">Mistakes</caption>
        <thead><tr><th scope="col">Line</th><th scope="col">Column</th><th scope="col">Mistake</th></tr></thead>
        <tbody>
        {Html.Join(sight.Mistakes.Take(MostShown).Select(mistake => Html.Of($"""
            <tr><th scope="row">Line {mistake.Line}</th><td>{mistake.Column}</td><td>{mistake.Message}</td></tr>
            """)))}
        </tbody>
        </table>
        <p class="links">{Html.When(sight.Mistakes.Count > MostShown, $"<span>The first {MostShown} of {Counts.Print(sight.Mistakes.Count)} mistakes.</span> ")}<a href="{pages.BatchOf(visit.Service.Id, sight.Batch.Id)}/mistakes.csv" download>Save all mistakes as a file</a></p>
        """);

    /// <summary>That references are there more than once, which is no mistake: the API takes them, too.</summary>
    private static Html Repeated(PaymentBatch batch) => batch.Repeated is not { } repeated ? Html.Empty : Html.Of($"""
        <div class="remark">
        <p>This file uses {(repeated.Count == 1 ? "a reference" : $"{Counts.Print(repeated.Count)} references")} more than once. That is allowed; check that it is intended.</p>
        <ul>
        {Html.Join(repeated.First.Select(static one => Html.Of($"<li>{Counts.Payments(one.Count)} have the reference <strong>{one.Reference}</strong> (lines {LinesOf(one)}).</li>")))}
        {Html.When(repeated.Count > repeated.First.Count, $"<li>{Counts.Print(repeated.Count - repeated.First.Count)} more.</li>")}
        </ul>
        </div>
        """);

    /// <summary>Such as <c>3 and 7</c>, and <c>2, 3, 4, 5, 6 and 194 more</c>.</summary>
    private static string LinesOf(RepeatedReference repeated)
    {
        var lines = repeated.Lines.Select(static line => line.ToString(CultureInfo.InvariantCulture)).ToList();
        var (first, last) = repeated.Count > lines.Count ? (lines, $"{Counts.Print(repeated.Count - lines.Count)} more") : (lines[..^1], lines[^1]);
        return $"{string.Join(", ", first)} and {last}";
    }

    private Html Act(Visit visit, PaymentBatch batch, string action, string text, string look) => Html.Of($"""
        <div class="actions"><form method="post" action="{pages.BatchOf(visit.Service.Id, batch.Id)}">
        {forms.Hidden(visit.Person, action)}
        <button class="{look}" type="submit">{text}</button>
        </form></div>
        """);

    /// <summary>What else is in the first lines: a column whose name is mistyped is seen here before anything is created.</summary>
    private static string OwnColumnsOf(BatchSight sight) =>
        string.Join(", ", sight.FirstLines.SelectMany(static line => line.Payment.GetProperty("metadata").EnumerateObject().Select(static entry => entry.Name)).Distinct(StringComparer.Ordinal));

    private static string TextOf(JsonElement payment, string name) => payment.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
