using System.Text;
using System.Text.Json;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Json;

[Trait("Category", "Rules")]
public sealed class WrittenNumberTests
{
    [Theory]
    [InlineData("20000", 20000)]
    [InlineData("\"20000\"", 20000)]
    [InlineData("20000.0", 20000)]
    [InlineData("\"20000.00\"", 20000)]
    [InlineData("\"00020000\"", 20000)]
    [InlineData("-5000", -5000)]
    [InlineData("\"-5000.00\"", -5000)]
    [InlineData("0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9007199254740993", 9007199254740993)]
    public void A_whole_number_is_read_and_printed_as_it_was_written(string json, long expected)
    {
        var number = Read(json);

        Assert.Equal(expected, number!.Value.Value);
        Assert.Equal(json, Encoding.UTF8.GetString(JsonText.Write(number.Value.WriteTo)));
    }

    /// <summary>JSON Schema 2020-12, section 4.2.3: a number is an integer by its value.</summary>
    [Theory]
    [InlineData("2e4", 20000, "20000")]
    [InlineData("2.0e4", 20000, "20000")]
    [InlineData("2E+4", 20000, "20000")]
    [InlineData("20000e0", 20000, "20000")]
    [InlineData("2000000e-2", 20000, "20000")]
    [InlineData("-5.5e3", -5500, "-5500")]
    [InlineData("0e999999999999999999999", 0, "0")]
    [InlineData("9.007199254740993e15", 9007199254740993, "9007199254740993")]
    [InlineData("9223372036854775807.000", long.MaxValue, "9223372036854775807.000")]
    [InlineData("20000.0000000000000000000000000000000000", 20000, "20000.0000000000000000000000000000000000")]
    [InlineData("20000.00000000000000000000000000000000000", 20000, "20000")]
    [InlineData("20000.00000000000000000000000000000000000000000000", 20000, "20000")]
    [InlineData("\"20000.0000000000000000000000000000000000\"", 20000, "\"20000.0000000000000000000000000000000000\"")]
    public void A_number_that_is_whole_by_its_value_is_read_without_rounding(string json, long expected, string printed)
    {
        var number = Read(json);

        Assert.Equal(expected, number!.Value.Value);
        Assert.Equal(printed, Encoding.UTF8.GetString(JsonText.Write(number.Value.WriteTo)));
    }

    [Theory]
    [InlineData("20000.5")]
    [InlineData("20000.01")]
    [InlineData("\"20000.50\"")]
    [InlineData("2.00005e4")]
    [InlineData("20000.0000000000000000000000000000000001")]
    [InlineData("1e-1")]
    [InlineData("\"2e4\"")]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"+1\"")]
    [InlineData("\"--1\"")]
    [InlineData("\"-\"")]
    [InlineData("\"1.\"")]
    [InlineData("\".0\"")]
    [InlineData("\"1.0.0\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"\\u0031\"")]
    [InlineData("\"١٢\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"10000000000000000000000000000000000000000000000000\"")]
    [InlineData("\"20000.00000000000000000000000000000000000\"")]
    [InlineData("1e-9223372036854775808")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("1e99999999999999999999")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void Anything_else_is_no_whole_number(string json)
    {
        Assert.Null(Read(json));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_whole_number()
    {
        Assert.Null(WrittenNumber.Read(JsonElement.Parse([(byte)'"', 0xC3, (byte)'1', (byte)'"'])));
    }

    [Fact]
    public void Every_integer_is_read_in_all_its_forms() =>
        Properties.Hold(Properties.Between(long.MinValue, long.MaxValue), value =>
        {
            Assert.Equal(new WrittenNumber(value, $"{value}", false), Read($"{value}"));
            Assert.Equal(new WrittenNumber(value, $"{value}", true), Read($"\"{value}\""));
            Assert.Equal(new WrittenNumber(value, $"{value}.00", true), Read($"\"{value}.00\""));
        });

    private static WrittenNumber? Read(string json) => WrittenNumber.Read(JsonElement.Parse(json));
}
