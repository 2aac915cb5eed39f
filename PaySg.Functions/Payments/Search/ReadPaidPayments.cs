using System.Runtime.CompilerServices;

namespace PaySg.Functions.Payments.Search;

/// <summary>Reads all payments that were paid in a period, a thousand by one request. What is held at a time does not grow with their number.</summary>
internal sealed class ReadPaidPayments(PaySgTables tables)
{
    /// <summary>The payments, the last one paid first.</summary>
    /// <param name="from">Paid at this time or later.</param>
    /// <param name="to">Paid before this time.</param>
    public async IAsyncEnumerable<Payment> RunAsync(string paymentServiceId, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = SearchRange.Of(new PaymentFilter { PaidFrom = from, PaidTo = to });
        await foreach (var row in tables.Payments.QueryAsync<TableEntity>(RowKeys.Range(paymentServiceId, range.From, range.To), cancellationToken: cancellationToken))
            yield return PaymentRows.Read(row);
    }
}
