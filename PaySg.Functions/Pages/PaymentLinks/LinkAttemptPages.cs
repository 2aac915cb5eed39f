using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>The pages of one payer's attempt on a payment link, one method each.</summary>
internal sealed class LinkAttemptPages(PageAnswers pages, GatewayBorder gateway)
{
    private const int DigitsInGroup = 4;

    /// <summary>What the attempt is at a moment.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="isReturning">Whether the payer paid just now and is led on to where the link says.</param>
    internal ApiAnswer Show(PaymentLink link, Account? account, LinkAttempt attempt, DateTimeOffset now, bool isReturning) => attempt switch
    {
        { Status: ChargeAttemptStatus.Succeeded } => Receipt(link, AsToldTo(attempt, account), attempt, isReturning),
        { State.GoesBack: true, Status: ChargeAttemptStatus.Failed } => WentBack(link, account, attempt),
        { State.GoesBack: true } => GoesBack(link, account),
        _ when attempt.IsExpiredAt(now) => Expired(link, account, attempt),
        { Status: ChargeAttemptStatus.Failed } => Failed(link, account, attempt),
        { Status: ChargeAttemptStatus.Pending } => Pending(link, account, attempt),
        _ => Checking(link, account, attempt),
    };

    /// <summary>It is not known yet what came of a form, and not even which attempt it began.</summary>
    internal ApiAnswer Checking(PaymentLink link, Account? account, string formKey) => Answer(account, "checking", "Checking your payment", Html.Of($"""
        <h1>Checking your payment</h1>
        {LinkParts.Strip(link)}
        {Doubt}
        <form method="get" action="{PathOf(link)}" data-wait="{LinkPagePath.FormOf(formKey)}">
        <input type="hidden" name="{FormKey.Field}" value="{formKey}">
        <p class="actions"><button class="button" type="submit">Check now</button></p>
        </form>
        """));

    /// <summary>The payer was charged when the link had no use left, and the money is on its way back.</summary>
    internal ApiAnswer GoesBack(PaymentLink link, Account? account) => Answer(account, "refunding", "Your payment is being refunded", Html.Of($"""
        <h1 class="moving"><span class="mark" aria-hidden="true">…</span> Your payment is being refunded</h1>
        <p>{TooLate} It is being refunded. You do not need to do anything.</p>
        {LinkParts.Strip(link)}
        """));

    private const string TooLate = "Your payment arrived after this payment link had reached its payment limit or was closed.";

    /// <summary>The same once the money has gone back.</summary>
    private ApiAnswer WentBack(PaymentLink link, Account? account, LinkAttempt attempt) => Answer(account, $"refunded {attempt.ReffNo}", $"{ShownText.Rupiah(attempt.Amount)} refunded", Html.Of($"""
        <h1 class="back"><span class="mark" aria-hidden="true">↩</span> {LinkParts.Amount(attempt.Amount)} refunded</h1>
        <p>{TooLate} It was refunded on {ShownText.TimeInJakarta(attempt.UpdatedAt)}.</p>
        {LinkParts.Strip(link)}
        <dl>
        {Facts.Line("Payment number", attempt.ReffNo)}
        </dl>
        """));

    /// <summary>The account under the name that the payer was told.</summary>
    private static Account? AsToldTo(LinkAttempt attempt, Account? account) => account is not null && attempt.PayeeName is { } name ? account with { Name = name } : account;

    private static readonly Html Doubt = Html.Of($"""
        <p>We have not heard yet what came of your payment. This page says so as soon as we know, within some minutes as a rule. Do not pay again before that.</p>
        """);

