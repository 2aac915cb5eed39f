using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Access.Audit;

[Trait("Category", "Rules")]
public sealed class AuditRowsTests
{
    private const string Owner = "payment_service_00000000-0000-4000-8000-000000000001";
    private const string WriteId = "0123456789abcdef01234567";
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(ActorKind.Member), true)]
    [InlineData(nameof(ActorKind.Management), true)]
    [InlineData(nameof(ActorKind.ApiKey), false)]
    [InlineData(nameof(ActorKind.Batch), false)]
    public void An_entry_is_written_of_members_and_the_operator_alone(string kind, bool isWritten)
    {
        var group = Group("owner").Audit(new Actor(Enum.Parse<ActorKind>(kind), "id", "a@example.com"), Owner, Now, AuditAction.ApiKeyCreated, "key_1");

        Assert.Equal(isWritten ? 2 : 1, group.Actions.Count);
    }

    [Theory]
    [InlineData("owners", $"t:{Owner}:")]
    [InlineData(Owner, "t:")]
    public void An_entry_is_read_as_it_was_written_and_stands_beside_the_main_row(string partition, string prefix)
    {
        var by = new Actor(ActorKind.Member, "member_1", "a@example.com");
        AuditChange[] changes = [new AuditChange("name", "before \"x\"", null), AuditChange.Set("lines", 17)];

        var row = Row(Group(partition).Audit(by, Owner, Now, AuditAction.PaymentServiceUpdated, Owner, changes));
        var entry = AuditRows.Read(row);

        Assert.Equal((partition, prefix), (row.PartitionKey, row.RowKey[..prefix.Length]));
        Assert.Equal((by, AuditAction.PaymentServiceUpdated, Owner, Now), (entry.By, entry.Action, entry.Subject, entry.At));
        Assert.Equal(changes, entry.Changes);
    }

    [Fact]
    public void Nothing_changed_is_no_entry() =>
        Assert.Single(Group("owner").AuditChanges(Actor.Management, Owner, Now, AuditAction.PaymentServiceUpdated, Owner, AuditChange.Between(("name", "a", "a"))).Actions);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_period_holds_its_first_millisecond_and_not_its_end(int milliseconds, bool isIn)
    {
        var row = Row(Group("owner").Audit(Actor.Management, Owner, Now.AddMilliseconds(milliseconds), AuditAction.ApiKeyCreated, "key_1"));

        var range = AuditRows.Range(Place, new AuditFilter(Now.AddMilliseconds(-1), Now.AddMilliseconds(2), By: null), after: null);

        Assert.Equal(isIn, IsIn(row, range));
    }

    [Fact]
    public void A_page_begins_behind_an_entry_and_the_newest_comes_first()
    {
        var rows = Enumerable.Range(0, 3).Select(milliseconds => Row(Group("owner").Audit(Actor.Management, Owner, Now.AddMilliseconds(milliseconds), AuditAction.ApiKeyCreated, "key_1"))).ToList();

        var range = AuditRows.Range(Place, AuditFilter.All, AuditRows.Read(rows[1]).Id);

        Assert.Equal([true, false, false], rows.Select(row => IsIn(row, range)));
        Assert.Equal(rows.Select(row => row.RowKey).OrderDescending(StringComparer.Ordinal), rows.Select(row => row.RowKey));
        Assert.Equal([true, true, false], rows.Select(row => IsIn(row, AuditRows.RangeBefore(Place, Now.AddMilliseconds(2)))));
    }

    [Fact]
    public void A_long_text_is_cut_between_characters_and_the_query_of_an_address_is_not_shown()
    {
        var text = new string('a', AuditChange.MostCharacters - 1) + "😀";

        Assert.Equal(text[..(AuditChange.MostCharacters - 1)] + "…", AuditChange.Set("name", text).After);
        Assert.Equal(text[..AuditChange.MostCharacters].Replace("\ud83d", "b", StringComparison.Ordinal), AuditChange.Set("name", text[..^2] + "b").After);
        var (one, other) = (AuditChange.WithoutQuery("https://a.example/x?token=1"), AuditChange.WithoutQuery("https://a.example/x?token=2"));
        Assert.Matches("^https://a\\.example/x\\?…[0-9a-f]{6}$", one);
        Assert.NotEqual(one, other);
        Assert.Equal("https://a.example/x", AuditChange.WithoutQuery("https://a.example/x"));
        Assert.Null(AuditChange.WithoutQuery(null));
    }

    private static AuditPlace Place => new(null!, "owner", "t:");

    private static EntityGroup Group(string partition) => new EntityGroup(WriteId).Insert(new TableEntity(partition, "row"));

    private static TableEntity Row(EntityGroup group) => (TableEntity)group.Actions[1].Entity;

    private static bool IsIn(TableEntity row, string range)
    {
        var parts = range.Split('\'');
        Assert.Equal(row.PartitionKey, parts[1]);
        return string.CompareOrdinal(row.RowKey, parts[3]) >= 0 && string.CompareOrdinal(row.RowKey, parts[5]) < 0;
    }
}
