using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Outbox;

public sealed class OutboxRowPropertyTests
{
    private static readonly Gen<long> Milliseconds = Properties.Between(0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / 3);

    private static readonly Gen<OutboxRow> Rows =
        from milliseconds in Milliseconds
        from kind in Gen.Elements(OutboxKind.Event, OutboxKind.Charge, OutboxKind.Refund, OutboxKind.LateCharge, "of-a-later-release")
        from subject in Properties.Texts
        select new OutboxRow("payment_service_1", DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), kind, subject);

    [Fact]
    public void Every_row_is_read_from_its_key_as_it_was_written() => Properties.Hold(Rows, row =>
        Assert.Equal(row, OutboxRow.Parse(row.OwnerId, row.RowKey)));

    [Fact]
    public void Keys_sort_by_time() => Properties.Hold(Rows.Two(), rows =>
    {
        if (rows.Item1.DueAt != rows.Item2.DueAt)
            Assert.Equal(rows.Item1.DueAt < rows.Item2.DueAt, string.CompareOrdinal(rows.Item1.RowKey, rows.Item2.RowKey) < 0);
    });

    [Fact]
    public void A_text_is_the_key_of_a_row_or_none()
    {
        var keys =
            from head in Gen.Elements("o", "p", "", "o ")
            from time in Gen.OneOf(Properties.Between(long.MinValue, long.MaxValue).Select(number => $"{number}"), Gen.Elements("00000000000001", " 0000000000001", "+0000000000001", "1", ""))
            from rest in Gen.OneOf(Properties.Texts, Gen.Elements("event:evt_1", "charge:a.b"))
            select $"{head}:{time}:{rest}";
        Properties.Hold(keys, key =>
        {
            if (OutboxRow.Parse("payment_service_1", key) is { } row)
                Assert.Equal(key, row.RowKey);
        });
    }

    [Fact]
    public void Every_subject_leads_back_to_the_payment_and_its_part() =>
        Properties.Hold(Gen.Elements("-abcdefcode0123456789", "zzzzzzzzzzzzzzzzzzzzz").Zip(Properties.Texts), given =>
            Assert.Equal((given.Item1, given.Item2), OutboxSubject.Parse(OutboxSubject.Of(given.Item1, given.Item2))));
}
