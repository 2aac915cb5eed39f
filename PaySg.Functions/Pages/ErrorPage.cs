using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>Errors in the words of a payer.</summary>
internal static class ErrorPage
{
    private const string Unread = "We could not read what your browser sent. Nothing was charged by it.";
    private static readonly Html Back = Html.Of($"""<p><a class="button" href="?">Back to the payment</a></p>""");

    /// <param name="error">What is wrong.</param>
    /// <param name="requestId">Shown where the fault is ours and can be reported; a page that does not exist is the same for every path.</param>
    /// <param name="payee">Who is paid, as far as that is known.</param>
    public static Page Of(ApiError error, string requestId, Payee payee)
    {
        var (title, text, more) = Words(error);
        return new Page(title, payee, Html.Of($"""
            <h1>{title}</h1>
            <p>{text}</p>
            {more}
            {Html.When(error.Status >= 500, $"""<p class="quiet">If this goes on, ask for help and quote <code>{requestId}</code>.</p>""")}
            """))
        {
            State = "error",
        };
    }

    private static (string Title, string Text, Html More) Words(ApiError error) => error switch
    {
        { Code: "too_many_attempts" } => (
            "Too many attempts",
            $"There were too many attempts to pay without success. You can try again in {Hours(error.RetryAfter)}. Nothing was charged by this attempt.",
            Back),
        { Code: "too_many_attempts_at_once" } => (
            "Please try again in a moment",
            "Many people are paying here at once. Nothing was charged by this attempt.",
            Back),
        { Code: "too_many_unknown_addresses" } => (
            "Please try again in a moment",
            "Too many addresses that do not exist were opened. Check that the link is whole: open it from the message that it came in, or ask who sent it to you.",
            Html.Empty),
        { Code: "charged_too_late" } => (
            "Your money goes back to you",
            "This payment was paid or cancelled while you were paying. What you paid just now is being refunded, and you need not do anything.",
            Back),
        { Code: "attempt_already_decided" or "attempt_not_found" } => (
            "This step is out of date",
            "The payment has moved on since this page was shown to you. Nothing was changed by your click.",
            Back),
        { Code: "cross_site_form" } => (
            "This form came from another website",
            "For your safety we take payments only from our own pages. Nothing was charged.",
            Back),
        { Status: 404 } => (
            "Page not found",
            "There is nothing to pay at this address. Check that the link is whole: open it from the message that it came in, or ask who sent it to you.",
            Html.Empty),
        { Status: 405 } => ("This does not work here", "A payment page can be opened and its forms can be sent, and nothing else.", Html.Empty),
        { Status: 413 } => ("Too much was sent", Unread, Back),
        { Status: >= 500 } => (
            error.Status == 503 ? "Please try again in a moment" : "Something went wrong on our side",
            "We cannot show you this page at the moment. Before you pay again, open the payment again: it says whether it is paid.",
            Back),
        _ => ("We could not read this form", Unread, Back),
    };

    private static string Hours(TimeSpan? wait) => Math.Ceiling((wait ?? TimeSpan.Zero).TotalHours) is var hours and > 1 ? $"{hours} hours" : "an hour";
}
