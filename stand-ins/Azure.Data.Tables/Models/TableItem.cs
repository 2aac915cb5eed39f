#nullable disable // Null-oblivious, as the official package is.

namespace Azure.Data.Tables.Models;

/// <summary>A table of the account.</summary>
public class TableItem
{
    /// <summary>Creates an item.</summary>
    /// <param name="name">The name of the table.</param>
    public TableItem(string name) => Name = name;

    /// <summary>The name of the table.</summary>
    public string Name { get; }
}
