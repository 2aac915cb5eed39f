using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>Errors in the words of a payer.</summary>
internal static class ErrorPage
{
    /// <param name="reader">Who reads it.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="requestId">Shown where the fault is ours and can be reported; a page that does not exist is the same for every path.</param>
    /// <param name="payee">Who is paid, as far as that is known.</param>
    public static Page Of(Reader reader, ApiError error, string requestId, Payee payee)
    {
        var say = reader.Say.Errors;
        var (title, text, hasWayBack) = Words(say, error);
        return new Page(reader, title, payee, Html.Of($"""
            <h1>{title}</h1>
            <p>{text}</p>
            {Html.When(hasWayBack, $"""<p><a class="button" href="?">{reader.Say.Page.BackToPayment}</a></p>""")}
            {Html.When(error.Status >= 500, $"""<p class="quiet">{say.QuoteId(Html.Of($"<code>{requestId}</code>"))}</p>""")}
            """))
        {
            State = "error",

            Warning = reader.IsOfLink ? reader.Say.Page.LinkWarning : reader.Say.Page.HomeWarning,
        };
    }

    private static (string Title, string Text, bool HasWayBack) Words(ErrorsTexts say, ApiError error) => error switch
    {
        { Code: "too_many_attempts" } => (say.TooManyAttempts, Wait(say, error.RetryAfter), true),
        { Code: "too_many_attempts_at_once" } => (say.TryLater, say.ManyArePaying, true),
        { Code: "too_many_unknown_addresses" } => (say.TryLater, say.TooManyUnknown, false),
        { Code: "charged_too_late" } => (say.MoneyGoesBack, say.MoneyGoesBackText, true),
        { Code: "attempt_already_decided" or "attempt_not_found" } => (say.OutOfDate, say.OutOfDateText, true),
        { Code: "cross_site_form" } => (say.OtherSite, say.OtherSiteText, true),
        { Status: 404 } => (say.NotFound, say.NotFoundText, false),
        { Status: 405 } => (say.NotAllowed, say.NotAllowedText, false),
        { Status: 413 } => (say.TooMuch, say.UnreadText, true),
        { Status: >= 500 } => (error.Status == 503 ? say.TryLater : say.OurFault, say.OurFaultText, true),
        _ => (say.Unread, say.UnreadText, true),
    };

    private static string Wait(ErrorsTexts say, TimeSpan? wait) =>
        Math.Ceiling((wait ?? TimeSpan.Zero).TotalHours) is var hours and > 1 ? say.WaitHours(hours.ToString(CultureInfo.InvariantCulture)) : say.WaitAnHour;
}