    private ApiAnswer Receipt(PaymentLink link, Account? account, LinkAttempt attempt, bool isReturning)
    {
        var payee = LinkParts.PayeeOf(account);
        var page = LinkParts.Page(account, $"paid {attempt.ReffNo}", $"{ShownText.Rupiah(attempt.Amount)} paid", Html.Of($"""
            <h1 class="good"><span class="mark" aria-hidden="true">✓</span> {LinkParts.Amount(attempt.Amount)} paid</h1>
            <p>{payee.Name} received your payment on {ShownText.TimeInJakarta(attempt.PaidAt!.Value)}. Thank you.</p>
            {LinkParts.WayOn(link.AfterSuccess)}
            <h2>Receipt</h2>
            {Html.When(attempt.PayeeName is null, $"""<p class="remark">The merchant’s name shown here is that of today. This payment was made before we began to keep it with each payment.</p>""")}
            <dl>
            {Facts.Line("Paid to", payee.Name)}
            {Facts.Line("Paid by", attempt.Customer.Name)}
            {Facts.Line("Paid on", ShownText.TimeInJakarta(attempt.PaidAt!.Value))}
            {Facts.Line("Paid with", attempt.Card is { } card ? $"{card.Name} ending in {card.LastFour}" : NameOf(attempt))}
            {Facts.Line("For", link.Title)}
            {Facts.Line("Reference", link.ReffNo)}
            {Facts.Line("Payment number", attempt.ReffNo)}
            </dl>
            {LinkParts.Amounts(link, "Total paid")}
            <p class="actions"><button class="button second" type="button" data-print hidden>Print or save as PDF</button></p>
            """));
        return pages.Page(200, page with
        {
            // A form may not be sent on to another site (form-action), so it leads here, and this page leads on, at once.
            Head = isReturning && link.AfterSuccess is { } target ? Html.Of($"""<meta http-equiv="refresh" content="0;url={target}">""") : Html.Empty,
        });
    }

    private ApiAnswer Failed(PaymentLink link, Account? account, LinkAttempt attempt) => Answer(account, $"failed {attempt.ReffNo}", "Payment not made", Html.Of($"""
        <h1 class="bad"><span class="mark" aria-hidden="true">!</span> Payment not made</h1>
        <p role="alert">{DeclineText.Of(attempt.FailureReason)}</p>
        {LinkParts.Strip(link)}
        <p class="actions"><a class="button" href="{LinkPagePath.DetailsOf(attempt.MethodCode)}">Try again</a> <a class="button second" href="{LinkPagePath.Step(LinkPagePath.Method)}">Pay another way</a></p>
        """));

    private ApiAnswer Expired(PaymentLink link, Account? account, LinkAttempt attempt) => Answer(account, $"expired {attempt.ReffNo}", "Your time to pay is over", Html.Of($"""
        <h1>Your time to pay is over</h1>
        <p>You had until {ShownText.TimeInJakarta(attempt.ExpiredAt)}. If you have not paid, nothing was charged: do not use the old code or number any more.</p>
        {LinkParts.Strip(link)}
        <p class="actions"><a class="button" href="?">Start again</a></p>
        {LinkParts.WayOn(link.AfterExpiry)}
        """));

    private ApiAnswer Checking(PaymentLink link, Account? account, LinkAttempt attempt) =>
        Waiting(link, account, attempt, "checking", Html.Of($"Checking your payment"), Doubt, Html.Empty);

