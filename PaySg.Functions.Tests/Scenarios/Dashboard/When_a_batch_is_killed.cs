using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using PaySg.Functions.Tests.Payments.Batches;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Whoever works on a batch dies twice in the middle, and each line becomes one payment.</summary>
public sealed class When_a_batch_is_killed(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Against the emulator, with a process that dies inside the test's own.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_create_two_hundred_payments_once_each()
    {
        await using var parts = await PaySgParts.StartAsync();
        var batches = await BatchFixture.InAsync(parts);
        var batch = await batches.StartedAsync(200);
        foreach (var at in (int[])[5, 4])
        {
            var transactions = 0;
            var death = at == 5
                ? Death.Before(parts.Traffic, request => request.Method == "POST" && ++transactions == at)
                : Death.After(parts.Traffic, request => request.Method == "POST" && ++transactions == at);
            await Assert.ThrowsAnyAsync<Exception>(batches.WorkAsync);
            Assert.True(death.Happened);
            death.Replace();
            Assert.InRange((await batches.PaymentsAsync()).Count, 16, 184);
        }

        await batches.WorkAsync();

        var payments = await batches.PaymentsAsync();
        Assert.Equal((200, 200), (payments.Count, payments.Select(payment => payment.Details.ReferenceId).Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(new BatchProgress(200, 0, 0, 0), (await batches.FindAsync(batch.Id)).Progress);
        Assert.False(await batches.HoldsPayerAsync());
    }

    /// <summary>The whole product in processes of its own, which get SIGKILL.</summary>
    [Fact]
    [Trait("Category", "Soak")]
    public async Task Should_create_five_thousand_payments_once_each()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using var storage = await StorageProxy.StartAsync(connection);
        var csv = new StringBuilder("reference_id,payer_name,payer_email,description,amount,Ward\n");
        for (var i = 0; i < 5000; i++)
            csv.Append(CultureInfo.InvariantCulture, $"B-{i},Tan {i},payer{i}@example.com,Fee,11.30,W {i % 40}\n");

        var clock = Stopwatch.StartNew();
        var batch = "";
        foreach (var dies in (bool[])[true, true, false])
        {
            await using var host = await LocalHostProcess.StartAsync(storage.Connection);
            using var officer = await OfficerClient.SignedInAsync(host.Client.BaseAddress, "everything");
            if (batch.Length == 0)
            {
                batch = await officer.UploadedAsync(csv.ToString());
                output.WriteLine($"Looked at and stored after {clock.Elapsed}.");
                (await officer.PressAsync(batch, "start")).Expect(HttpStatusCode.SeeOther);
            }

            if (!dies)
            {
                await Eventually.TrueAsync(async () => (await officer.OpenAsync(batch)).Contains("5,000 of 5,000 payments are created, 0 failed", StringComparison.Ordinal), Limit);
                continue;
            }

            var before = await DoneAsync(connection);
            await Eventually.TrueAsync(async () => await DoneAsync(connection) > before + 60, Limit);
            host.Kill();
            await host.WaitForEndAsync();
            output.WriteLine($"Killed after {clock.Elapsed}: {await DoneAsync(connection)} of 313 portions are done.");
        }

        var payments = (await StoredRows.OfAsync(connection, "paysgpayments", PaymentRows.Prefix)).Select(PaymentRows.Read).Where(payment => payment.Details.ReferenceId.StartsWith("B-", StringComparison.Ordinal)).ToList();
        output.WriteLine($"{payments.Count} payments after {clock.Elapsed}.");
        Assert.Equal((5000, 5000), (payments.Count, payments.Select(payment => payment.Details.ReferenceId).Distinct(StringComparer.Ordinal).Count()));
        Assert.Empty(await StoredRows.OfAsync(connection, "paysgpayments", BatchRows.WaitingPrefix));
        Assert.DoesNotContain(await StoredRows.OfAsync(connection, "paysgpayments", OutboxRow.Prefix), row => row.RowKey.Contains(OutboxKind.Batch, StringComparison.Ordinal));
    }

    private static async Task<int> DoneAsync(string connection) => (await StoredRows.OfAsync(connection, "paysgpayments", BatchRows.DonePrefix)).Count;
}
