using System.Globalization;
using System.Text;
using PaySg.Functions.Dashboard.Batches;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Configuration;

namespace PaySg.Functions.Tests.Dashboard.Batches;

[Trait("Category", "Rules")]
public sealed class ReadBatchFileTests
{
    private const string Header = "reference_id,payer_name,description,amount,payer_email,due_date,ward";

    [Fact]
    public void A_right_file_becomes_what_an_e_service_would_send()
    {
        var file = Read("\uFEFFWard,Reference id,PAYER_NAME,description,amount,payer_email,due_date\r\nB 12,INV-1,Tan Ah Kow,\"Hall A, two\r\nhours\",11.30,tan@example.com,31-DEC-2026\r\n\r\n,INV-2,陈大文,Fee,1130,,2026-12-31\r\n,,,,,,\r\n");

        Assert.Empty(file.Refusals);
        Assert.Empty(file.Mistakes);
        Assert.Equal([2, 5], file.Lines.Select(line => line.Number));
        Assert.Equal(114_130, file.TotalInCents);
        Assert.Equal(
            [
                """{"reference_id":"INV-1","payer_name":"Tan Ah Kow","payer_email":"tan@example.com","description":"Hall A, two\r\nhours","due_date":"31-DEC-2026","amount_in_cents":1130,"metadata":{"Ward":"B 12"}}""",
                """{"reference_id":"INV-2","payer_name":"陈大文","description":"Fee","due_date":"31-DEC-2026","amount_in_cents":113000,"metadata":{}}""",
            ],
            file.Lines.Select(line => Encoding.UTF8.GetString(line.Json.Span)));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("\r\n \n", "The file is empty.")]
    [InlineData("\uFEFF", "The file is empty.")]
    [InlineData("PK\u0003\u0004 ", "This is a workbook.")]
    [InlineData("reference_id\0", "The file is not text in UTF-8.")]
    [InlineData("reference_id;payer_name;description;amount\n1;2;3;4", "The columns must be separated by commas.")]
    [InlineData("reference_id\tpayer_name\n1\t2", "The columns must be separated by commas.")]
    [InlineData("\"reference_id,payer_name\n1,2", "The first line must name the columns")]
    [InlineData("reference_id,payer_name,description\n1,2,3", "Column amount is missing.")]
    [InlineData("reference_id,payer_name,description,amount,Payer Name\n1,2,3,4,5", "Column payer_name is there twice.")]
    [InlineData("reference_id,payer_name,description,amount,Ward,ward\n1,2,3,4,5,6", "Column Ward is there twice.")]
    [InlineData("reference_id,payer_name,description,amount,\n1,2,3,4,5", "Column 5 has no name in the first line.")]
    [InlineData("reference_id,payer_name,description,amount,a,b,c,d,e,f,g,h,i,j,k\n", "At most 10 columns may be your own, and there are 11.")]
    [InlineData("reference_id,payer_name,description,amount,an own column with a name that is far too long\n", "has a name of more than 40 characters.")]
    [InlineData(Header + "\n", "The file has no payments")]
    public void A_file_that_cannot_be_read_line_by_line_is_refused(string text, string why)
    {
        var file = Read(text);

        Assert.Contains(file.Refusals, refusal => refusal.Contains(why, StringComparison.Ordinal));
        Assert.Empty(file.Lines);
    }

