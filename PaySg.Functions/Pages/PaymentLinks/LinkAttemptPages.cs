using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>The pages of one payer's attempt on a payment link for one reader, one method each.</summary>
internal sealed class LinkAttemptPages(Reader reader, PageAnswers pages, GatewayBorder gateway)
{
    private const int DigitsInGroup = 4;
    private readonly Texts say = reader.Say;

    /// <summary>What the attempt is at a moment.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="isReturning">Whether the payer paid just now and is led on to where the link says.</param>
    internal ApiAnswer Show(PaymentLink link, Account? account, LinkAttempt attempt, DateTimeOffset now, bool isReturning) => attempt switch
    {
        { Status: ChargeAttemptStatus.Succeeded } => Receipt(link, attempt.PayeeOf(account), attempt, isReturning),
        { State.GoesBack: true, Status: ChargeAttemptStatus.Failed } => WentBack(link, attempt.PayeeOf(account), attempt),
        { State.GoesBack: true } => GoesBack(link, attempt.PayeeOf(account)),
        _ when attempt.IsExpiredAt(now) => Expired(link, account, attempt),
        { Status: ChargeAttemptStatus.Failed } => Failed(link, account, attempt),
        { Status: ChargeAttemptStatus.Pending } => Pending(link, account, attempt, now),
        _ => Checking(link, account, attempt),
    };

    /// <summary>The QRIS code of an attempt as a picture to keep: an app on the same phone reads it from there. Null: there is none to scan.</summary>
    internal ApiAnswer? QrPicture(LinkAttempt attempt, DateTimeOffset now) =>
        attempt.Status == ChargeAttemptStatus.Pending && !attempt.IsExpiredAt(now) && PaymentLinkMethods.Find(attempt.MethodCode)?.Group == PaymentLinkMethod.Qris
            ? pages.Picture(QrCodePng.Of(attempt.MethodValue), $"qris-{attempt.ReffNo}.png")
            : null;

    /// <summary>It is not known yet what came of a form, and not even which attempt it began.</summary>
    internal ApiAnswer Checking(PaymentLink link, Account? account, string formKey) => Answer(account, "checking", say.Waiting.CheckingPayment, Html.Of($"""
        <h1>{say.Waiting.CheckingPayment}</h1>
        {LinkParts.Strip(link)}
        <p>{say.Link.NotHeardYet}</p>
        {Connection.Of(say.Waiting)}
        <form method="get" action="{PathOf(link)}" data-wait="{LinkPagePath.FormOf(formKey)}">
        <input type="hidden" name="{FormKey.Field}" value="{formKey}">
        <p class="actions"><button class="button" type="submit">{say.Page.CheckNow}</button></p>
        </form>
        """));

    /// <summary>The payer was charged when the link had no use left, and the money is on its way back.</summary>
    internal ApiAnswer GoesBack(PaymentLink link, Account? account) => Answer(account, "refunding", say.Link.Refunding, Html.Of($"""
        <h1 class="moving"><span class="mark" aria-hidden="true">…</span> {say.Link.Refunding}</h1>
        <p>{say.Link.RefundingText}</p>
        {LinkParts.Strip(link)}
        """));

    /// <summary>The same once the money has gone back.</summary>
    private ApiAnswer WentBack(PaymentLink link, Account? account, LinkAttempt attempt) => Answer(account, $"refunded {attempt.ReffNo}", say.Paid.RefundedTitle(Texts.Rupiah(attempt.Amount)), Html.Of($"""
        <h1 class="back"><span class="mark" aria-hidden="true">↩</span> {say.Paid.RefundedTitle(LinkParts.Amount(attempt.Amount))}</h1>
        <p>{say.Link.RefundedText(say.JakartaTime(attempt.UpdatedAt))}</p>
        {LinkParts.Strip(link)}
        <dl>
        {Facts.Line(say.Facts.PaymentNumber, attempt.ReffNo)}
        </dl>
        """));

