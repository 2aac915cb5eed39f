using System.Globalization;
using System.Net;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_officer_manages_payment_links(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private const string Account = "/dashboard/accounts/" + SingapayClient.AccountId;
    private const string Links = Account + "/links";
    private const string NewLink = Account + "/new-link";

    [Fact]
    public async Task Should_create_one_by_the_rules_of_the_API_and_find_copy_and_close_it()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "billing");
        var reffNo = PaymentLinkCalls.NewReffNo();
        var form = await FormAsync(officer, reffNo);

        foreach (var (field, value, mistake) in new[]
        {
            ("total_amount", "150.000", "Enter whole rupiah, digits only"), ("total_amount", "1e6", "Enter whole rupiah, digits only"), ("total_amount", "9999", "The amount in rupiah must be at least 10000"),
            ("total_amount", "", "The amount is required"), ("reff_no", "a b", "The reference must only contain"), ("reff_no", "", "The reference is required"), ("max_usage", "1.5", "Enter a whole number, digits only"),
            ("expired_at", "2026-02-31T10:00", "Enter a day and a time that there are"), ("expired_at", "2020-01-01T10:00", "The end must be a date in the future"), ("redirect_url", "ftp://example.com", "The address where payers go afterwards must be a valid URL"),
            ("customer_email", "tan", "The payer’s email must be a valid email address"), ("title", new string('x', 256), "The title must not be greater than 255 characters"),
        })
        {
            var again = (await officer.PostAsync(NewLink, new Dictionary<string, string>(form) { [field] = value })).Expect(HttpStatusCode.BadRequest).Body;
            Assert.Contains(mistake, PageText.Of(again), StringComparison.Ordinal);
            Assert.Contains($"id=\"{field}-error\"", again, StringComparison.Ordinal);
            Assert.Contains($"value=\"{value}\"", again, StringComparison.Ordinal);
        }

        // A payer is meant only where one pays.
        var many = (await officer.PostAsync(NewLink, new Dictionary<string, string>(form) { ["max_usage"] = "2", ["customer_name"] = "Tan" })).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("id=\"customer_name-error\"", many, StringComparison.Ordinal);

        var at = (await officer.PostAsync(NewLink, new Dictionary<string, string>(form) { ["method_QRIS"] = "1", ["method_VA_BRI"] = "1" })).Expect(HttpStatusCode.SeeOther).Headers["Location"];
        var twice = (await officer.PostAsync(NewLink, form)).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("The reference has already been taken.", PageText.Of(twice), StringComparison.Ordinal);
        Assert.Contains($"href=\"{at.Split('?')[0]}\"", twice, StringComparison.Ordinal);

        var page = await officer.OpenAsync(at);
        Assert.Contains("Rp 150.000 Open", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("Ways to pay QRIS, VA BRI", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("Ends at 31 Dec 2099, 23:59 (Jakarta time)", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains($"/b2b/{reffNo}\"", page, StringComparison.Ordinal);
        var picture = (await officer.GetAsync(at.Split('?')[0] + "/qr.png")).Expect(HttpStatusCode.OK);
        Assert.Equal("image/png", picture.Headers["Content-Type"]);

        shared.App.HttpTraffic.Forget();
        var found = await officer.OpenAsync($"{Links}?reff_no={reffNo}");
        // And up to two for the member and the account, which are remembered for seconds.
        Assert.InRange(shared.App.HttpTraffic.TableRequests.Count, 2, 2 + 2);
        Assert.Contains(at.Split('?')[0], found, StringComparison.Ordinal);
        Assert.Contains("No link of this account has this reference.", PageText.Of(await officer.OpenAsync($"{Links}?reff_no=a/b")), StringComparison.Ordinal);
        Assert.Contains(reffNo, await officer.OpenAsync(Links), StringComparison.Ordinal);
        (await officer.GetAsync($"{Links}?page=0")).Expect(HttpStatusCode.BadRequest);

        (await officer.PostAsync(at.Split('?')[0], FormOf(await officer.OpenAsync(at.Split('?')[0] + "?step=close")))).Expect(HttpStatusCode.SeeOther);
        Assert.Contains("Rp 150.000 Closed", PageText.Of(await officer.OpenAsync(at.Split('?')[0])), StringComparison.Ordinal);
        Assert.Equal(
            ["payment_link.updated chitra@agency.example.sg status=closed", "payment_link.created chitra@agency.example.sg total_amount=150000"],
            await AuditOfAsync(at.Split('?')[0].Split('/')[^1]));
    }

    [Fact]
    public async Task Should_change_its_terms_and_lose_nothing_that_nobody_touched()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "billing");
        var end = new DateTimeOffset(2099, 12, 31, 16, 59, 58, 123, TimeSpan.Zero);
        var link = await shared.App.AddLinkAsync(A.PaymentLink().Expiring(end).MaxUsage(5).Paid(3).With(terms => terms with { OptionalMetadata = """{"a":1}""", WhitelistedPaymentMethod = ["QRIS"] }));
        var path = PathOf(link);
        var form = EditFormOf(await officer.OpenAsync($"{path}?step=edit"));
        Assert.Equal(("5", "2099-12-31T23:59", "1"), (form["max_usage"], form["expired_at"], form["method_QRIS"]));

        var again = (await officer.PostAsync(path, new Dictionary<string, string>(form) { ["max_usage"] = "2" })).Expect(HttpStatusCode.BadRequest).Body;
        Assert.Contains("must be at least the current usage, which is 3", PageText.Of(again), StringComparison.Ordinal);
        (await officer.PostAsync(path, new Dictionary<string, string>(form) { ["max_usage"] = "7", ["redirect_url"] = "https://example.com/thanks" })).Expect(HttpStatusCode.SeeOther);

        var changed = await shared.App.LinkAsync(link);
        Assert.Equal((7, "https://example.com/thanks", end, """{"a":1}""", 3), (changed.MaxUsage, changed.RedirectUrl, changed.ExpiredAt, changed.OptionalMetadata, changed.CurrentUsage));
        Assert.Equal(["QRIS"], changed.WhitelistedPaymentMethod!);
        var cleared = EditFormOf(await officer.OpenAsync($"{path}?step=edit"));
        cleared["redirect_url"] = cleared["expired_at"] = "";
        cleared.Remove("method_QRIS");
        (await officer.PostAsync(path, cleared)).Expect(HttpStatusCode.SeeOther);
        changed = await shared.App.LinkAsync(link);
        Assert.Equal((null, null, null), (changed.RedirectUrl, changed.ExpiredAt, changed.WhitelistedPaymentMethod));
        Assert.Equal(
            [
                "payment_link.updated chitra@agency.example.sg expired_at=,whitelisted_payment_method=,redirect_url=",
                "payment_link.updated chitra@agency.example.sg max_usage=7,redirect_url=https://example.com/thanks",
            ],
            await AuditOfAsync(path.Split('/')[^1]));
    }

    [Fact]
    public async Task Should_read_why_where_somebody_else_was_faster_and_overwrite_nothing()
    {
        using var one = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "billing");
        using var two = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");
        var link = await shared.App.AddLinkAsync();
        var path = PathOf(link);
        var (first, second) = (EditFormOf(await one.OpenAsync($"{path}?step=edit")), EditFormOf(await two.OpenAsync($"{path}?step=edit")));
        var close = FormOf(await two.OpenAsync($"{path}?step=close"));
        (first["max_usage"], second["max_usage"]) = ("30", "40");

        // Both at once: one change stands, whichever, and the other is told.
        var edits = await Task.WhenAll(one.PostAsync(path, first), two.PostAsync(path, second));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], edits.Select(answer => answer.Status).Order());
        var late = edits.Single(answer => answer.Status == HttpStatusCode.Conflict).Body;
        Assert.Contains("Somebody has changed this link in the meantime.", PageText.Of(late), StringComparison.Ordinal);
        var stands = (await shared.App.LinkAsync(link)).MaxUsage;
        Assert.Equal(edits[0].Status == HttpStatusCode.SeeOther ? 30 : 40, stands);
        Assert.Equal(stands == 30 ? "40" : "30", EditFormOf(late)["max_usage"]);

        var refused = (await two.PostAsync(path, close)).Expect(HttpStatusCode.Conflict);
        Assert.Contains("Somebody has changed this link in the meantime.", PageText.Of(refused.Body), StringComparison.Ordinal);
        Assert.Equal(PaymentLinkStatus.Open, (await shared.App.LinkAsync(link)).Status);

        // Whoever has read it may save what they typed; the same form, sent again, changes nothing.
        foreach (var _ in (int[])[1, 2])
            (await (stands == 30 ? two : one).PostAsync(path, EditFormOf(late))).Expect(HttpStatusCode.SeeOther);
        Assert.Equal(70 - stands, (await shared.App.LinkAsync(link)).MaxUsage);

        close = FormOf(await two.OpenAsync($"{path}?step=close"));
        var closes = await Task.WhenAll(one.PostAsync(path, new Dictionary<string, string>(close) { ["token"] = first["token"] }), two.PostAsync(path, close));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], closes.Select(answer => answer.Status).Order());
        Assert.Contains("The link was closed before", PageText.Of(closes.Single(answer => answer.Status == HttpStatusCode.Conflict).Body), StringComparison.Ordinal);
        (await one.PostAsync(path, new Dictionary<string, string>(close) { ["token"] = "1.x" })).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_be_in_the_audit_log_with_what_they_did_and_no_payers_data()
    {
        await using var app = await PaySgApp.StartAsync();
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "billing");
        var management = new ManagementClient(app.BaseAddress);
        var form = await FormAsync(officer, "HALL-A");
        var path = (await officer.PostAsync(NewLink, form)).Expect(HttpStatusCode.SeeOther).Headers["Location"].Split('?')[0];
        var edit = EditFormOf(await officer.OpenAsync($"{path}?step=edit"));
        foreach (var _ in (int[])[1, 2])
            (await officer.PostAsync(path, new Dictionary<string, string>(edit) { ["customer_name"] = "Siti binte Ahmad", ["redirect_url"] = "https://example.com/thanks?key=secret" })).Expect(HttpStatusCode.SeeOther);
        (await officer.PostAsync(path, FormOf(await officer.OpenAsync($"{path}?step=close")))).Expect(HttpStatusCode.SeeOther);
        (await app.Singapay.UpdateLinkAsync(long.Parse(path.Split('/')[^1], CultureInfo.InvariantCulture), A.PaymentLinkUpdate())).Expect(HttpStatusCode.OK);

        var log = (await management.GetAsync($"{ManagementClient.AccountPath()}/audit-log")).Expect(HttpStatusCode.OK);

        var entries = log.Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["payment_link.updated", "payment_link.updated", "payment_link.created"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry => Assert.Equal(("chitra@agency.example.sg", path.Split('/')[^1]), (entry.GetProperty("by").GetProperty("email").GetString(), entry.GetProperty("subject_id").GetString())));
        Assert.Equal(["status"], entries[0].GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("field").GetString()));
        Assert.Equal(["redirect_url", "customer"], entries[1].GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("field").GetString()));

        // Administrators read the same on a page, and as a file.
        using var administrator = await OfficerClient.SignedInAsync(app.BaseAddress, "administrator");
        var page = await administrator.OpenAsync($"{Account}/audit");
        Assert.Contains("Payment link created by chitra@agency.example.sg", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}\"", page, StringComparison.Ordinal);
        var file = (await administrator.GetAsync($"{Account}/audit/audit-log.csv?by=chitra")).Expect(HttpStatusCode.OK);
        Assert.Equal("attachment; filename=\"audit-log.csv\"", file.Headers["Content-Disposition"]);
        Assert.Contains("payment_link.updated", file.Body, StringComparison.Ordinal);
        Assert.Contains("Enter a day that there is", (await administrator.GetAsync($"{Account}/audit?from=31-FEB-2026")).Expect(HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);
        foreach (var hidden in (string[])["Siti", "secret", "Tan"])
            Assert.DoesNotContain(hidden, log.Body + page + file.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_page_through_the_histories_of_one_link_and_of_all_and_open_one()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "view");
        var link = (await shared.App.AddLinkAsync(A.PaymentLink().Paid(1))) with { HasHistories = true };
        var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(7));
        var tan = new LinkCustomer(Evil, "tan@example.com", "+65 6123 4567");
        var own = Enumerable.Range(0, 23).Select(number => A.LinkAttempt().On(link).From(tan).At(start.AddMinutes(number)).Paid().Build()).ToList();
        var others = Enumerable.Range(0, 30).Select(number => A.LinkAttempt().At(start.AddMinutes(number).AddSeconds(30)).Failed().Build());
        await StoredLinks.AddAttemptsAsync(shared.App.Connection, own.Concat(others));
        await officer.OpenAsync(PathOf(link));
        shared.App.HttpTraffic.Forget();

        var first = await officer.OpenAsync(PathOf(link));
        // And up to two for the member and the account, which are remembered for seconds.
        Assert.InRange(shared.App.HttpTraffic.TableRequests.Count, 2, 2 + 2);
        Assert.Equal(20, first.Split("<tr><th scope=\"row\">").Length - 1);
        Assert.DoesNotContain("<script>alert", first, StringComparison.Ordinal);
        var older = WebUtility.HtmlDecode(first.Split("<a class=\"button second\" href=\"")[1].Split('"')[0]);
        var second = await officer.OpenAsync(older);
        Assert.Equal(3, second.Split("<tr><th scope=\"row\">").Length - 1);
        Assert.DoesNotContain("Older histories", second, StringComparison.Ordinal);

        var detail = await officer.OpenAsync($"{Account}/histories/{own[0].Id}");
        Assert.Contains(own[0].ReffNo, PageText.Heading(detail), StringComparison.Ordinal);
        Assert.Contains("Rp 20.000 Paid", PageText.Of(detail), StringComparison.Ordinal);
        Assert.Contains("Begun 1 Mar 2026, 09:00 (Jakarta time)", PageText.Of(detail), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", detail, StringComparison.Ordinal);
        (await officer.GetAsync($"{Account}/histories/1")).Expect(HttpStatusCode.NotFound);

        var paid = await officer.OpenAsync($"{Account}/histories?status=paid&created_at_from=2026-03-01&created_at_to=2026-03-01&amount=20000");
        Assert.Contains("23 histories", PageText.Of(paid), StringComparison.Ordinal);
        var next = WebUtility.HtmlDecode(paid.Split("<a class=\"button second\" href=\"")[1].Split('"')[0]);
        Assert.Equal(3, (await officer.OpenAsync($"{Account}/histories{next}")).Split("<tr><th scope=\"row\">").Length - 1);
    }

    [Theory]
    [InlineData("created_at_from=2026-02-31", "created_at_from", "2026-02-31")]
    [InlineData("created_at_from=2026-03-02&created_at_to=2026-03-01", "created_at_to", "2026-03-01")]
    [InlineData("amount=1,130.5", "amount", "1,130.5")]
    [InlineData("amount=<script>", "amount", "&lt;script&gt;")]
    public async Task Should_see_a_wrong_filter_again_with_the_mistake_beside_it(string query, string field, string typed)
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "view");
        await officer.OpenAsync(Links);
        shared.App.HttpTraffic.Forget();

        var again = (await officer.GetAsync($"{Account}/histories?{query}")).Expect(HttpStatusCode.BadRequest).Body;

        Assert.Contains($"id=\"{field}-error\"", again, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", again, StringComparison.Ordinal);
        Assert.DoesNotContain(shared.App.HttpTraffic.TableRequests, request => request.Filter is not null);
    }

    [Fact]
    public async Task Should_create_none_for_an_account_that_is_not_active()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.SetAccountStatusAsync(AccountStatus.Inactive);
        using var officer = await OfficerClient.SignedInAsync(app.BaseAddress, "billing");

        var refused = (await officer.PostAsync(NewLink, await FormAsync(officer, PaymentLinkCalls.NewReffNo()))).Expect(HttpStatusCode.Conflict);

        Assert.Contains("This account is not active", PageText.Of(refused.Body), StringComparison.Ordinal);
        Assert.Contains("value=\"150000\"", refused.Body, StringComparison.Ordinal);
    }

    private static string PathOf(PaymentLink link) => string.Create(CultureInfo.InvariantCulture, $"{Links}/{link.Id}");

    private static async Task<Dictionary<string, string>> FormAsync(OfficerClient officer, string reffNo) => new(StringComparer.Ordinal)
    {
        ["token"] = PageText.Hidden(await officer.OpenAsync(NewLink), "token"), ["reff_no"] = reffNo, ["title"] = "Hall A", ["total_amount"] = "150000", ["max_usage"] = "1", ["expired_at"] = "2099-12-31T23:59", ["customer_name"] = "Tan",
    };

    /// <summary>What the audit log says of a link: what was done, by whom, and what the changed fields are now.</summary>
    private async Task<IReadOnlyList<string>> AuditOfAsync(string linkId)
    {
        var log = (await new ManagementClient(shared.App.BaseAddress).GetAsync($"{ManagementClient.AccountPath()}/audit-log?limit=100")).Expect(HttpStatusCode.OK).Json;
        return
        [
            .. log.GetProperty("data").EnumerateArray().Where(entry => entry.GetProperty("subject_id").GetString() == linkId).Select(entry =>
                $"{entry.GetProperty("action").GetString()} {entry.GetProperty("by").GetProperty("email").GetString()} {string.Join(',', entry.GetProperty("changes").EnumerateArray().Select(change => $"{change.GetProperty("field").GetString()}={change.GetProperty("after").GetString()}"))}"),
        ];
    }

    private static Dictionary<string, string> FormOf(string page) => ((string[])["action", "token", "seen"]).ToDictionary(name => name, name => PageText.Hidden(page, name), StringComparer.Ordinal);

    /// <summary>All fields of the form that changes a link, as a browser sends them.</summary>
    private static Dictionary<string, string> EditFormOf(string page)
    {
        var form = FormOf(page);
        foreach (var name in (string[])["max_usage", "expired_at", "customer_name", "customer_email", "customer_phone", "redirect_url", "success_redirect_url", "expired_redirect_url"])
            form[name] = WebUtility.HtmlDecode(page.Split($"name=\"{name}\"")[1].Split("value=\"")[1].Split('"')[0]);

        form["status"] = page.Split(" selected>")[0].Split("value=\"")[^1].TrimEnd('"');
        foreach (var box in page.Split("<input type=\"checkbox\" ").Skip(1).Select(part => part.Split('>')[0]).Where(box => box.Contains(" checked", StringComparison.Ordinal)))
            form[box.Split("name=\"")[1].Split('"')[0]] = "1";

        return form;
    }
}
