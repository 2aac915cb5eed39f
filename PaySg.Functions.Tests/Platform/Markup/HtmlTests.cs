using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class HtmlTests
{
    [Fact]
    public void What_is_put_into_a_template_is_encoded_unless_it_is_html_itself()
    {
        var inner = Html.Of($"<b>{"<i>"}</b>");

        Assert.Equal("<p class=\"&quot;x&#x27;\">&amp;<b>&lt;i&gt;</b></p>", Html.Of($"""<p class="{"\"x'"}">{"&"}{inner}</p>""").Text);
    }

    [Fact]
    public void No_text_whatever_leaves_its_place() => Properties.Hold(Properties.Texts, text =>
    {
        var html = Html.Of($"""<a title="{text}">{text}</a>""").Text;

        Assert.StartsWith("<a title=\"", html, StringComparison.Ordinal);
        Assert.Equal((2, 2, 2), (html.Count(c => c == '<'), html.Count(c => c == '>'), html.Count(c => c == '"')));
        Assert.DoesNotContain('\'', html);
    });

    [Theory]
    [InlineData(true, "<br>")]
    [InlineData(false, "")]
    public void A_template_may_depend_on_a_condition(bool condition, string expected)
    {
        Assert.Equal(expected, Html.When(condition, $"<br>").Text);
    }
}
