using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class ApiKeyGateTests : IAsyncLifetime
{
    private const string Secret = "paysg_stag_0123456789";
    private PaySgParts parts = null!;
    private PaymentService service = null!;
    private ApiKey issued = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.InMemoryAsync();
        service = await parts.PaymentServiceAsync();
        issued = await parts.Get<ApiKeys>().IssueAsync(service, Secret, Permission.View | Permission.Refund, CancellationToken.None);
        parts.Traffic.Forget();
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_key_that_was_issued_lets_its_holder_in()
    {
        Assert.Equal(issued, await AuthorizeAsync(Secret));
        Assert.Equal(service.Code, issued.ServiceCode);
    }

    [Fact]
    public async Task Only_the_hash_of_a_key_is_stored_and_asked_for()
    {
        await AuthorizeAsync(Secret);

        Assert.DoesNotContain(Secret, Assert.Single(parts.Traffic.Requests).Url.AbsoluteUri, StringComparison.Ordinal);
        var row = (await parts.Tables.Access.GetEntityAsync<Azure.Data.Tables.TableEntity>(AccessRows.KeyPartition(AccessRows.HashOf(Secret)), AccessRows.Key)).Value;
        Assert.DoesNotContain(row.Keys, column => row[column] is string text && text.Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("paysg_live_0123456789")]
    [InlineData("PAYSG_STAG_0123456789")]
    [InlineData(" paysg_stag_0123456789")]
    [InlineData("0123456789")]
    public async Task A_missing_key_or_one_of_another_kind_is_refused_without_asking_storage(string? secret)
    {
        await RefusedAsync(401, "invalid_api_key", secret);
        Assert.Empty(parts.Traffic.Requests);
    }

    [Fact]
    public async Task A_key_may_have_150_characters_and_not_one_more()
    {
        var longest = "paysg_stag_".PadRight(150, 'x');
        await parts.Get<ApiKeys>().IssueAsync(service, longest, Permission.View, CancellationToken.None);
        await parts.Get<ApiKeys>().IssueAsync(service, longest + "x", Permission.View, CancellationToken.None);
        parts.Traffic.Forget();

        await AuthorizeAsync(longest);
        await RefusedAsync(401, "invalid_api_key", longest + "x");
        Assert.Single(parts.Traffic.Requests);
    }

    [Fact]
    public async Task An_unknown_key_is_refused_and_known_as_soon_as_it_is_issued()
    {
        await RefusedAsync(401, "invalid_api_key", "paysg_stag_unknown");
        await parts.Get<ApiKeys>().IssueAsync(service, "paysg_stag_unknown", Permission.View, CancellationToken.None);

        await AuthorizeAsync("paysg_stag_unknown");
    }

    [Fact]
    public async Task Another_payment_service_does_not_exist_for_a_key()
    {
        var other = await parts.PaymentServiceAsync();

        await RefusedAsync(404, "payment_service_not_found", Secret, serviceId: other.Id);
        await RefusedAsync(404, "payment_service_not_found", Secret, serviceId: "payment_service_unknown");
        await RefusedAsync(404, "payment_service_not_found", Secret, serviceId: service.Id.ToUpperInvariant());
    }

    [Fact]
    public async Task A_key_that_lacks_the_permission_is_told_which()
    {
        await AuthorizeAsync(Secret, Permission.Refund);
        var error = await RefusedAsync(403, "insufficient_permissions", Secret, Permission.Billing);
        Assert.Contains("'billing'", error.Message, StringComparison.Ordinal);
        await RefusedAsync(403, "insufficient_permissions", Secret, Permission.Administrator);
    }

    [Fact]
    public async Task A_key_is_remembered_for_10_seconds_and_not_longer()
    {
        await AuthorizeAsync(Secret);
        await parts.Tables.Access.DeleteEntityAsync(AccessRows.KeyPartition(AccessRows.HashOf(Secret)), AccessRows.Key, Azure.ETag.All);
        parts.Traffic.Forget();

        parts.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await AuthorizeAsync(Secret);
        Assert.Empty(parts.Traffic.Requests);

        parts.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await RefusedAsync(401, "invalid_api_key", Secret);
        Assert.Single(parts.Traffic.Requests);
    }

    [Fact]
    public async Task Use_does_not_prolong_what_is_remembered()
    {
        await AuthorizeAsync(Secret);
        await parts.Tables.Access.DeleteEntityAsync(AccessRows.KeyPartition(AccessRows.HashOf(Secret)), AccessRows.Key, Azure.ETag.All);

        for (var second = 0; second < 9; second++)
        {
            parts.Clock.Advance(TimeSpan.FromSeconds(1));
            await AuthorizeAsync(Secret);
        }

        parts.Clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(401, "invalid_api_key", Secret);
    }

    [Fact]
    public async Task Each_call_with_a_key_counts_and_guesses_take_up_no_memory()
    {
        var limits = new RateLimits(parts.Get<AccessSettings>() with { RequestsPerMinute = 2 }, parts.Clock);
        var gate = new ApiKeyGate(
            parts.Tables, parts.Get<AccessCache>(), limits, parts.Get<WrongKeys>(), parts.Get<KeyActivities>(), parts.Get<AccessSettings>(), parts.Get<PaySgSettings>());
        Task<ApiKey> CallAsync(string secret) => gate.AuthorizeAsync(secret, service.Id, Permission.View, CancellationToken.None);

        for (var i = 0; i < 20; i++)
            Assert.Equal(401, (await Assert.ThrowsAnyAsync<ApiException>(() => CallAsync($"paysg_stag_guess{i}"))).Error.Status);

        Assert.Equal(0, limits.Remembered);
        await CallAsync(Secret);
        await CallAsync(Secret);
        Assert.Equal(429, (await Assert.ThrowsAnyAsync<ApiException>(() => CallAsync(Secret))).Error.Status);
        Assert.Equal(1, limits.Remembered);
    }

    [Fact]
    public async Task The_key_is_that_of_the_header_x_api_key_whether_the_path_names_its_payment_service_or_none()
    {
        var gate = parts.Get<ApiKeyGate>();

        Assert.Equal(issued, await gate.AuthorizeAsync(Call(Secret), service.Id, Permission.View));
        Assert.Equal(issued, await gate.AuthorizeAsync(Call(Secret), Permission.View));
        Assert.Equal(404, (await Assert.ThrowsAnyAsync<ApiException>(() => gate.AuthorizeAsync(Call(Secret), "payment_service_unknown", Permission.View))).Error.Status);
        Assert.Equal(403, (await Assert.ThrowsAnyAsync<ApiException>(() => gate.AuthorizeAsync(Call(Secret), Permission.Billing))).Error.Status);
        Assert.Equal(401, (await Assert.ThrowsAnyAsync<ApiException>(() => gate.AuthorizeAsync(Call(key: null), Permission.View))).Error.Status);
        Assert.Equal(401, (await Assert.ThrowsAnyAsync<ApiException>(() => gate.AuthorizeAsync(Call(key: null), service.Id, Permission.View))).Error.Status);
    }

    [Fact]
    public async Task A_key_that_lets_nobody_in_is_noted_with_the_reason_and_one_that_is_not_sent_is_not()
    {
        var revoked = await parts.Get<ApiKeys>().IssueAsync(service, "paysg_stag_revoked", Permission.View, CancellationToken.None);
        await parts.Get<ApiKeys>().CloseAsync(AccessRows.HashOf("paysg_stag_revoked"), revoked.Id);
        (string? Key, string Reason, string Shown)[] wrong =
        [
            ("paysg_stag_unknown", "unknown", MaskedKey.Of("paysg_stag_unknown")),
            ("paysg_live_0123456789", "of_another_kind", MaskedKey.Of("paysg_live_0123456789")),
            ("paysg_stag_".PadRight(151, 'x'), "too_long", MaskedKey.Of("paysg_stag_".PadRight(151, 'x'))),
            ("paysg_stag_revoked", "revoked", revoked.Id),
            (Secret, "another_payment_service", issued.Id),
        ];

        foreach (var key in wrong.Select(each => each.Key).Append(null).Append(""))
            await Assert.ThrowsAnyAsync<ApiException>(() => parts.Get<ApiKeyGate>().AuthorizeAsync(Call(key), "payment_service_unknown", Permission.View));

        Assert.Equal(
            wrong.Select(each => ("api_key", each.Reason, each.Shown, "203.0.113.7")),
            parts.Log.Of(1301).Select(line => (line.Properties["Kind"], line.Properties["Reason"], line.Properties["Key"], line.Properties["Address"])));
    }

    [Fact]
    public async Task Where_a_key_comes_from_is_not_always_known()
    {
        await RefusedAsync(401, "invalid_api_key", "paysg_stag_unknown");

        Assert.Equal("unknown", Assert.Single(parts.Log.Of(1301)).Properties["Address"]);
    }

    private static ApiCall Call(string? key)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["CLIENT-IP"] = "203.0.113.7";
        if (key is not null)
            request.Headers["x-api-key"] = key;
        return new ApiCall(request, "req_test");
    }

    private Task<ApiKey> AuthorizeAsync(string? secret, Permission permission = Permission.View, string? serviceId = null) =>
        parts.Get<ApiKeyGate>().AuthorizeAsync(secret, serviceId ?? service.Id, permission, CancellationToken.None);

    [Theory]
    [InlineData("paysg_stag_demo")]
    [InlineData("paysg_stag_demo_view")]
    public async Task A_deployed_app_refuses_the_keys_that_everybody_knows(string published)
    {
        await parts.Get<ApiKeys>().IssueAsync(service, published, Permission.View, CancellationToken.None);
        var deployed = new ApiKeyGate(
            parts.Tables,
            parts.Get<AccessCache>(),
            parts.Get<RateLimits>(),
            parts.Get<WrongKeys>(),
            parts.Get<KeyActivities>(),
            parts.Get<AccessSettings>(),
            parts.Get<PaySgSettings>() with { IsDevelopment = false });

        var refusal = await Assert.ThrowsAnyAsync<ApiException>(() => deployed.AuthorizeAsync(published, service.Id, Permission.View, CancellationToken.None));

        Assert.Equal((401, "invalid_api_key"), (refusal.Error.Status, refusal.Error.Code));
        Assert.Equal("published", Assert.Single(parts.Log.Of(1301)).Properties["Reason"]);
        Assert.NotNull(await AuthorizeAsync(published));
    }

    private async Task<ApiError> RefusedAsync(int status, string code, string? secret, Permission permission = Permission.View, string? serviceId = null)
    {
        var refusal = await Assert.ThrowsAnyAsync<ApiException>(() => AuthorizeAsync(secret, permission, serviceId));
        Assert.Equal((status, code), (refusal.Error.Status, refusal.Error.Code));
        return refusal.Error;
    }
}