    [Fact]
    public void A_first_line_of_a_million_commas_is_refused_in_one_sentence() =>
        Assert.StartsWith("The first line names 1,000,004 columns", Read($"reference_id,payer_name,description,amount{new string(',', 1_000_000)}\n").Refusals.Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Lines_end_as_any_system_ends_them(string end) =>
        Assert.Equal([2, 3], Read(string.Join(end, Header, "INV-1,Tan,Fee,1.00,,,", "INV-2,Tan,Fee,1.00,,,")).Lines.Select(line => line.Number));

    [Fact]
    public void A_file_in_another_encoding_is_refused_with_the_line()
    {
        byte[] latin = [.. Encoding.UTF8.GetBytes(Header + "\nINV-1,Tan,Fee,1.00,,,\nINV-2,Jos"), 0xE9, .. Encoding.UTF8.GetBytes(",Fee,1.00,,,\n")];

        Assert.StartsWith("Line 3 has characters that are not in UTF-8.", Reader().Run(latin).Refusals.Single(), StringComparison.Ordinal);
        Assert.StartsWith("The file is not text in UTF-8.", Reader().Run(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header)).ToArray()).Refusals.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INV-1,Tan,Fee,\"1,130.5\",,,", "amount", "Enter dollars and cents")]
    [InlineData("INV-1,Tan,Fee,S$11.30,,,", "amount", "Enter dollars and cents")]
    [InlineData("INV-1,Tan,Fee,1e3,,,", "amount", "Enter dollars and cents")]
    [InlineData("INV-1,Tan,Fee,-1.00,,,", "amount", "Enter dollars and cents")]
    [InlineData("INV-1,Tan,Fee,１１.３０,,,", "amount", "Enter dollars and cents")]
    [InlineData("INV-1,Tan,Fee,0,,,", "amount", "must be from S$0.01 to S$200,000.00.")]
    [InlineData("INV-1,Tan,Fee,200000.01,,,", "amount", "must be from S$0.01 to S$200,000.00.")]
    [InlineData("INV-1,Tan,Fee,,,,", "amount", "is required.")]
    [InlineData(",Tan,Fee,1.00,,,", "reference_id", "is required.")]
    [InlineData("INV-1,Tan,Fee,1.00,tan.example.com,,", "payer_email", "must be an e-mail address")]
    [InlineData("INV-1,Tan,Fee,1.00,,31-FEB-2026,", "due_date", "must be a day that there is")]
    [InlineData("INV-1,Tan,Fee,1.00,,2026-02-31,", "due_date", "must be a day that there is")]
    [InlineData("INV-1,Tan,Fee,1.00,,,WARD", "ward", "must be at most 255 characters.")]
    [InlineData("INV-1,Tan,Fee,1,130.50,,,", "", "has more or fewer values than there are columns.")]
    [InlineData("INV-1,Tan,Fee", "", "has more or fewer values than there are columns.")]
    [InlineData("INV-1,Tan \"Boy\",Fee,1.00,,,", "", "has a quotation mark in the middle of a value.")]
    [InlineData("INV-1,\"Tan\" Boy,Fee,1.00,,,", "", "has a quotation mark in the middle of a value.")]
    [InlineData("INV-1,\"Tan,Fee,1.00,,,", "", "has a quotation mark that opens and never closes.")]
    public void A_mistake_is_told_with_its_line_and_column(string line, string column, string message)
    {
        var file = Read($"{Header}\nINV-0,Tan,Fee,1.00,,,\n{line.Replace("WARD", new string('x', 256), StringComparison.Ordinal)}");

        Assert.Empty(file.Refusals);
        var mistake = Assert.Single(file.Mistakes);
        Assert.Equal((3, column), (mistake.Line, mistake.Column));
        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal([2], file.Lines.Select(right => right.Number));
    }

    [Fact]
    public void A_reference_that_is_there_more_than_once_is_told_and_taken()
    {
        var file = Read($"{Header}\nINV-1,Tan,Fee,1.00,,,\nINV-2,Tan,Fee,1.00,,,\n INV-1 ,Tan,Fee,no,,,\ninv-1,Tan,Fee,1.00,,,\n,Tan,Fee,1.00,,,\n,Tan,Fee,1.00,,,\nINV-1,Tan,Fee,1.00,,,\n");

        Assert.Equal([2, 3, 5, 8], file.Lines.Select(line => line.Number));
        Assert.Equal([4, 6, 7], file.Mistakes.Select(mistake => mistake.Line));
        var repeated = Assert.Single(file.Repeated!.First);
        Assert.Equal((1, "INV-1", 3), (file.Repeated.Count, repeated.Reference, repeated.Count));
        Assert.Equal([2, 4, 8], repeated.Lines);
        Assert.Null(Read($"{Header}\nINV-1,Tan,Fee,1.00,,,\ninv-1,Tan,Fee,1.00,,,\n").Repeated);
    }

    [Fact]
    public void What_is_told_of_references_is_short_whatever_the_file_holds()
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < 5000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i / 200:D2}{new string('x', 37)}😀{new string('x', 200)},Tan,Fee,1.00,,,\n");

        var repeated = Read(text.ToString()).Repeated!;

        Assert.Equal((25, 10), (repeated.Count, repeated.First.Count));
        Assert.All(repeated.First, (one, place) => Assert.Equal(($"{place:D2}{new string('x', 37)}…", 200), (one.Reference, one.Count)));
        Assert.Equal([202, 203, 204, 205, 206], repeated.First[1].Lines);
    }

    [Theory]
    [InlineData(5000, 0, false)]
    [InlineData(5001, 0, true)]
    [InlineData(4999, 1, false)]
    [InlineData(5000, 1, true)]
    public void A_file_has_five_thousand_payments_at_most(int right, int broken, bool isRefused)
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < right; i++)
            text.Append(CultureInfo.InvariantCulture, $"INV-{i},Tan,Fee,1.00,,,\n");
        for (var i = 0; i < broken; i++)
            text.Append("too,few\n");

        var file = Read(text.ToString());

        Assert.Equal(isRefused, file.Refusals.Contains("The file has more than 5,000 payments. Divide it."));
        Assert.Equal(isRefused ? 0 : right, file.Lines.Count);
    }

    private static BatchFile Read(string text) => Reader().Run(Encoding.UTF8.GetBytes(text));

    private static ReadBatchFile Reader() => new(new PaymentSettings(), new PaySgSettings { Mode = PaySgMode.Test, PublicBaseUrl = "https://pay.agency.gov.sg" });
}
