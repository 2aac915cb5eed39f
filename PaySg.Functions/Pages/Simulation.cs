using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The part of a page that stands in for the payer's bank in test mode: two forms that settle a pending attempt.</summary>
internal static class Simulation
{
    /// <param name="say">The words of the reader's language.</param>
    /// <param name="path">The page that takes its forms.</param>
    /// <param name="attemptId">The attempt to settle.</param>
    /// <param name="succeed">What the button says that lets the attempt succeed.</param>
    /// <param name="fail">What the button says that lets it fail.</param>
    public static Html Of(Texts say, string path, string attemptId, string succeed, string fail) => Html.Of($"""
        <section class="simulation" aria-labelledby="simulation">
        <h2 id="simulation">{say.Simulation.Heading}</h2>
        <p>{say.Simulation.Text}</p>
        {Settlement(say, path, attemptId, "succeeded", succeed, "button")}
        {Settlement(say, path, attemptId, "failed", fail, "button second")}
        </section>
        """);

    private static Html Settlement(Texts say, string path, string attemptId, string outcome, string label, string style) => Html.Of($"""
        <form method="post" action="{path}" data-once="{say.Page.OneMoment}">
        <input type="hidden" name="action" value="settle">
        <input type="hidden" name="attempt" value="{attemptId}">
        <input type="hidden" name="outcome" value="{outcome}">
        <button class="{style}" type="submit">{label}</button>
        </form>
        """);
}
