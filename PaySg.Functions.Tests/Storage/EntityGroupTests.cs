using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Tests.Storage;

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
}
