using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PaySg.Functions.Platform.Markup;
using PaySg.LocalHost.Mailbox;

namespace PaySg.LocalHost.Demo;

/// <summary><c>GET /</c> on a laptop: where everything is, and the keys to try it with. A deployed app has a page of its own there, which knows none of this.</summary>
internal sealed class StartPage(LocalPage page, DemoOwners? demo, DemoPayment payment)
{
    /// <summary>Maps the path.</summary>
    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/", ShowAsync);

    private async Task ShowAsync(HttpContext context)
    {
        var paymentId = await payment.FindIdAsync(context.RequestAborted);
        await page.WriteAsync(context, "Start", Html.Of($"""
            <h1>PaySG runs on this machine</h1>
            <dl>
            {Line("/external/api", "The API browser", "Each call, to read and to try. The key of the demo is filled in.")}
            {Html.When(paymentId is not null, $"""{Line($"/payments/{paymentId}", "A payment to pay", "What a payer sees. Pay with the card 4242 4242 4242 4242, any date to come and any code.")}""")}
            {Line("/dashboard", "The dashboard", "What officers see. You are asked who of the demo people you want to be.")}
            {Line(WebhookInbox.Path, "The webhook inbox", "Register its address as a webhook endpoint, and see what comes and whether its signatures verify.")}
            {Line(MailboxPages.Path, "The mailbox", "Mails that would have been sent to payers.")}
            {Line("/health/ready", "Readiness", "Whether storage is reachable.")}
            </dl>
            {(demo is null ? Html.Empty : Keys(demo))}
            <p>Your first payment: <code>docs/start/quick-start.md</code> in the repository, or the five-minute tour of its <code>README.md</code>.</p>
            """));
    }

    private static Html Line(string address, string name, string about) => Html.Of($"""<div><dt><a href="{address}">{name}</a></dt><dd>{about}</dd></div>""");

    private static Html Keys(DemoOwners demo) => Html.Of($"""
        <h2>To try it with</h2>
        <dl>
        {Html.Join(demo.Lines.Select(line => Html.Of($"""<div><dt>{line.Name}</dt><dd><code>{line.Value}</code></dd></div>""")))}
        </dl>
        """);
}
