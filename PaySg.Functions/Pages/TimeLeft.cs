using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>
/// Where the script counts down how long a code is valid. The digits change each second and are not read out; ten, five and one minute before the end a
/// sentence is. Without script the time that stands before it has to do.
/// </summary>
internal static class TimeLeft
{
    // The script puts the number there.
    private const string Place = "{minutes}";

    /// <param name="say">The words.</param>
    /// <param name="left">How long the code is still valid; more than zero.</param>
    public static Html Of(WaitingTexts say, TimeSpan left) => Html.Of($"""
        <br><span class="countdown" data-seconds="{(long)Math.Ceiling(left.TotalSeconds)}" data-one="{say.OneMinuteLeft}" data-many="{say.MinutesLeft(Place)}"><span class="quiet" aria-hidden="true"></span><span class="unseen" role="status"></span></span>
        """);
}
