using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_officer_uses_the_dashboard : IAsyncLifetime
{
    private const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private PaySgApp app = null!;
    private OfficerClient officer = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync();
        officer = await OfficerClient.SignedInAsync(app.BaseAddress, "everything");
        await officer.OpenAsync("/dashboard");
    }

    public async Task DisposeAsync()
    {
        officer.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Should_list_the_payment_services_and_payments_with_totals_and_filters()
    {
        var unpaid = await CreatedAsync("INV-1", "Tan Ah Kow");
        var paid = await PaidAsync("INV-2", "Siti binte Ahmad");
        (await app.Client.RefundAsync(paid, 130)).Expect(HttpStatusCode.OK);

        Assert.Contains("Demo agency", PageText.Of(await officer.OpenAsync("/dashboard")), StringComparison.Ordinal);
        app.HttpTraffic.Forget();
        var list = PageText.Of(await officer.OpenAsync(OfficerClient.ListPath));
        Assert.Single(app.HttpTraffic.TableRequests);
        Assert.Contains("2 payments on this page Paid S$11.30 Refunded S$1.30 Unpaid S$11.30", list, StringComparison.Ordinal);

        var found = await officer.OpenAsync($"{OfficerClient.ListPath}?payment_status=paid&payer=&amount=11.30&created_from=2026-01-01&created_to=");
        Assert.Contains(paid, found, StringComparison.Ordinal);
        Assert.DoesNotContain(unpaid, found, StringComparison.Ordinal);
        Assert.Contains("Partially refunded", PageText.Of(found), StringComparison.Ordinal);
        Assert.Contains("No payment fits.", await officer.OpenAsync($"{OfficerClient.ListPath}?reference_id=INV-9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_go_on_to_older_payments_of_the_same_search()
    {
        for (var i = 0; i < 23; i++)
            await CreatedAsync("INV-1", "Tan");
        await PaidAsync("INV-2", "Tan");

        var first = await officer.OpenAsync($"{OfficerClient.ListPath}?payment_status=unpaid");
        Assert.Contains("20 payments on this page", PageText.Of(first), StringComparison.Ordinal);
        var older = WebUtility.HtmlDecode(first.Split("<a class=\"button second\" href=\"")[1].Split('"')[0]);
        Assert.Contains("payment_status=unpaid", older, StringComparison.Ordinal);

        var second = await officer.OpenAsync(OfficerClient.ListPath + older);

        Assert.Contains("3 payments on this page", PageText.Of(second), StringComparison.Ordinal);
        Assert.DoesNotContain("Older payments", second, StringComparison.Ordinal);
        var other = (await officer.GetAsync(OfficerClient.ListPath + older.Replace("unpaid", "paid", StringComparison.Ordinal))).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("This address belongs to another search. Search again.", PageText.Of(other), StringComparison.Ordinal);
        Assert.Contains("value=\"paid\" selected", other, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("created_from=2026-02-31", "created_from", "2026-02-31")]
    [InlineData("created_from=31-FEB-2026", "created_from", "31-FEB-2026")]
    [InlineData("created_from=0001-01-01", "created_from", "0001-01-01")]
    [InlineData("created_to=9999-12-31", "created_to", "9999-12-31")]
    [InlineData("refund_status=nothing", "refund_status", "")]
    [InlineData("amount=0", "amount", "0")]
    [InlineData("created_from=2026-03-01&created_to=2026-02-01", "created_to", "2026-02-01")]
    [InlineData("paid_from=2025-01-01&paid_to=2026-03-01", "paid_to", "2026-03-01")]
    [InlineData("payment_status=unpaid&refund_status=fully_refunded", "refund_status", "fully_refunded\" selected")]
    [InlineData("amount=1,130.5", "amount", "1,130.5")]
    [InlineData("amount=S%2411.30", "amount", "S$11.30")]
    [InlineData("amount=1e3", "amount", "1e3")]
    [InlineData("amount=１１.３０", "amount", "１１.３０")]
    [InlineData("amount=11.30&amount=11.30", "amount", "11.30,11.30")]
    [InlineData("reference_id=INV-1&reference_id=INV-2", "reference_id", "INV-1,INV-2")]
    [InlineData("payer=a&payer=b", "payer", "a,b")]
    [InlineData("payment_stauts=paid", "reference_id", "")]
    [InlineData("amount_in_cents=1e3", "reference_id", "")]
    [InlineData("limit=0", "reference_id", "")]
    public async Task Should_show_a_wrong_filter_again_with_what_was_typed_and_the_mistake_beside_it(string query, string field, string typed)
    {
        app.HttpTraffic.Forget();
        var again = (await officer.GetAsync($"{OfficerClient.ListPath}?{query}")).Expect(HttpStatusCode.BadRequest).Body;

        Assert.Contains($"id=\"{field}-error\"", again, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}", again, StringComparison.Ordinal);
        Assert.DoesNotContain(app.HttpTraffic.TableRequests, request => request.Filter is not null);
    }

    [Fact]
    public async Task Should_tell_the_whole_story_of_a_payment_in_one_timeline()
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().Of(1130).With("payer_email", "tan@example.com"));
        await app.Client.PayAsync(id, "declined");
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        (await officer.SubmitAsync(id, await officer.RefundFormAsync(id, "1.00"))).Expect(HttpStatusCode.SeeOther);
        app.HttpTraffic.Forget();

        var page = await officer.OpenAsync(OfficerClient.PathOf(id));

        // Four at once; then one for the officer who refunded, and the events of four moments; and what may have been forgotten of membership and payment service.
        Assert.InRange(app.HttpTraffic.TableRequests.Count, 9, 11);
        var timeline = PageText.Of(page[page.IndexOf("What happened", StringComparison.Ordinal)..]);
        foreach (var told in (string[])["Created by the API (user_", "The payer began to pay", "The attempt ended without payment card_declined", "Paid: S$11.30", "An email with the receipt was asked for", "Refund of S$1.30 asked for by the API", "Refunded S$1.30", "Refund of S$1.00 asked for by aisyah@agency.example.sg"])
        {
            var at = timeline.IndexOf(told, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{told} is not in {timeline}");
            timeline = timeline[at..];
        }
    }

    [Fact]
    public async Task Should_refund_a_part_and_then_the_rest_each_once_however_often_the_form_is_sent()
    {
        var id = await PaidAsync("INV-1", "Tan");
        Assert.Contains("S$10.30 stay", PageText.Of(await officer.OpenAsync($"{OfficerClient.PathOf(id)}?step=confirm&amount=1.00")), StringComparison.Ordinal);
        var form = await officer.RefundFormAsync(id, "1.00");

        foreach (var _ in (int[])[1, 2])
            Assert.EndsWith("?done=refund", (await officer.SubmitAsync(id, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"], StringComparison.Ordinal);
        (await officer.SubmitAsync(id, await officer.RefundFormAsync(id, "10.30"))).Expect(HttpStatusCode.SeeOther);

        var payment = await app.Client.GetPaymentAsync(id);
        Assert.Equal("fully_refunded", payment["refund_status"]);
        Assert.Equal(2, (await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}/refunds")).Json.GetProperty("data").GetArrayLength());
        Assert.Contains("The refund is made.", await officer.OpenAsync($"{OfficerClient.PathOf(id)}?done=refund"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.234", "Enter dollars and cents")]
    [InlineData("1,130.5", "Enter dollars and cents")]
    [InlineData("-1", "Enter dollars and cents")]
    [InlineData("1e1", "Enter dollars and cents")]
    [InlineData("", "Enter dollars and cents")]
    [InlineData("0", "Enter more than")]
    [InlineData("11.31", "At most S$11.30 can be refunded")]
    public async Task Should_show_a_wrong_amount_again_with_the_mistake_beside_it(string amount, string mistake)
    {
        var id = await PaidAsync("INV-1", "Tan");

        var again = (await officer.GetAsync($"{OfficerClient.PathOf(id)}?step=confirm&amount={amount}")).Expect(HttpStatusCode.BadRequest).Body;

        Assert.Contains(mistake, PageText.Of(again), StringComparison.Ordinal);
        Assert.Contains($"name=\"amount\" value=\"{amount}\"", again, StringComparison.Ordinal);

        // The same, where somebody makes the last form themselves.
        var form = await officer.RefundFormAsync(id, "1.00");
        form["amount"] = amount;
        var refused = await officer.SubmitAsync(id, form);
        Assert.True(refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.Conflict, $"{(int)refused.Status} {refused.Body}");
        Assert.Contains("id=\"amount-error\"", refused.Body, StringComparison.Ordinal);
        Assert.Contains($"name=\"amount\" value=\"{amount}\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal("not_refunded", (await app.Client.GetPaymentAsync(id))["refund_status"]);
    }

    [Fact]
    public async Task Should_never_refund_more_than_was_paid_when_two_officers_and_the_API_refund_at_once_and_tell_the_losers_why()
    {
        using var colleague = await OfficerClient.SignedInAsync(app.BaseAddress, "refund");
        for (var round = 0; round < 4; round++)
        {
            var id = await PaidAsync("INV-1", "Tan");
            var (mine, theirs) = (await officer.RefundFormAsync(id, "6.00"), await colleague.RefundFormAsync(id, "6.00"));

            var byMe = officer.SubmitAsync(id, mine);
            var byThem = colleague.SubmitAsync(id, theirs);
            var byApi = app.Client.RefundAsync(id, 600);
            await Task.WhenAll(byMe, byThem, byApi);

            var refunds = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}/refunds")).Json.GetProperty("data").EnumerateArray().ToList();
            Assert.Equal(600, refunds.Where(refund => refund.GetProperty("status").GetString() == "succeeded").Sum(refund => refund.GetProperty("amount_in_cents").GetInt64()));
            foreach (var answer in (Answer[])[await byMe, await byThem])
            {
                Assert.True(
                    answer.Status == HttpStatusCode.SeeOther
                    || (answer.Status == HttpStatusCode.PaymentRequired
                        && (answer.Body.Contains("Somebody has refunded this payment in the meantime", StringComparison.Ordinal) || answer.Body.Contains("Another refund of this payment is being made", StringComparison.Ordinal))),
                    $"{(int)answer.Status} {PageText.Of(answer.Body)}");
            }
        }
    }

    [Fact]
    public async Task Should_cancel_and_mail_the_link_and_say_why_not_where_it_is_too_late()
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "tan@example.com"));
        var page = await officer.OpenAsync(OfficerClient.PathOf(id));
        Assert.Contains($"/payments/{id}", page, StringComparison.Ordinal);
        (await officer.SubmitAsync(id, OfficerClient.FormOf(page))).Expect(HttpStatusCode.SeeOther);
        var cancel = OfficerClient.FormOf(await officer.OpenAsync($"{OfficerClient.PathOf(id)}?step=cancel"));
        Assert.Equal("cancel", cancel["action"]);

        (await officer.SubmitAsync(id, cancel)).Expect(HttpStatusCode.SeeOther);

        Assert.Equal("cancelled", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        var paid = await CreatedAsync("INV-1", "Tan");
        var late = OfficerClient.FormOf(await officer.OpenAsync($"{OfficerClient.PathOf(paid)}?step=cancel"));
        (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
        var refused = (await officer.SubmitAsync(paid, late)).Expect(HttpStatusCode.PaymentRequired);
        Assert.Contains("Nothing was changed", PageText.Of(refused.Body), StringComparison.Ordinal);
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(paid))["payment_status"]);
    }

    [Fact]
    public async Task Should_take_a_form_from_nobody_but_whom_it_was_shown_to()
    {
        var id = await PaidAsync("INV-1", "Tan");
        var form = await officer.RefundFormAsync(id, "1.00");
        using var colleague = await OfficerClient.SignedInAsync(app.BaseAddress, "refund");

        (await colleague.SubmitAsync(id, form)).Expect(HttpStatusCode.Forbidden);
        (await officer.SubmitAsync(id, form.Where(field => field.Key != "token"))).Expect(HttpStatusCode.Forbidden);
        (await officer.SubmitAsync(id, new Dictionary<string, string>(form) { ["token"] = form["token"][..^2] + "AA" })).Expect(HttpStatusCode.Forbidden);
        officer.Headers["Sec-Fetch-Site"] = "cross-site";
        (await officer.SubmitAsync(id, form)).Expect(HttpStatusCode.Forbidden);
        officer.Headers.Clear();

        Assert.Equal("not_refunded", (await app.Client.GetPaymentAsync(id))["refund_status"]);
    }

    [Fact]
    public async Task Should_change_nothing_where_the_sign_in_has_expired_in_the_middle_of_a_refund()
    {
        var id = await PaidAsync("INV-1", "Tan");
        var form = await officer.RefundFormAsync(id, "1.00");
        await officer.SignOutAsync();

        var refused = (await officer.SubmitAsync(id, form)).Expect(HttpStatusCode.Unauthorized);

        Assert.Contains("You are signed out Nothing was changed", PageText.Of(refused.Body), StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(OfficerClient.PathOf(id)), refused.Body, StringComparison.Ordinal);
        Assert.Equal("not_refunded", (await app.Client.GetPaymentAsync(id))["refund_status"]);
    }

    [Fact]
    public async Task Should_show_markup_in_any_field_as_text()
    {
        var id = await app.Client.CreatedPaymentAsync(
            A.Payment().With("reference_id", Evil).With("payer_name", Evil).With("payer_address", Evil).With("description", Evil)
                .With("metadata", new System.Text.Json.Nodes.JsonObject { [Evil[..39]] = Evil }));

        foreach (var path in (string[])[OfficerClient.PathOf(id), $"{OfficerClient.PathOf(id)}?step=cancel", OfficerClient.ListPath, $"{OfficerClient.ListPath}?payer={Uri.EscapeDataString(Evil)}", $"{OfficerClient.ListPath}?created_from={Uri.EscapeDataString(Evil)}"])
        {
            var page = await officer.GetAsync(path);
            Assert.DoesNotContain("<script", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page.Body, StringComparison.Ordinal);
            Assert.Contains("&lt;script", page.Body, StringComparison.Ordinal);
        }
    }

    private Task<string> CreatedAsync(string reference, string payer) =>
        app.Client.CreatedPaymentAsync(A.Payment().Of(1130).With("reference_id", reference).With("payer_name", payer));

    private async Task<string> PaidAsync(string reference, string payer)
    {
        var id = await CreatedAsync(reference, payer);
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }
}
