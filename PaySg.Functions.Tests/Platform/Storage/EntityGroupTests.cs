using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class EntityGroupTests
{
    private static readonly ETag Read = new("W/\"1\"");

    [Fact]
    public void Only_the_first_row_carries_the_write_id()
    {
        var main = new TableEntity("p", "main");
        var other = new TableEntity("p", "other");

        var group = new EntityGroup("w1").Insert(main).Insert(other);

        Assert.Equal("w1", main[EntityGroup.WriteIdColumn]);
        Assert.False(other.ContainsKey(EntityGroup.WriteIdColumn));
        Assert.Same(main, group.Main);
    }

    [Fact]
    public void Actions_keep_their_order_their_kind_and_the_version_they_ask_for()
    {
        var group = new EntityGroup("w1")
            .Insert(new TableEntity("p", "1"))
            .Replace(new TableEntity("p", "2"), Read)
            .Merge(new TableEntity("p", "3"))
            .Merge(new TableEntity("p", "4"), Read)
            .Delete("p", "5");

        Assert.Equal(
            [
                (TableTransactionActionType.Add, "1", default),
                (TableTransactionActionType.UpdateReplace, "2", Read),
                (TableTransactionActionType.UpdateMerge, "3", ETag.All),
                (TableTransactionActionType.UpdateMerge, "4", Read),
                (TableTransactionActionType.Delete, "5", ETag.All),
            ],
            group.Actions.Select(action => (action.ActionType, action.Entity.RowKey, action.ETag)));
    }

    [Fact]
    public void A_row_of_another_partition_is_not_taken()
    {
        var group = new EntityGroup("w1").Insert(new TableEntity("p", "1"));

        Assert.Throws<InvalidOperationException>(() => group.Insert(new TableEntity("q", "2")));
        Assert.Throws<InvalidOperationException>(() => group.Delete("P", "3"));
        Assert.Single(group.Actions);
    }

    [Fact]
    public void Nor_is_the_hundred_and_first()
    {
        var group = Enumerable.Range(0, EntityGroup.MostRows).Aggregate(new EntityGroup("w1"), (sum, n) => sum.Insert(new TableEntity("p", $"{n}")));

        var refused = Assert.Throws<InvalidOperationException>(() => group.Insert(new TableEntity("p", "100")));

        Assert.Equal("A transaction holds at most 100 rows.", refused.Message);
        Assert.False(StorageFaults.IsOfStorage(refused));
    }
}