    private ApiAnswer Receipt(PaymentLink link, Account? account, LinkAttempt attempt, bool isReturning)
    {
        var payee = LinkParts.PayeeOf(account);
        var page = LinkParts.Page(reader, account, $"paid {attempt.ReffNo}", say.Paid.Title(Texts.Rupiah(attempt.Amount)), Html.Of($"""
            <h1 class="good"><span class="mark" aria-hidden="true">✓</span> {say.Paid.Title(LinkParts.Amount(attempt.Amount))}</h1>
            <p>{say.Paid.Received(payee.Name, say.JakartaTime(attempt.PaidAt!.Value))}</p>
            {LinkParts.WayOn(say, link.AfterSuccess)}
            <h2>{say.Receipt.Receipt}</h2>
            {Html.When(attempt.PayeeName is null, $"""<p class="remark">{say.Link.NameOfToday}</p>""")}
            <dl>
            {Facts.Line(say.Facts.PaidTo, payee.Name)}
            {Facts.Line(say.Facts.PaidBy, attempt.Customer.Name)}
            {Facts.Line(say.Facts.PaidOn, say.JakartaTime(attempt.PaidAt!.Value))}
            {Facts.Line(say.Facts.PaidWith, attempt.Card is { } card ? (string)say.Methods.CardEndingIn(card.Name, card.LastFour) : NameOf(attempt))}
            {Facts.Line(say.Facts.For, link.Title)}
            {Facts.Line(say.Facts.Reference, link.ReffNo)}
            {Facts.Line(say.Facts.PaymentNumber, attempt.ReffNo)}
            </dl>
            {LinkParts.Amounts(say, link, say.Facts.TotalPaid)}
            <p class="actions"><button class="button second" type="button" data-print hidden>{say.Page.PrintOrSave}</button></p>
            """));
        return pages.Page(200, page with
        {
            // A form may not be sent on to another site (form-action), so it leads here, and this page leads on, at once.
            Head = isReturning && link.AfterSuccess is { } target ? Html.Of($"""<meta http-equiv="refresh" content="0;url={target}">""") : Html.Empty,
        });
    }

    private ApiAnswer Failed(PaymentLink link, Account? account, LinkAttempt attempt) => Answer(account, $"failed {attempt.ReffNo}", say.Payment.NotMade, Html.Of($"""
        <h1 class="bad"><span class="mark" aria-hidden="true">!</span> {say.Payment.NotMade}</h1>
        <p role="alert">{DeclineText.Of(say.Decline, attempt.FailureReason)}</p>
        {LinkParts.Strip(link)}
        <p class="actions"><a class="button" href="{LinkPagePath.DetailsOf(attempt.MethodCode)}">{say.Page.TryAgain}</a> <a class="button second" href="{LinkPagePath.Step(LinkPagePath.Method)}">{say.Page.PayAnotherWay}</a></p>
        """));

    private ApiAnswer Expired(PaymentLink link, Account? account, LinkAttempt attempt) => Answer(account, $"expired {attempt.ReffNo}", say.Link.TimeOver, Html.Of($"""
        <h1>{say.Link.TimeOver}</h1>
        <p>{say.Link.TimeOverText(say.JakartaTime(attempt.ExpiredAt))}</p>
        {LinkParts.Strip(link)}
        <p class="actions"><a class="button" href="?">{say.Page.StartAgain}</a></p>
        {LinkParts.WayOn(say, link.AfterExpiry)}
        """));

    private ApiAnswer Checking(PaymentLink link, Account? account, LinkAttempt attempt) =>
        Waiting(link, account, attempt, "checking", Html.Of($"{say.Waiting.CheckingPayment}"), Html.Of($"<p>{say.Link.NotHeardYet}</p>"), Html.Empty);

