using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class SentenceTests
{
    [Fact]
    public void Each_place_gets_its_value_and_blanks_stay() =>
        Assert.Equal("1 of 2, again 1.", new Sentence("{part} of {all}, again {part}.", [("all", "2"), ("part", "1")]).ToString());

    [Fact]
    public void In_HTML_the_sentence_and_its_values_are_encoded()
    {
        var sentence = new Sentence("Ask <{name}> & wait", [("name", "\"Tan\"\r\n<b>")]);

        Assert.Equal("Ask &lt;&quot;Tan&quot; &lt;b&gt;&gt; &amp; wait", sentence.Html.Text);
        Assert.Equal("<p>Ask &lt;&quot;Tan&quot; &lt;b&gt;&gt; &amp; wait</p>", Html.Of($"<p>{sentence}</p>").Text);
        Assert.Equal("Ask <\"Tan\" <b>> & wait", sentence.ToString());
    }

    [Fact]
    public void A_value_that_is_HTML_stays_so_and_has_no_place_in_plain_text()
    {
        var sentence = new Sentence("Pay {amount}", [("amount", Html.Of($"<strong>{"S$1"}</strong>"))]);

        Assert.Equal("Pay <strong>S$1</strong>", sentence.Html.Text);
        Assert.Throws<InvalidOperationException>(() => sentence.ToString());
    }

    [Fact]
    public void A_value_is_never_read_as_a_place() =>
        Assert.Equal("{b} and {a}", new Sentence("{a} and {b}", [("a", "{b}"), ("b", "{a}")]).ToString());

    [Fact]
    public void A_sentence_may_stand_in_another() =>
        Assert.Equal("a &lt; b!", new Sentence("{inner}!", [("inner", new Sentence("a < {b}", [("b", "b")]))]).Html.Text);

    [Fact]
    public void A_place_without_a_value_is_a_mistake() =>
        Assert.Throws<InvalidOperationException>(() => new Sentence("Pay {amount}", [("sum", "1")]).ToString());
}
