using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Operations.SandboxEvents;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Http.Singapay;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Operations.Contract;

public sealed partial class OpenApiFileTests
{
    private const string CatchAll = "ZUnknownPath";
    private const string Head = "head";

    /// <summary>Pages for people who are signed in are no API: OfficersAccessTests has a row for each.</summary>
    private const string Dashboard = "dashboard";

    /// <summary>No client reads it: the client has left.</summary>
    private const string SeenByNobody = "client_left";

    private static readonly Dictionary<string, int> PaySgCodes = CodesOf(typeof(ApiErrors));
    private static readonly Dictionary<string, int> SingapayCodes = CodesOf(typeof(SingapayErrors));

    [Fact]
    public void Every_route_and_method_of_a_function_is_an_operation_of_its_name_and_there_is_no_other()
    {
        var functions =
            from type in typeof(PaySgServices).Assembly.GetTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null && function.Name != CatchAll
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
            where trigger is not null && trigger.Route!.Split('/')[0] != Dashboard
            from verb in trigger.Methods!
            where verb != Head // Said once for all of them, in x-unknown-paths: it is GET without the body.
            select $"{verb.ToUpperInvariant()} /{Shape(trigger.Route!.Replace("{root:maxlength(0)?}", "", StringComparison.Ordinal))} {function.Name}";

        Assert.Equal(
            functions.Order(StringComparer.Ordinal),
            OpenApiFile.Operations.Select(operation => $"{operation.Method} {Shape(operation.Path)} {operation.Id}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_no_operation_takes_is_said_of_the_function_that_takes_every_path() =>
        Assert.Equal(CatchAll, OpenApiFile.Root.GetProperty("x-unknown-paths").GetProperty("operationId").GetString());

    [Fact]
    public void Each_error_code_of_an_operation_is_one_of_its_API_and_has_its_status_among_the_answers() =>
        Assert.All(OpenApiFile.Operations, operation =>
        {
            var unknown = operation.ErrorCodes.Where(code => StatusOf(operation, code) is null);
            Assert.Empty(unknown);
            Assert.Equal(operation.ErrorCodes.Distinct(), operation.ErrorCodes);
            Assert.Equal(
                operation.ErrorCodes.Select(code => StatusOf(operation, code)!.Value).Distinct().Order(),
                operation.ErrorStatuses.Order());
        });

    [Fact]
    public void Each_error_code_that_a_client_can_see_is_one_of_some_operation()
    {
        var elsewhere = OpenApiFile.Root.GetProperty("x-unknown-paths").GetProperty("x-error-codes").Texts();

        Assert.Equal(
            PaySgCodes.Keys.Except([SeenByNobody]).Order(StringComparer.Ordinal),
            PaySgCodes.Keys.Where(code => elsewhere.Contains(code) || OpenApiFile.Operations.Any(operation => !operation.IsSingapay && operation.ErrorCodes.Contains(code)))
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            SingapayCodes.Keys.Order(StringComparer.Ordinal),
            SingapayCodes.Keys.Where(code => elsewhere.Contains(code) || OpenApiFile.Operations.Any(operation => operation.IsSingapay && operation.ErrorCodes.Contains(code)))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_operation_says_who_may_call_it_what_it_sees_and_what_a_repetition_does() =>
        Assert.All(OpenApiFile.Operations, operation =>
        {
            Assert.Contains(operation["x-permission"], (string[])[.. PermissionNames.All, "management", "account", "none"]);
            Assert.Contains(operation["x-consistency"], (string[])["strong", "static"]);
            Assert.Contains(operation["x-idempotency"], (string[])["read", "key", "repeatable", "unique", "none"]);
            Assert.Equal(operation.Method == "GET", operation["x-idempotency"] == "read");
            Assert.Equal(operation.Takes("IdempotencyKey"), operation["x-idempotency"] == "key");
            // A key belongs to a method and a path, so only a body can be another one.
            Assert.Equal(operation.ErrorCodes.Contains("idempotency_key_mismatch"), operation["x-idempotency"] == "key" && operation.RequestContent is not null);
        });

    [Fact]
    public void A_permission_is_asked_for_where_there_is_an_API_key_and_nowhere_else() =>
        Assert.All(OpenApiFile.Operations, operation =>
        {
            var asksForKey = !operation.Json.TryGetProperty("security", out _);
            Assert.Equal(asksForKey, PermissionNames.All.Contains(operation["x-permission"]));
            Assert.Equal(asksForKey, operation.ErrorCodes.Contains("insufficient_permissions"));
            Assert.Equal(operation["x-permission"] == "management", operation.ErrorCodes.Contains("invalid_management_key"));
            Assert.Equal(operation["x-permission"] == "account", operation.ErrorCodes.Contains("missing_partner_id"));
        });

    [Fact]
    public void The_webhooks_are_the_types_of_events()
    {
        var documented = OpenApiFile.Root.GetProperty("webhooks").EnumerateObject().ToList();

        Assert.Equal(EventTypes.Subscribable.Append(EventTypes.PaymentLinkTransaction), documented.Select(webhook => webhook.Name));
        Assert.All(documented, webhook => Assert.Equal(webhook.Name, webhook.Value.GetProperty("post").GetProperty("operationId").GetString()));
    }

    [Fact]
    public void The_limits_and_choices_are_those_of_the_code()
    {
        var limit = OpenApiFile.Component("parameters", "Limit").GetProperty("schema");
        var perPage = OpenApiFile.Component("parameters", "PerPage").GetProperty("schema");

        Assert.Equal((PageLimit.Default, PageLimit.Max), (limit.GetProperty("default").GetInt32(), limit.GetProperty("maximum").GetInt32()));
        Assert.Equal(
            (PaymentLinkPageRequest.DefaultPerPage, PaymentLinkPageRequest.MaxPerPage),
            (perPage.GetProperty("default").GetInt32(), perPage.GetProperty("maximum").GetInt32()));
        Assert.Equal(PermissionNames.All, OpenApiFile.Component("schemas", "Permission").GetProperty("enum").Texts());
        Assert.Equal(EventTypes.Subscribable, OpenApiFile.Component("schemas", "EventType").GetProperty("anyOf")[0].GetProperty("enum").Texts());
        Assert.Equal(PermissionNames.All, Field("ApiKey", "permissions").GetProperty("items").GetProperty("anyOf")[0].GetProperty("enum").Texts());
        Assert.Equal(
            TriggerEvent.Types,
            OpenApiFile.Operations.Single(operation => operation.Id == "TriggerEvent").Json.GetProperty("parameters")[0].GetProperty("schema").GetProperty("enum").Texts());
        Assert.Equal(
            [.. EventTypes.Subscribable, EventTypes.All], OpenApiFile.Component("schemas", "SubscribedEvents").GetProperty("items").GetProperty("enum").Texts());
        Assert.Equal(
            PaymentLinkMethods.All.Select(method => method.Code), OpenApiFile.Component("schemas", "PaymentMethods").GetProperty("items").GetProperty("enum").Texts());
        Assert.Equal(PaymentLinkFields.MaxUsage, Field("NewPaymentLink", "max_usage").GetProperty("maximum").GetInt32());
        Assert.Equal(PaymentLinkReffNo.MaxLength, Field("NewPaymentLink", "reff_no").GetProperty("maxLength").GetInt32());
    }

    private static JsonElement Field(string schema, string name) => OpenApiFile.Component("schemas", schema).GetProperty("properties").GetProperty(name);

    // Below /api the catalogue of Singapay's errors comes first: some codes are of both, with other statuses.
    private static int? StatusOf(OpenApiOperation operation, string code) =>
        operation.IsSingapay && SingapayCodes.TryGetValue(code, out var status) ? status
        : PaySgCodes.TryGetValue(code, out status) ? status
        : null;

    private static Dictionary<string, int> CodesOf(Type catalogue) =>
        ErrorCatalogue.Of(catalogue).DistinctBy(error => error.Code).ToDictionary(error => error.Code, error => error.Status, StringComparer.Ordinal);

    // Names of parameters differ where OpenAPI wants one path for two routes, and constraints are the host's.
    private static string Shape(string path) => Parameter().Replace(path, "{}");

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