    private ApiAnswer Pending(PaymentLink link, Account? account, LinkAttempt attempt)
    {
        var amount = LinkParts.Amount(attempt.Amount);
        var method = PaymentLinkMethods.Find(attempt.MethodCode);
        var words = method is null ? null : MethodWords.Of(method);
        var (heading, body) = words?.Group switch
        {
            PaymentLinkMethod.Qris => (Html.Of($"Scan to pay {amount}"), Html.Of($"""
                <div class="scan">
                {QrCodeSvg.Of(attempt.MethodValue, $"QRIS code for {ShownText.Rupiah(attempt.Amount)}, payment number {attempt.ReffNo}")}
                <ol>
                <li>Open the app of your bank or e-wallet and choose to scan a QR code. Is it on this phone? Then take a screenshot, and scan that from your pictures.</li>
                <li>Check that the amount is {amount}, and confirm.</li>
                <li>Come back to this page.</li>
                </ol>
                </div>
                """)),
            PaymentLinkMethod.VirtualAccount => (Html.Of($"Transfer {amount}"), Html.Of($"""
                <p>Transfer exactly {amount} to this account number, then come back to this page.</p>
                {Number(NameOf(attempt), attempt.MethodValue)}
                """)),
            PaymentLinkMethod.OfflineStore => (Html.Of($"Pay {amount} at {method!.Brand}"), Html.Of($"""
                <p>Tell this code to the cashier and pay {amount}, then come back to this page.</p>
                {Number("Payment code", attempt.MethodValue)}
                """)),
            PaymentLinkMethod.EWallet => (Html.Of($"Confirm in {method!.Brand}"), Html.Of($"""
                <p>{method!.Brand} asks you to confirm {amount}. Confirm in its app, and come back to this page.</p>
                """)),
            _ => (Html.Of($"Waiting for your bank"), Html.Of($"""
                <p>Your bank asks you to confirm this payment, in its app or by a message. Confirm there, and come back to this page.</p>
                """)),
        };
        return Waiting(link, account, attempt, "waiting", heading, Html.Of($"""
            {body}
            <dl>
            {Facts.Line("Method", NameOf(attempt))}
            {Facts.Line("Payment number", attempt.ReffNo)}
            {Facts.Line("Good until", ShownText.TimeInJakarta(attempt.ExpiredAt))}
            </dl>
            <p class="quiet">If you pay another way, do not pay by this one too: each would be a payment of its own.</p>
            """), SimulationOf(link, attempt, words?.Succeed ?? "Simulate that you confirm", words?.Fail ?? "Simulate that you refuse"));
    }

    /// <summary>Digits in groups to be read out; what is copied has no blanks in it.</summary>
    private static Html Number(string label, string digits) => Html.Of($"""
        <p class="figure"><span class="quiet">{label}</span><br><code>{new Html(string.Concat(digits.Chunk(DigitsInGroup).Select(group => Html.Of($"<span>{new string(group)}</span>").Text)))}</code></p>
        """);

    private static string NameOf(LinkAttempt attempt) => PaymentLinkMethods.Find(attempt.MethodCode) is { } method ? MethodWords.NameOf(method) : attempt.MethodName;

    private ApiAnswer Waiting(PaymentLink link, Account? account, LinkAttempt attempt, string state, Html heading, Html body, Html simulation) =>
        Answer(account, $"{state} {attempt.ReffNo}", state == "checking" ? "Checking your payment" : "Waiting for your payment", Html.Of($"""
            <h1>{heading}</h1>
            {LinkParts.Strip(link)}
            {body}
            {simulation}
            <form method="post" action="{PathOf(link)}" data-once="Checking…" data-wait="{LinkPagePath.AttemptOf(attempt.ReffNo)}">
            <input type="hidden" name="action" value="look">
            <input type="hidden" name="attempt" value="{attempt.ReffNo}">
            <p class="actions"><button class="button{Html.When(simulation != Html.Empty, $" second")}" type="submit">Check now</button>{Html.When(attempt.Status == ChargeAttemptStatus.Pending, $""" <a class="quiet" href="{LinkPagePath.Step(LinkPagePath.Method)}">Pay another way</a>""")}</p>
            </form>
            """));

    private Html SimulationOf(PaymentLink link, LinkAttempt attempt, string succeed, string fail) =>
        gateway.IsSandbox ? Simulation.Of(PathOf(link), attempt.ReffNo, succeed, fail) : Html.Empty;

    private string PathOf(PaymentLink link) => LinkPagePath.Of(pages.Root, link.ReffNo);

    private ApiAnswer Answer(Account? account, string state, string title, Html body) =>
        pages.Page(200, LinkParts.Page(account, state, title, body));
}
