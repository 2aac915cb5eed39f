using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Dashboard.Developers;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Every list, of the APIs and of the dashboard, by one table: of two values of a parameter none is dropped, nothing that narrows is ignored, and no place in the list
/// that is none shows the first page.
/// </summary>
public sealed class When_a_list_is_given_bad_parameters(SharedApp shared) : IClassFixture<SharedApp>, IAsyncLifetime
{
    private const string Service = "management/payment-services/{paymentServiceId}";
    private const string Account = "management/accounts/{accountId}";
    private const string Api = "v1/payment-services/{paymentServiceId}";
    private const string Singapay = "api/v1.0";
    private const string Dashboard = "dashboard/{paymentServiceId}";
    private const string AccountDashboard = "dashboard/accounts/{accountId}";

    private static readonly string[] Filters = ["reference_id", "payer", "payment_status", "refund_status", "created_from", "created_to", "paid_from", "paid_to"];
    private static readonly Period[] Payments = [new("created_from", "created_to", IsLimited: true), new("paid_from", "paid_to", IsLimited: true)];
    private static readonly Period[] Days = [new("from", "to")];
    private static readonly Period[] Report = [new("from", "to", IsLimited: true)];

    private static readonly Listing[] Lists =
    [
        new($"{Api}/payments", Face.Json, ["limit", "before", "after", .. Filters, "amount_in_cents"])
        {
            Limits = ["limit"],
            Cursors = ["before", "after"],
            Periods = Payments,
            Others = [("payment_status=unpaid&refund_status=fully_refunded", "refund_status"), ("payment_status=unpaid&paid_from=2026-01-15", "paid_from"), ("created_from=2026-03-02&paid_to=2026-03-01", "paid_to")],
        },
        new($"{Api}/payments/{{paymentId}}/refunds", Face.Json),
        new($"{Api}/events", Face.Json, "limit", "after", "type", "since")
        {
            Limits = ["limit"],
            Cursors = ["after"],
            Others = [("since=2026-02-31T00:00:00Z", "since"), ("since=yesterday", "since"), ("since=1768440600", "since"), ("type=payment.nothing", "type")],
        },
        new($"{Api}/webhook-endpoints", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"] },
        new($"{Api}/webhook-endpoints/{{endpointId}}/deliveries", Face.Json, "limit", "after", "status", "response_status")
        {
            Limits = ["limit"],
            Cursors = ["after"],
            Others = [("status=lost", "status"), ("response_status=99", "response_status")],
        },
        new("management/payment-services", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"] },
        new($"{Service}/api-keys", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"] },
        new($"{Service}/members", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"] },
        new($"{Service}/audit-log", Face.Json, "limit", "after", "from", "to", "by") { Limits = ["limit"], Cursors = ["after"], Periods = Days, Others = [("by=", "by")] },
        new("management/accounts", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"] },
        new($"{Account}/credentials", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"], IdsAreFree = true },
        new($"{Account}/members", Face.Json, "limit", "after") { Limits = ["limit"], Cursors = ["after"] },
        new($"{Account}/audit-log", Face.Json, "limit", "after", "from", "to", "by") { Limits = ["limit"], Cursors = ["after"], Periods = Days, Others = [("by=", "by")] },
        new($"{Account}/deliveries", Face.Json, "limit", "after", "status", "response_status") { Limits = ["limit"], Cursors = ["after"], Others = [("status=lost", "status")] },
        new($"{Singapay}/payment-link-manage/{{accountId}}", Face.Singapay, "page", "per_page") { Limits = ["page", "per_page"], Others = [("page=101&per_page=100", "page")] },
        new(
            $"{Singapay}/payment-link-histories/{{accountId}}",
            Face.Singapay,
            "reff_no",
            "status",
            "payment_method_name",
            "payment_method_value",
            "amount",
            "amount_min",
            "amount_max",
            "has_settle",
            "created_at_from",
            "created_at_to",
            "payment_date_from",
            "payment_date_to",
            "processed_timestamp_from",
            "processed_timestamp_to",
            "settle_at_from",
            "settle_at_to",
            "sort_by",
            "sort_order",
            "page",
            "per_page")
        {
            Limits = ["page", "per_page"],
            Periods = [new("created_at_from", "created_at_to"), new("payment_date_from", "payment_date_to"), new("processed_timestamp_from", "processed_timestamp_to"), new("settle_at_from", "settle_at_to")],
            Others = [("amount_min=2&amount_max=1", "amount_max"), ("STATUS=settled", "status"), ("page=101&per_page=100", "page"), ("sort_order=up", "sort_order")],
        },
        new($"{Dashboard}/payments", Face.Form, [.. Filters, "amount"])
        {
            Cursors = ["after"],
            Periods = Payments,
            Others = [("payment_status=unpaid&refund_status=fully_refunded", "refund_status"), ("created_from=2026-03-02&paid_to=2026-03-01", "paid_to"), ("limit=5", "reference_id")],
        },
        new($"{Dashboard}/audit", Face.Form, "from", "to", "by") { Cursors = ["after"], Periods = Days },
        new($"{Dashboard}/audit/audit-log.csv", Face.Form, "from", "to", "by") { Periods = Days },
        new($"{Dashboard}/reports", Face.Form, "from", "to") { Periods = Report },
        new($"{Dashboard}/reports/payments.csv", Face.Form, "from", "to") { Periods = Report },
        new($"{Dashboard}/developers/events", Face.Form, "type") { Cursors = ["after"], Others = [("type=payment.nothing", "type")] },
        new($"{Dashboard}/developers/api-keys", Face.Page, "after") { Cursors = ["after"] },
        new($"{Dashboard}/developers/webhooks", Face.Page),
        new($"{Dashboard}/developers/webhooks/{{endpointId}}", Face.Page, "after", "status") { Cursors = ["after"], Others = [("status=lost", "")] },
        new($"{Dashboard}/members", Face.Page, "after") { Cursors = ["after"] },
        new($"{Dashboard}/batches", Face.Page),
        new($"{AccountDashboard}/links", Face.Form, "reff_no")
        {
            Others = [("page=1&page=2", "reff_no"), ("after=9007199254740991", "reff_no"), ("per_page=100", "reff_no")],
            Pages = ["page=0", "page=x", "page=501", "page=", "reff_no=PL-1&page=2"],
        },
        new($"{AccountDashboard}/links/{{linkId}}", Face.Page, "after") { Cursors = ["after"] },
        new($"{AccountDashboard}/histories", Face.Form, "reff_no", "status", "payment_method_name", "amount", "created_at_from", "created_at_to")
        {
            Periods = [new("created_at_from", "created_at_to")],
            Others =
            [
                ("STATUS=settled", "status"), ("page=0", "created_at_to"), ("page=x", "created_at_to"), ("page=501", "created_at_to"), ("page=1&page=2", "reff_no"), ("after=1", "reff_no"),
                ("amount_min=1", "reff_no"),
            ],
        },
        new($"{AccountDashboard}/audit", Face.Form, "from", "to", "by") { Cursors = ["after"], Periods = Days },
        new($"{AccountDashboard}/audit/audit-log.csv", Face.Form, "from", "to", "by") { Periods = Days },
        new($"{AccountDashboard}/reports", Face.Form, "from", "to") { Periods = Report },
        new($"{AccountDashboard}/reports/histories.csv", Face.Form, "from", "to") { Periods = Report },
        new($"{AccountDashboard}/members", Face.Page, "after") { Cursors = ["after"] },
        new($"{AccountDashboard}/settings", Face.Page, "after") { Cursors = ["after"], IdsAreFree = true },
    ];

    /// <summary>Pages of the dashboard of one thing, and lists that are always whole.</summary>
    private static readonly string[] NoLists =
    [
        "api/v1.0/payment-link-manage/payment-methods", "dashboard", $"{Dashboard}/new-payment", $"{Dashboard}/payments/{{paymentId}}", $"{Dashboard}/settings", $"{Dashboard}/batches/{{batchId}}",
        $"{Dashboard}/batches/{{batchId}}/mistakes.csv", $"{Dashboard}/developers/api-keys/{{keyId}}", $"{Dashboard}/developers/events/{{eventId}}",
        $"{Dashboard}/developers/webhooks/{{endpointId}}/deliveries/{{eventId}}", $"{Dashboard}/developers/webhooks/{{endpointId}}/recoveries/{{recoveryId}}", $"{AccountDashboard}/new-link",
        $"{AccountDashboard}/links/{{linkId}}/qr.png", $"{AccountDashboard}/histories/{{historyId}}",
    ];

    private OfficerClient officer = null!;

    private enum Face
    {
        /// <summary>400 in the shape of our own API, with the names of parameters.</summary>
        Json,

        /// <summary>422 in Singapay's shape, with the names of parameters.</summary>
        Singapay,

        /// <summary>400 and the form again, with the mistake beside a field.</summary>
        Form,

        /// <summary>400 and a page that says that there is no such page.</summary>
        Page,
    }

    public static TheoryData<string> Routes => [.. Lists.Select(list => list.Route)];

    public async Task InitializeAsync() => officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "everything");

    public Task DisposeAsync()
    {
        officer.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Should_be_asked_of_every_list_that_there_is()
    {
        var routes = typeof(PaySgServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()?.Name, Trigger: method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)))
            .Where(function => function.Trigger?.Methods?.Contains("get") == true)
            .Select(function => (function.Name, Route: function.Trigger!.Route!.Replace(":length(26)", "", StringComparison.Ordinal)))
            .Where(function => function.Name!.StartsWith("List", StringComparison.Ordinal) || function.Route.StartsWith("dashboard", StringComparison.Ordinal))
            .Select(function => function.Route);

        Assert.Equal(routes.Order(StringComparer.Ordinal), Lists.Select(list => list.Template).Concat(NoLists).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Should_refuse_them_and_say_which(string route)
    {
        var list = Lists.Single(candidate => candidate.Route == route);
        var path = await PathAsync(route);
        (await GetAsync(list.Face, path, list.Periods is [{ IsLimited: true } days] ? $"{days.From}=2026-01-01&{days.To}=2026-12-31" : "")).Expect(HttpStatusCode.OK);

        foreach (var (query, field) in list.Bad)
            Check(await GetAsync(list.Face, path, query), list, query, field);

        if (list.Face == Face.Singapay)
            (await GetAsync(list.Face, path, "search=x&search=y&_=1795705000")).Data();
    }

    /// <summary>A place in what one filter finds is none in what another finds.</summary>
    [Fact]
    public async Task Should_refuse_a_cursor_of_another_filter_or_of_another_list()
    {
        for (var i = 0; i < 2; i++)
            await shared.Client.CreatedPaymentAsync();
        var (found, all, events) = (
            await CursorAsync($"{ApiClient.PaymentsPath}?limit=1&payment_status=unpaid"), await CursorAsync($"{ApiClient.PaymentsPath}?limit=1"), await CursorAsync($"{ApiClient.EventsPath}?limit=1"));
        (await shared.Client.GetAsync($"{ApiClient.PaymentsPath}?payment_status=unpaid&after={found}")).Expect(HttpStatusCode.OK);
        await officer.OpenAsync($"{OfficerClient.ListPath}?payment_status=unpaid&after={found}");

        foreach (var query in (string[])[$"payment_status=paid&after={found}", $"after={found}", $"payment_status=unpaid&after={all}", $"after={events}", $"before={found}"])
            await shared.RefusedAsync(api => api.GetAsync($"{ApiClient.PaymentsPath}?{query}"), 400, "invalid_parameters", query.Contains("before", StringComparison.Ordinal) ? "before" : "after");
        await shared.RefusedAsync(api => api.GetAsync($"{ApiClient.EndpointsPath}?after={events}"), 400, "invalid_parameters", "after");
        foreach (var query in (string[])[$"payment_status=paid&after={found}", $"after={found}", $"payment_status=unpaid&after={all}"])
        {
            Assert.Contains(
                "This address belongs to another search. Search again.", PageText.Of((await officer.GetAsync($"{OfficerClient.ListPath}?{query}")).Expect(HttpStatusCode.BadRequest).Body), StringComparison.Ordinal);
        }
    }

    /// <summary>Browsers send the fields of a form that are empty, too.</summary>
    [Fact]
    public async Task Should_still_take_what_asks_for_nothing_and_what_was_just_done()
    {
        await officer.OpenAsync($"{OfficerClient.ListPath}?reference_id=&payer=+&limit=");
        await officer.OpenAsync($"/dashboard/{ApiClient.ServiceId}/{DeveloperPaths.ApiKeys}?done=revoke");
    }

    private static void Check(Answer answer, Listing list, string query, string field)
    {
        var what = $"{list.Route}?{query}: {(int)answer.Status} {answer.Body}";
        switch (list.Face)
        {
            case Face.Json:
                Assert.True(answer.Status == HttpStatusCode.BadRequest && answer.ErrorCode == "invalid_parameters" && answer.ErrorFields.SequenceEqual([field]), what);
                break;
            case Face.Singapay:
                Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity, what);
                answer.ExpectSingapayError(422, message: null, field);
                break;
            default:
                Assert.True(answer.Status == HttpStatusCode.BadRequest, what);
                Assert.True(list.Face == Face.Page || field.Length == 0
                    ? PageText.Of(answer.Body).Contains("There is no such page", StringComparison.Ordinal)
                    : Regex.Count(answer.Body, " id=\"[a-z_]+-error\"", RegexOptions.None, TimeSpan.FromSeconds(1)) == 1 && answer.Body.Contains($" id=\"{field}-error\"", StringComparison.Ordinal), what);
                Assert.False(answer.Body.Contains("<table class=\"list", StringComparison.Ordinal), what);
                break;
        }
    }

    private Task<Answer> GetAsync(Face face, string path, string query) => (face, path[..3]) switch
    {
        (Face.Json, "/v1") => shared.Client.GetAsync($"{path}?{query}"),
        (Face.Json, _) => new ManagementClient(shared.App.BaseAddress).GetAsync($"{path}?{query}"),
        (Face.Singapay, _) => shared.App.Singapay.GetAsync($"{path}?{query}"),
        _ => officer.GetAsync($"{path}?{query}"),
    };

    /// <summary>Where the list is found, of something that there is.</summary>
    private async Task<string> PathAsync(string route)
    {
        var path = $"/{route}".Replace("{paymentServiceId}", ApiClient.ServiceId, StringComparison.Ordinal).Replace("{accountId}", SingapayClient.AccountId, StringComparison.Ordinal);
        if (path.Contains("{paymentId}", StringComparison.Ordinal))
            path = path.Replace("{paymentId}", await shared.Client.CreatedPaymentAsync(), StringComparison.Ordinal);
        if (path.Contains("{endpointId}", StringComparison.Ordinal))
            path = path.Replace("{endpointId}", (await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("http://127.0.0.1:9/hook")))).Id, StringComparison.Ordinal);
        return path.Contains("{linkId}", StringComparison.Ordinal)
            ? path.Replace("{linkId}", FormattableString.Invariant($"{await shared.App.Singapay.CreatedLinkIdAsync()}"), StringComparison.Ordinal)
            : path;
    }

    private async Task<string> CursorAsync(string path) =>
        (await shared.Client.GetAsync(path)).Expect(HttpStatusCode.OK).Json.GetProperty("page_info").GetProperty("end_cursor").GetString()!;

    /// <param name="IsLimited">Whether it may not be longer than a year.</param>
    private sealed record Period(string From, string To, bool IsLimited = false);

    /// <param name="Route">Its route, without constraints; of a file, with its name.</param>
    /// <param name="Once">The parameters of which each is to be given once, the first of a form at first.</param>
    private sealed record Listing(string Route, Face Face, params string[] Once)
    {
        private static readonly string[] NoCursors = ["x%2Fy", "%F0%9F%98%80", "%3Cscript%3E"];
        private static readonly string[] NoDays = ["2026-02-31", "31-FEB-2026", "2026-13-01", "yesterday", "0001-01-01"];

        /// <summary>Whole numbers from 1 to 100, or to what is told.</summary>
        public string[] Limits { get; init; } = [];

        public string[] Cursors { get; init; } = [];

        /// <summary>Whether anything of letters and digits may be the id of an entry.</summary>
        public bool IdsAreFree { get; init; }

        public Period[] Periods { get; init; } = [];

        /// <summary>What else is wrong, and with which parameter.</summary>
        public (string Query, string Field)[] Others { get; init; } = [];

        /// <summary>What leads to no page of it.</summary>
        public string[] Pages { get; init; } = [];

        public string Template => Regex.Replace(Route, "(?<=/(?:audit|reports)/)[a-z-]+\\.csv", "{file}", RegexOptions.None, TimeSpan.FromSeconds(1));

        public IEnumerable<(string Query, string Field)> Bad =>
        [
            .. Once.SelectMany(name => (string[])[$"{name}=1&{name}=2", $"{name}=1&{name}=1", $"{name}=&{name}=1", $"{name}=1&{name.ToUpperInvariant()}=2"], (name, query) => (query, name)),
            .. Face == Face.Singapay ? [] : (IEnumerable<(string, string)>)[("search=x", Face == Face.Form ? Once[0] : "search"), ("=1", Face == Face.Form ? Once[0] : "")],
            .. Face == Face.Form ? Cursors.Select(name => ($"{name}=x&{name}=y", Once[0])) : [],
            .. Limits.SelectMany(name => (string[])["0", "-1", "1.5", "x", "", name == "page" ? "10001" : "101", "99999999999999999999"], (name, value) => ($"{name}={value}", name)),
            .. Cursors.SelectMany(_ => NoCursors.Concat(IdsAreFree ? [] : ["key_00000000-0000-4000-8000", "bWVtYmVyXzE"]), (name, value) => ($"{name}={value}", Face == Face.Form ? Once[0] : name)),
            .. Periods.SelectMany(period => NoDays.SelectMany(day => ((string, string)[])[($"{period.From}={day}&{period.To}=2026-03-01", period.From), ($"{period.From}=2026-02-01&{period.To}={day}", period.To)])),
            .. Periods.Select(period => ($"{period.From}=2026-03-02&{period.To}=2026-03-01", period.To)),
            .. Periods.Where(period => period.IsLimited).Select(period => ($"{period.From}=2024-12-31&{period.To}=2026-01-01", period.To)),
            .. Others,
            .. Pages.Select(query => (query, "")),
        ];
    }
}