    private ApiAnswer Pending(PaymentLink link, Account? account, LinkAttempt attempt, DateTimeOffset now)
    {
        var amount = LinkParts.Amount(attempt.Amount);
        var method = PaymentLinkMethods.Find(attempt.MethodCode);
        var words = method is null ? null : MethodWords.Of(say, method.Group);
        var (heading, body) = method?.Group switch
        {
            PaymentLinkMethod.Qris => (say.Waiting.ScanToPay(amount).Html, Html.Of($"""
                {new ScanSteps(
                    QrCodeSvg.Of(attempt.MethodValue, say.Link.QrisLabel(Texts.Rupiah(attempt.Amount), attempt.ReffNo)),
                    LinkPagePath.QrOf(attempt.ReffNo),
                    say.Link.ScanSaved,
                    say.Link.Scan).Print(say.Waiting, amount)}
                """)),
            PaymentLinkMethod.VirtualAccount => (say.Link.Transfer(amount).Html, Html.Of($"""
                <p>{say.Link.TransferText(amount)}</p>
                {Number(NameOf(attempt), attempt.MethodValue)}
                """)),
            PaymentLinkMethod.OfflineStore => (say.Link.PayAtStore(amount, method!.Brand).Html, Html.Of($"""
                <p>{say.Link.PayAtStoreText(amount)}</p>
                {Number(say.Facts.PaymentCode, attempt.MethodValue)}
                """)),
            PaymentLinkMethod.EWallet => (say.Link.ConfirmIn(method!.Brand).Html, Html.Of($"""
                <p>{say.Link.ConfirmInText(method!.Brand, amount)}</p>
                """)),
            _ => (Html.Of($"{say.Waiting.WaitingForBank}"), Html.Of($"""
                <p>{say.Waiting.ConfirmWithBank}</p>
                """)),
        };
        return Waiting(link, account, attempt, "waiting", heading, Html.Of($"""
            {body}
            <dl>
            {Facts.Line(say.Facts.PaymentMethod, NameOf(attempt))}
            {Facts.Line(say.Facts.PaymentNumber, attempt.ReffNo)}
            <div><dt>{say.Facts.ValidUntil}</dt><dd>{say.JakartaTime(attempt.ExpiredAt)}{TimeLeft.Of(say.Waiting, attempt.ExpiredAt - now)}</dd></div>
            </dl>
            <p class="quiet">{say.Link.PayOnce}</p>
            """), SimulationOf(link, attempt, words?.Succeed ?? say.Simulation.Confirmation, words?.Fail ?? say.Simulation.Decline));
    }

    /// <summary>Digits in groups to be read out; what is copied has no blanks in it.</summary>
    private static Html Number(string label, string digits) => Html.Of($"""
        <p class="figure"><span class="quiet">{label}</span><br><code>{new Html(string.Concat(digits.Chunk(DigitsInGroup).Select(group => Html.Of($"<span>{new string(group)}</span>").Text)))}</code></p>
        """);

    private string NameOf(LinkAttempt attempt) => PaymentLinkMethods.Find(attempt.MethodCode) is { } method ? MethodWords.NameOf(say.Methods, method) : attempt.MethodName;

    private ApiAnswer Waiting(PaymentLink link, Account? account, LinkAttempt attempt, string state, Html heading, Html body, Html simulation) =>
        Answer(account, $"{state} {attempt.ReffNo}", state == "checking" ? say.Waiting.CheckingPayment : say.Link.WaitingForPayment, Html.Of($"""
            <h1>{heading}</h1>
            {LinkParts.Strip(link)}
            {body}
            {simulation}
            {Connection.Of(say.Waiting)}
            <form method="post" action="{PathOf(link)}" data-once="{say.Page.Checking}" data-wait="{LinkPagePath.AttemptOf(attempt.ReffNo)}">
            <input type="hidden" name="action" value="look">
            <input type="hidden" name="attempt" value="{attempt.ReffNo}">
            <p class="actions"><button class="button{Html.When(simulation != Html.Empty, $" second")}" type="submit">{say.Page.CheckNow}</button>{Html.When(attempt.Status == ChargeAttemptStatus.Pending, $""" <a class="quiet" href="{LinkPagePath.Step(LinkPagePath.Method)}">{say.Page.PayAnotherWay}</a>""")}</p>
            </form>
            """));

    private Html SimulationOf(PaymentLink link, LinkAttempt attempt, string succeed, string fail) =>
        gateway.IsSandbox ? Simulation.Of(say, PathOf(link), attempt.ReffNo, succeed, fail) : Html.Empty;

    private string PathOf(PaymentLink link) => LinkPagePath.Of(pages.Root, link.ReffNo);

    private ApiAnswer Answer(Account? account, string state, string title, Html body) =>
        pages.Page(200, LinkParts.Page(reader, account, state, title, body));
}
