using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_officer_creates_payments(SharedApp shared) : IClassFixture<SharedApp>, IAsyncLifetime
{
    private const string Header = "reference_id,payer_name,payer_email,description,amount,Ward\r\n";
    private static readonly string NewPayment = $"/dashboard/{ApiClient.ServiceId}/new-payment";
    private OfficerClient officer = null!;

    public async Task InitializeAsync() => officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "billing");

    public Task DisposeAsync()
    {
        officer.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Should_create_one_payment_by_a_form_however_often_it_is_sent_and_go_on_to_it()
    {
        var form = await FormAsync(("due_date", "2026-12-31"), ("payer_identifier", "S1234567D"), ("locale", "ta"));

        var first = (await officer.PostAsync(NewPayment, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        Assert.Equal(first, (await officer.PostAsync(NewPayment, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"]);

        var page = PageText.Of(await officer.OpenAsync(first));
        Assert.Contains("The payment is created.", page, StringComparison.Ordinal);
        Assert.Contains("Send the link", page, StringComparison.Ordinal);
        var payment = await shared.Client.GetPaymentAsync(first.Split('/')[^1].Split('?')[0]);
        Assert.Equal(
            ("INV-77", "Tan Ah Kow", "tan@example.com", "1130", "31-DEC-2026", "S1234567D"),
            (payment["reference_id"], payment["payer_name"], payment["payer_email"], payment["amount_in_cents"], payment["due_date"], payment["payer_identifier"]));
        Assert.StartsWith("member_", payment["creator_id"], StringComparison.Ordinal);

        form["amount"] = "12.00";
        Assert.Contains("This form was sent before with other values", (await officer.PostAsync(NewPayment, form)).Expect(HttpStatusCode.Conflict).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount", "1,130.5", "Enter dollars and cents")]
    [InlineData("amount", "S$11.30", "Enter dollars and cents")]
    [InlineData("amount", "1e3", "Enter dollars and cents")]
    [InlineData("amount", "１１.３０", "Enter dollars and cents")]
    [InlineData("amount", "0", "Amount in S$ must be from S$0.01")]
    [InlineData("due_date", "31-FEB-2026", "Due date must be a day that there is")]
    [InlineData("payer_email", "tan", "Payer’s email must be an e-mail address")]
    [InlineData("reference_id", "", "Reference is required.")]
    [InlineData("return_url", "javascript:alert(1)", "Where the payer goes after paying must be")]
    [InlineData("description", "<script>", "")]
    public async Task Should_show_a_wrong_form_again_with_what_was_typed_and_the_mistake_beside_its_field(string field, string typed, string mistake)
    {
        var form = await FormAsync((field, typed));
        if (mistake.Length == 0)
            form["amount"] = "wrong";
        shared.App.HttpTraffic.Forget();

        var again = (await officer.PostAsync(NewPayment, form)).Expect(HttpStatusCode.BadRequest).Body;

        Assert.DoesNotContain(shared.App.HttpTraffic.Requests, request => request.Method != "GET");
        Assert.Contains(mistake, PageText.Of(again), StringComparison.Ordinal);
        Assert.Contains($"id=\"{(mistake.Length == 0 ? "amount" : field)}-error\"", again, StringComparison.Ordinal);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(typed)}\"", again, StringComparison.Ordinal);
        Assert.Contains("value=\"Tan Ah Kow\"", again, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_create_a_payment_with_items_and_metadata_and_give_more_rows_without_creating_anything()
    {
        var blank = await officer.OpenAsync(NewPayment);
        Assert.Equal(3, Rows(blank, "item_{0}_amount"));
        var form = await FormAsync(("amount", ""), ("item_1_description", "Hall <A>"), ("item_1_quantity", "2"), ("item_1_amount", "10.00"), ("metadata_1_name", "Ward"), ("metadata_1_value", "B 12"));

        shared.App.HttpTraffic.Forget();
        var longer = (await officer.PostAsync(NewPayment, new Dictionary<string, string>(form) { ["more_items"] = "1" })).Expect(HttpStatusCode.OK).Body;
        Assert.DoesNotContain(shared.App.HttpTraffic.Requests, request => request.Method != "GET");
        Assert.DoesNotContain("class=\"error", longer, StringComparison.Ordinal);
        Assert.Equal((6, 2), (Rows(longer, "item_{0}_amount"), Rows(longer, "metadata_{0}_name")));
        Assert.Contains("value=\"Hall &lt;A&gt;\"", longer, StringComparison.Ordinal);
        var most = await officer.PostAsync(NewPayment, new Dictionary<string, string>(form) { ["metadata_9_name"] = "", ["more_metadata"] = "1" });
        Assert.Equal(10, Rows(most.Expect(HttpStatusCode.OK).Body, "metadata_{0}_name"));
        Assert.DoesNotContain("More metadata", most.Body, StringComparison.Ordinal);

        // A row in the middle may be empty; the fifth one is there because it was asked for.
        (form["amount"], form["item_5_description"], form["item_5_amount"], form["metadata_2_name"], form["metadata_2_value"]) = ("11.30", "GST", "1.30", "amount", "0.00");
        var created = (await officer.PostAsync(NewPayment, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        var payment = (await shared.Client.GetPaymentAsync(created.Split('/')[^1].Split('?')[0])).Json;
        Assert.Equal(
            [("Hall <A>", 1000L, 2), ("GST", 130, null)],
            payment.GetProperty("line_items").EnumerateArray().Select(item => (item.GetProperty("description").GetString()!, item.GetProperty("amount_in_cents").GetInt64(), QuantityOf(item))));
        Assert.Equal([("Ward", "B 12"), ("amount", "0.00")], payment.GetProperty("metadata").EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString()!)));
        var page = PageText.Of(await officer.OpenAsync(created));
        Assert.Contains("Item Hall <A> × 2: S$10.00", page, StringComparison.Ordinal);
        Assert.Contains("Ward B 12", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("item_1_amount=10.00", "line_items", "The items add up to S$10.00, and the amount is S$11.30.")]
    [InlineData("item_1_amount=", "item_1_amount", "Item 1 needs an amount, such as 11.30.")]
    [InlineData("item_1_amount=1,130.5", "item_1_amount", "Item 1: Enter dollars and cents")]
    [InlineData("item_1_amount=200000.01", "item_1_amount", "Item 1: the amount must be from S$0.00 to S$200,000.00.")]
    [InlineData("item_1_description=", "item_1_description", "Item 1 needs a description.")]
    [InlineData("item_1_description=*256", "item_1_description", "Item 1: the description must be at most 255 characters.")]
    [InlineData("item_1_quantity=0", "item_1_quantity", "Item 1: the quantity must be a whole number from 1 to 1000000.")]
    [InlineData("item_1_quantity=1e3", "item_1_quantity", "Item 1: the quantity must be a whole number")]
    [InlineData("item_3_quantity=2", "item_3_amount", "Item 3 needs an amount, such as 11.30.")]
    [InlineData("metadata_1_name=", "metadata_1_name", "Entry 1 of the metadata needs a name.")]
    [InlineData("metadata_1_name=*41", "metadata_1_name", "Entry 1 of the metadata: the name must be at most 40 characters.")]
    [InlineData("metadata_2_name=Ward", "metadata_2_name", "Entry 2 of the metadata has the name of another.")]
    [InlineData("metadata_1_value=*256", "metadata_1_value", "Entry 1 of the metadata must be at most 255 characters.")]
    public async Task Should_say_beside_its_row_what_is_wrong_with_an_item_or_an_entry(string typed, string field, string mistake)
    {
        var (name, value) = (typed.Split('=')[0], typed.Split('=')[1]);
        var text = value.StartsWith('*') ? new string('x', int.Parse(value[1..], CultureInfo.InvariantCulture)) : value;
        var form = await FormAsync(("item_1_description", "Hall"), ("item_1_quantity", "1"), ("item_1_amount", "11.30"), ("metadata_1_name", "Ward"), ("metadata_1_value", "B"), ("metadata_2_name", ""), ("metadata_2_value", ""), (name, text));
        shared.App.HttpTraffic.Forget();

        var again = (await officer.PostAsync(NewPayment, form)).Expect(HttpStatusCode.BadRequest).Body;

        Assert.DoesNotContain(shared.App.HttpTraffic.Requests, request => request.Method != "GET");
        Assert.Contains($"id=\"{field}-error\"", again, StringComparison.Ordinal);
        Assert.Contains($"href=\"#{field}\"", again, StringComparison.Ordinal);
        Assert.Contains(mistake, PageText.Of(again), StringComparison.Ordinal);
        Assert.Contains($"name=\"{name}\" value=\"{text}\"", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_create_the_payments_of_a_file_after_a_dry_run_and_send_their_links_once()
    {
        var csv = new StringBuilder(Header);
        for (var i = 0; i < 40; i++)
            csv.Append(CultureInfo.InvariantCulture, $"BATCH-{i},Tan {i},{(i % 4 == 0 ? "" : $"payer{i}@example.com")},Fee,11.30,B {i}\r\n");
        var batch = await officer.UploadedAsync(csv.ToString());
        var ready = PageText.Of(await officer.OpenAsync(batch));
        Assert.Contains("40 payments S$452.00 To be confirmed", ready, StringComparison.Ordinal);
        Assert.Contains("BATCH-0 Tan 0 Line 2", ready, StringComparison.Ordinal);
        Assert.Empty(await FoundAsync("BATCH-0"));

        foreach (var _ in (int[])[1, 2])
            (await officer.PressAsync(batch, "start")).Expect(HttpStatusCode.SeeOther);
        await Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("100 %", StringComparison.Ordinal));
        Assert.Contains("40 of 40 payments are created, 0 failed", PageText.Of(await officer.OpenAsync(batch)), StringComparison.Ordinal);
        for (var i = 0; i < 40; i += 13)
        {
            var payment = Assert.Single(await FoundAsync($"BATCH-{i}"));
            Assert.Equal($"B {i}", payment.GetProperty("metadata").GetProperty("Ward").GetString());
        }

        foreach (var _ in (int[])[1, 2])
            (await officer.PressAsync(batch, "mail")).Expect(HttpStatusCode.SeeOther);
        await Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("The links are sent: 30", StringComparison.Ordinal));
        Assert.Contains("fees.csv 40 payments", PageText.Of(await officer.OpenAsync(OfficerClient.BatchesPath)), StringComparison.Ordinal);

        // The same file once more: it says so, and is discarded.
        var second = await officer.UploadedAsync(csv.ToString());
        Assert.Contains("The same file was sent before", await officer.OpenAsync(second), StringComparison.Ordinal);
        Assert.EndsWith("/batches", (await officer.PressAsync(second, "discard")).Expect(HttpStatusCode.SeeOther).Headers["Location"], StringComparison.Ordinal);
        (await officer.GetAsync(second)).Expect(HttpStatusCode.NotFound);
        Assert.Single(await FoundAsync("BATCH-1"));
    }

    [Fact]
    public async Task Should_say_which_references_a_file_has_more_than_once_and_create_each_payment_all_the_same()
    {
        var csv = new StringBuilder(Header);
        for (var i = 0; i < 14; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{(i < 2 ? "TWICE-<b>" : i < 9 ? "SEVEN" : $"ONCE-{i}")},Tan {i},,Fee,1.00,\n");

        var batch = await officer.UploadedAsync(csv.ToString());
        var page = await officer.OpenAsync(batch);
        Assert.Contains("This file uses 2 references more than once. That is allowed; check that it is intended.", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("2 payments have the reference <strong>TWICE-&lt;b&gt;</strong> (lines 2 and 3).", page, StringComparison.Ordinal);
        Assert.Contains("7 payments have the reference SEVEN (lines 4, 5, 6, 7, 8 and 2 more).", PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"errors\"", page, StringComparison.Ordinal);

        (await officer.PressAsync(batch, "start")).Expect(HttpStatusCode.SeeOther);
        await Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("100 %", StringComparison.Ordinal));
        Assert.Equal(7, (await FoundAsync("SEVEN")).Count);
        Assert.DoesNotContain("more than once", await officer.OpenAsync(batch), StringComparison.Ordinal);

        // Beside a mistake, too: both are corrected at once. And where all is well nothing is said.
        var wrong = PageText.Of(await officer.OpenAsync(await officer.UploadedAsync(Header + "INV-1,Tan,,Fee,1.00,\nINV-1,Tan,,Fee,no,\n")));
        Assert.Contains("1 mistake is in this file.", wrong, StringComparison.Ordinal);
        Assert.Contains("This file uses a reference more than once. That is allowed; check that it is intended. 2 payments have the reference INV-1 (lines 2 and 3).", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("more than once", await officer.OpenAsync(await officer.UploadedAsync(Header + "INV-1,Tan,,Fee,1.00,\ninv-1,Tan,,Fee,1.00,\n")), StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Range(0, 26).Select(i => $"MANY-{i / 2},Tan,,Fee,1.00,\n"));
        Assert.Contains("(lines 20 and 21). 3 more.", PageText.Of(await officer.OpenAsync(await officer.UploadedAsync(Header + many))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_every_mistake_of_a_file_with_its_line_and_give_them_back_as_a_file()
    {
        var batch = await officer.UploadedAsync("reference_id,payer_name,description,amount,=HYPERLINK(1)\nINV-1,Tan,Fee,\"1,130.5\",x\nINV-2,,Fee,1.00,x\nINV-3,Tan,Fee,1.00," + new string('y', 256) + "\nINV-4,Tan,Fee,1.00,x\n");

        var page = await officer.OpenAsync(batch);
        Assert.Contains("3 mistakes are in this file.", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("Line 2 amount Enter dollars and cents", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("Line 3 payer_name is required.", PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"start\"", page, StringComparison.Ordinal);
        var file = await officer.GetAsync($"{batch}/mistakes.csv");
        Assert.Equal(("text/csv; charset=utf-8", "attachment; filename=\"mistakes.csv\""), (file.Headers["Content-Type"], file.Headers["Content-Disposition"]));
        Assert.Equal(
            ["line,column,mistake", "2,amount,\"Enter dollars and cents, such as 11.30: digits, one dot and two decimals.\"", "3,payer_name,is required.", "4,\"'=HYPERLINK(1)\",must be at most 255 characters.", ""],
            file.Body.TrimStart('\uFEFF').Split("\r\n"));

        (await officer.PressAsync(batch, "start")).Expect(HttpStatusCode.SeeOther);
        Assert.Contains("Nothing was created", await officer.OpenAsync(batch), StringComparison.Ordinal);
        Assert.Empty(await FoundAsync("INV-4"));
    }

    [Fact]
    public async Task Should_show_the_form_again_where_a_file_cannot_be_read()
    {
        var token = PageText.Hidden(await officer.OpenAsync(OfficerClient.BatchesPath), "token");
        foreach (var (file, status, why) in ((byte[] File, HttpStatusCode Status, string Why)[])
            [
                ([], HttpStatusCode.BadRequest, "The file is empty."),
                (Encoding.UTF8.GetBytes("reference_id;amount\n1;2"), HttpStatusCode.BadRequest, "The columns must be separated by commas."),
                (Encoding.Latin1.GetBytes(Header + "1,José,,x,1,\n"), HttpStatusCode.BadRequest, "Line 2 has characters that are not in UTF-8."),
                (new byte[(5 * 1024 * 1024) + 1], HttpStatusCode.RequestEntityTooLarge, "The file has more than 5 MB."),
            ])
        {
            shared.App.HttpTraffic.Forget();
            var answer = (await officer.UploadAsync(file, token, OfficerClient.BatchesPath)).Expect(status);
            Assert.Contains(why, PageText.Of(answer.Body), StringComparison.Ordinal);
            Assert.Contains("id=\"file-error\"", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(shared.App.HttpTraffic.Requests, request => request.Method != "GET");
        }

        using var stranger = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");
        (await stranger.UploadAsync(Encoding.UTF8.GetBytes(Header + "1,a,,x,1,\n"), token, OfficerClient.BatchesPath)).Expect(HttpStatusCode.Forbidden);
        (await officer.UploadAsync(Encoding.UTF8.GetBytes(Header), "", OfficerClient.BatchesPath)).Expect(HttpStatusCode.Forbidden);
        officer.Headers["Sec-Fetch-Site"] = "cross-site";
        (await officer.UploadAsync(Encoding.UTF8.GetBytes(Header), token, OfficerClient.BatchesPath)).Expect(HttpStatusCode.Forbidden);
        officer.Headers.Clear();
        (await officer.PostAsync(OfficerClient.BatchesPath, [])).Expect(HttpStatusCode.UnsupportedMediaType);
    }

    /// <summary>A name is cut at 100 characters: half a letter of two units could be stored, and then no list of batches be read again.</summary>
    [Fact]
    public async Task Should_take_a_file_of_any_name_and_show_it_and_the_list_and_refuse_two_files()
    {
        var token = PageText.Hidden(await officer.OpenAsync(OfficerClient.BatchesPath), "token");
        var file = "reference_id,payer_name,description,amount,payer_emial\nINV-1,Tan,Fee,1.00,tan@example.com\n"u8.ToArray();
        foreach (var name in (string[])[new string('x', 99) + "😀.csv", new string('x', 300), "付款.csv", "a%00%0d%0aSet-Cookie.csv", "%ED%A0%80.csv", "../<b>.csv"])
        {
            var parts = new MultipartFormDataContent { { new StringContent(token), "token" }, { new ByteArrayContent(file), "file" } };
            var header = parts.Last().Headers;
            header.Remove("Content-Disposition");
            header.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename*=UTF-8''{(name.Contains('%', StringComparison.Ordinal) ? name : Uri.EscapeDataString(name))}");
            using var request = new HttpRequestMessage(HttpMethod.Post, OfficerClient.BatchesPath) { Content = parts };
            var batch = (await officer.SendAsync(request)).Expect(HttpStatusCode.SeeOther).Headers["Location"];

            // A column whose name is mistyped is metadata, and seen before anything is created.
            Assert.Contains("Columns of your own, which become metadata: payer_emial.", PageText.Of(await officer.OpenAsync(batch)), StringComparison.Ordinal);
            await officer.OpenAsync(OfficerClient.BatchesPath);
        }

        using var two = new HttpRequestMessage(HttpMethod.Post, OfficerClient.BatchesPath)
        {
            Content = new MultipartFormDataContent { { new StringContent(token), "token" }, { new ByteArrayContent(file), "file", "a.csv" }, { new ByteArrayContent(file), "file", "b.csv" } },
        };
        (await officer.SendAsync(two)).Expect(HttpStatusCode.BadRequest);
    }

    private async Task<List<System.Text.Json.JsonElement>> FoundAsync(string reference) =>
        [.. (await shared.Client.GetAsync($"{ApiClient.PaymentsPath}?reference_id={reference}")).Json.GetProperty("data").EnumerateArray()];

    private async Task<Dictionary<string, string>> FormAsync(params (string Name, string Value)[] fields)
    {
        var page = await officer.OpenAsync(NewPayment);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token"] = PageText.Hidden(page, "token"), ["form"] = PageText.Hidden(page, "form"), ["reference_id"] = "INV-77", ["payer_name"] = "Tan Ah Kow", ["payer_email"] = "tan@example.com", ["description"] = "Licence fee", ["amount"] = "11.30",
        };
        foreach (var (name, value) in fields)
            form[name] = value;
        return form;
    }

    private static int? QuantityOf(JsonElement item) => item.TryGetProperty("quantity", out var quantity) && quantity.ValueKind == JsonValueKind.Number ? quantity.GetInt32() : null;

    /// <summary>How many rows a page has, of fields with this name.</summary>
    private static int Rows(string page, string name) => Enumerable.Range(1, 100).TakeWhile(row => page.Contains($"name=\"{string.Format(CultureInfo.InvariantCulture, name, row)}\"", StringComparison.Ordinal)).Count();
}
