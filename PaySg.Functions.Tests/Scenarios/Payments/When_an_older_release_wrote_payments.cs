using System.Net;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;
using PaySg.LocalHost.Backup;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Releases before the search wrote no copies, and none moves a copy. What they left is found once the housekeeping, the command or a change was there.</summary>
public sealed class When_an_older_release_wrote_payments : IAsyncLifetime
{
    private PaySgApp app = null!;

    private PaySgTables Tables => app.Services.GetRequiredService<PaySgTables>();

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_find_them_after_the_housekeeping()
    {
        var unpaid = await OldAsync();
        var paid = await OldAsync();
        (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
        await ForgetCopiesAsync(paid);
        Assert.Empty(await FoundAsync("reference_id=INV-OLD"));

        await KeepHouseAsync();

        Assert.Equal([paid, unpaid], await FoundAsync("reference_id=INV-OLD"));
        Assert.Equal([unpaid], await FoundAsync("payment_status=unpaid"));
        Assert.Equal([paid], await FoundAsync("payment_status=paid"));
    }

    [Fact]
    public async Task Should_pay_cancel_and_refund_them_before_that()
    {
        var (paid, cancelled) = (await OldAsync(), await OldAsync());

        (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
        (await app.Client.CancelAsync(cancelled)).Expect(HttpStatusCode.OK);

        Assert.Equal([paid], await FoundAsync("payment_status=paid"));
        Assert.Equal([cancelled], await FoundAsync("payment_status=cancelled"));
        await ForgetCopiesAsync(paid);
        (await app.Client.RefundAsync(paid, 100)).Expect(HttpStatusCode.OK);
        Assert.Equal([paid], await FoundAsync("refund_status=partially_refunded"));
    }

    [Fact]
    public async Task Should_correct_what_an_instance_of_the_older_release_left_behind_while_both_ran()
    {
        // The older one paid it: the payment says so, without the mark, and the copies say what they said.
        var id = await app.Client.CreatedPaymentAsync();
        await StoredPayments.ChangeAsync(app, id, payment => payment.Pay("att_1", payment.CreatedAt.AddMinutes(1)) with { IsIndexed = null });
        Assert.Equal([id], await FoundAsync("payment_status=unpaid"));

        await KeepHouseAsync();

        Assert.Empty(await FoundAsync("payment_status=unpaid"));
        Assert.Equal([id], await FoundAsync("payment_status=paid"));
    }

    [Fact]
    public async Task Should_look_through_everything_twice_and_then_no_more()
    {
        await OldAsync();
        await KeepHouseAsync();
        var late = await OldAsync();
        await KeepHouseAsync();
        Assert.Equal(2, (await FoundAsync("payment_status=unpaid")).Count);

        await ForgetCopiesAsync(late);
        app.HttpTraffic.Forget();
        await KeepHouseAsync();

        Assert.Single(await FoundAsync("payment_status=unpaid"));
    }

    [Fact]
    public async Task Should_write_all_anew_by_the_command_and_go_on_where_it_stopped()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await app.Client.CreatedPaymentAsync(A.Payment().With("reference_id", "INV-OLD")));
        ids.Reverse();
        foreach (var id in ids)
            await DeleteCopiesAsync(id);
        // As if the process had ended behind the first one.
        await Tables.Payments.PutAsync(IndexProgressRows.Write(new IndexProgress(PaymentRows.Key(ids[0]), 2, PassedAt: null), ApiClient.ServiceId), CancellationToken.None);

        Assert.Contains($"{ApiClient.ServiceId}: 2 payments can be searched", await IndexAsync(), StringComparison.Ordinal);
        Assert.Equal([ids[1], ids[2]], await FoundAsync("reference_id=INV-OLD"));

        Assert.Contains($"{ApiClient.ServiceId}: 3 payments can be searched", await IndexAsync(), StringComparison.Ordinal);
        Assert.Equal(ids, await FoundAsync("payment_status=unpaid"));
    }

    [Fact]
    public async Task Should_change_a_payment_whose_copy_is_missing_or_of_another_moment()
    {
        // As after a restore of a backup, which is read while the app works.
        var id = await app.Client.CreatedPaymentAsync();
        await DeleteCopiesAsync(id);

        (await app.Client.PayAsync(id, idempotencyKey: "pay")).Expect(HttpStatusCode.OK);

        Assert.Equal([id], await FoundAsync("payment_status=paid"));
        Assert.Empty(await FoundAsync("payment_status=unpaid"));
    }

    private Task KeepHouseAsync() => app.Services.GetRequiredService<IndexAllPayments>().RunAsync(CancellationToken.None);

    private async Task<string> OldAsync()
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("reference_id", "INV-OLD"));
        await ForgetCopiesAsync(id);
        return id;
    }

    /// <summary>Leaves a payment as an older release would have it.</summary>
    private async Task ForgetCopiesAsync(string id)
    {
        await StoredPayments.ChangeAsync(app, id, payment => payment with { IsIndexed = null });
        await DeleteCopiesAsync(id);
    }

    private async Task DeleteCopiesAsync(string id)
    {
        var stored = await StoredRows.OfAsync(app.Connection, "paysgpayments", "");
        var copies = stored.Where(row => row.RowKey[..2] is SearchKeys.ReferencePrefix or SearchKeys.StatusPrefix && PaymentRows.Read(row).Id == id).ToList();
        Assert.NotEmpty(copies);
        foreach (var row in copies)
            await Tables.Payments.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
    }

    private async Task<string> IndexAsync()
    {
        await using var output = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = app.Connection };
        await new BackupProgram(environment, output).RunAsync(CommandLine.Parse(["index"]), CancellationToken.None);
        return output.ToString();
    }

    private async Task<IReadOnlyList<string>> FoundAsync(string query) =>
        [.. (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?{query}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(payment => payment.GetProperty("id").GetString()!)];
}
