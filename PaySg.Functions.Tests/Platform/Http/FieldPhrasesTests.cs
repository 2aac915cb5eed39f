using System.Text.Json;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Tests.Platform.Http;

/// <summary>One mistake in a body, in the words of either API.</summary>
public sealed class FieldPhrasesTests
{
    private const string Half = """{"a_b":"\ud800"}""";
    private const string Quotient = """{"a_b":1.5}""";
    private const string BeyondLong = """{"a_b":1e19}""";

    [Theory]
    [InlineData("{}", "required text", "is required: a string of 1 to 3 characters.")]
    [InlineData("""{"a_b":null}""", "required text", "is required: a string of 1 to 3 characters.")]
    [InlineData("""{"a_b":" "}""", "required text", "must not be empty.")]
    [InlineData("""{"a_b":1}""", "text", "must be a string.")]
    [InlineData(Half, "text", "contains an unpaired surrogate, or bytes that are not UTF-8.")]
    [InlineData("""{"a_b":"four"}""", "required text", "must be at most 3 characters.")]
    [InlineData("{}", "required integer", "is required: an integer from 2 to 9.")]
    [InlineData("""{"a_b":"5"}""", "integer", "must be an integer from 2 to 9.")]
    [InlineData(Quotient, "required integer", "must be an integer from 2 to 9.")]
    [InlineData("""{"a_b":1}""", "integer", "must be from 2 to 9.")]
    [InlineData("""{"a_b":10}""", "integer", "must be from 2 to 9.")]
    [InlineData(BeyondLong, "integer", "must be from 2 to 9.")]
    [InlineData("""{"a_b":"true"}""", "boolean", "must be true or false.")]
    [InlineData("""{"a_b":{}}""", "texts", "must be an array.")]
    [InlineData("""{"a_b":{}}""", "objects", "must be an array.")]
    [InlineData("""{"a_b":[{},1]}""", "objects", "must be an object.", "a_b[1]")]
    [InlineData("""{"a_b":[{},{}]}""", "names of objects", "is required: a string of 1 to 3 characters.", "a_b[0].a_b")]
    [InlineData("""{"a_b":[]}""", "object", "must be an object.")]
    [InlineData("""{"a_b":"1"}""", "number", "must be a number.")]
    public void The_PaySG_API_says(string body, string field, string message, string name = "a_b")
    {
        var fields = new RequestFields(JsonSerializer.Deserialize<JsonElement>(body));
        Read(fields, field);

        var refused = Assert.ThrowsAny<ApiException>(fields.ThrowIfInvalid);
        Assert.Equal((400, "invalid_parameters"), (refused.Error.Status, refused.Error.Code));
        Assert.Equal(new FieldError(name, message), refused.Error.Fields[0]);
    }

    [Theory]
    [InlineData("{}", "required text", "A b is required")]
    [InlineData("""{"a_b":null}""", "required text", "A b is required")]
    [InlineData("""{"a_b":" "}""", "required text", "A b is required")]
    [InlineData("""{"a_b":1}""", "text", "The a b must be a string.")]
    [InlineData(Half, "text", "The a b contains an invalid character.")]
    [InlineData("""{"a_b":"four"}""", "required text", "The a b must not be greater than 3 characters.")]
    [InlineData("{}", "required integer", "A b is required")]
    [InlineData("""{"a_b":"5"}""", "integer", "The a b must be an integer.")]
    [InlineData(Quotient, "required integer", "The a b must be an integer.")]
    [InlineData("""{"a_b":1}""", "integer", "The a b must be at least 2.")]
    [InlineData("""{"a_b":10}""", "integer", "The a b must not be greater than 9.")]
    [InlineData(BeyondLong, "integer", "The a b must be an integer.")]
    [InlineData("{}", "number", "A b is required")]
    [InlineData("""{"a_b":"x"}""", "number", "The a b must be a whole number, such as 20000 or \"20000.00\".")]
    [InlineData(BeyondLong, "number", "The a b must be a whole number, such as 20000 or \"20000.00\".")]
    [InlineData("""{"a_b":"1"}""", "number", "The a b must be at least 2.")]
    [InlineData("""{"a_b":"10.0"}""", "number", "The a b must not be greater than 9.")]
    [InlineData("{}", "required boolean", "A b is required")]
    [InlineData("""{"a_b":"true"}""", "boolean", "The a b must be true or false.")]
    [InlineData("""{"a_b":"x"}""", "choice", "The selected a b is invalid. It must be this or that.")]
    [InlineData(Half, "choice", "The selected a b is invalid. It must be this or that.")]
    [InlineData("""{"a_b":{}}""", "texts", "The a b must be an array.")]
    [InlineData("""{"a_b":["x",1]}""", "texts", "The a b must be an array of strings.")]
    [InlineData("""{"a_b":["\ud800"]}""", "texts", "The a b must be an array of strings.")]
    [InlineData("{}", "objects", "A b is required")]
    [InlineData("""{"a_b":{}}""", "objects", "The a b must be an array.")]
    [InlineData("""{"a_b":[]}""", "objects", "The a b must have 1 to 3 items.")]
    [InlineData("""{"a_b":[{},1]}""", "objects", "The a b must be an array of objects.", "a_b.1")]
    [InlineData("""{"a_b":[{},{}]}""", "names of objects", "A b is required", "a_b.0.a_b")]
    [InlineData("""{"a_b":[]}""", "object", "The a b must be an object.")]
    [InlineData("""{"a_b":{"x":"\ud800"}}""", "object", "The a b contains an invalid character.")]
    [InlineData("""{"a_b":{"x":"long"}}""", "object", "The a b must not be greater than 9 bytes of compact JSON.")]
    public void The_Singapay_API_says(string body, string field, string message, string name = "a_b")
    {
        var fields = new SingapayFields(new RequestFields(JsonSerializer.Deserialize<JsonElement>(body)));
        Read(fields, field);

        var refused = Assert.ThrowsAny<ApiException>(fields.ThrowIfInvalid);
        Assert.Equal((422, "validation_error"), (refused.Error.Status, refused.Error.Code));
        Assert.Equal(new FieldError(name, message), refused.Error.Fields[0]);
    }

