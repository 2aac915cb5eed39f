using System.Net;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The page on which a payer pays a Checkout session.</summary>
internal static class StripeCheckoutPage
{
    /// <summary>With a form that pays and, where there is a way back, one that leads there; of a session that is not open, neither.</summary>
    /// <param name="declined">Whether the card that was tried last was declined.</param>
    public static string Of(StripeSession session, bool declined)
    {
        ArgumentNullException.ThrowIfNull(session);
        var notice = session.Status != "open"
            ? "<p role=\"alert\">This page is not available any more.</p>"
            : declined ? "<p role=\"alert\">Your card was declined.</p>" : string.Empty;
        var forms = session.Status != "open" ? string.Empty : Form(session, "pay", "Pay") + (session.CancelUrl is null ? string.Empty : Form(session, "back", "Back"));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Checkout</title><link rel="icon" href="data:,"></head>
            <body>
            <main>
            <h1>{WebUtility.HtmlEncode(session.Product)}</h1>
            <p>{WebUtility.HtmlEncode(session.Currency.ToUpperInvariant())} {session.Amount / 100m:0.00}</p>
            {notice}
            {forms}
            </main>
            </body>
            </html>
            """;
    }

    /// <summary>Where a payer goes who has paid.</summary>
    public static string Success(StripeSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.SuccessUrl.Replace("{CHECKOUT_SESSION_ID}", session.Id, StringComparison.Ordinal);
    }

    private static string Form(StripeSession session, string verb, string name) =>
        $"<form method=\"post\" action=\"/c/pay/{session.Id}/{verb}\"><button type=\"submit\">{name}</button></form>";
}