    [Fact]
    public void Texts_of_the_Singapay_API_alone_must_be_such_as_every_receiver_prints_alike()
    {
        var body = new RequestFields(JsonSerializer.Deserialize<JsonElement>("""{"a_b":"x\u0001"}"""));
        var singapay = new SingapayFields(body);

        Assert.Equal("x\u0001", body.OptionalText("a_b", 3));
        Assert.Null(singapay.OptionalText("a_b", 3));
        var refused = Assert.ThrowsAny<ApiException>(singapay.ThrowIfInvalid);
        Assert.StartsWith("The a b must not hold U+0001 (character 2)", refused.Error.Fields[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "ftp://x", "http or https, absolute, without a user name: it does not begin with https://, written out in full.")]
    [InlineData(false, "https://u@x", "https, absolute, not of this machine, without a user name: it has a user name, or an @ in its host.")]
    public void A_wrong_URL_is_told_by_the_rules_of_the_machine(bool isDevelopment, string url, string message)
    {
        var fields = new SingapayFields(new RequestFields(JsonSerializer.SerializeToElement(new { a_b = url })), isDevelopment);

        Assert.Null(fields.OptionalUrl("a_b", 99));
        Assert.Equal($"The a b must be a valid URL: {message}", Assert.Single(fields.Errors).Message);
    }

    [Fact]
    public void A_wrong_email_address_of_the_Singapay_API_is_told_with_the_name_of_its_field()
    {
        var fields = new SingapayFields(new RequestFields(JsonSerializer.SerializeToElement(new { a_b = "x" })));

        Assert.Null(fields.OptionalEmail("a_b", 99));
        Assert.Equal("The a b must be a valid email address.", Assert.Single(fields.Errors).Message);
    }

    [Fact]
    public void Either_lists_twenty_mistakes_at_most()
    {
        var body = new RequestFields(JsonSerializer.Deserialize<JsonElement>("{}"));
        var singapay = new SingapayFields(body);
        foreach (var number in Enumerable.Range(1, 21))
        {
            body.RequiredText($"field_{number}", 3);
            singapay.RequiredText($"field_{number}", 3);
        }

        Assert.Equal(20, Assert.ThrowsAny<ApiException>(body.ThrowIfInvalid).Error.Fields.Count);
        Assert.Equal(20, Assert.ThrowsAny<ApiException>(singapay.ThrowIfInvalid).Error.Fields.Count);
    }

    private static object? Read(RequestFields fields, string field) => field switch
    {
        "required text" => fields.RequiredText("a_b", 3),
        "text" => fields.OptionalText("a_b", 3),
        "required integer" => fields.RequiredInteger("a_b", 2, 9),
        "integer" => fields.OptionalInteger("a_b", 2, 9),
        "boolean" => fields.OptionalBoolean("a_b"),
        "texts" => fields.OptionalTextArray("a_b", 3, 3),
        "objects" => fields.OptionalObjects("a_b"),
        "names of objects" => fields.OptionalObjects("a_b")!.Select(each => each.RequiredText("a_b", 3)).ToList(),
        "object" => fields.OptionalObject("a_b"),
        "number" => fields.OptionalNumber("a_b"),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No such reader."),
    };

    private static object? Read(SingapayFields fields, string field) => field switch
    {
        "required text" => fields.RequiredText("a_b", 3),
        "text" => fields.OptionalText("a_b", 3),
        "required integer" => fields.RequiredInteger("a_b", 2, 9),
        "integer" => fields.OptionalInteger("a_b", 2, 9),
        "number" => fields.RequiredNumber("a_b", 2, 9),
        "required boolean" => fields.RequiredBoolean("a_b"),
        "boolean" => fields.OptionalBoolean("a_b"),
        "choice" => fields.OptionalChoice("a_b", "this", "that"),
        "texts" => fields.OptionalTexts("a_b"),
        "objects" => fields.RequiredObjects("a_b", 3),
        "names of objects" => fields.RequiredObjects("a_b", 3)!.Select(each => each.RequiredText("a_b", 3)).ToList(),
        "object" => fields.OptionalObject("a_b", 9),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No such reader."),
    };
}
