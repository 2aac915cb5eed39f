namespace Azure.Data.Tables;

/// <summary>What happens to the properties of a stored entity that an update does not name.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay as they are.</summary>
    Merge = 0,

    /// <summary>They are removed.</summary>
    Replace = 1,
}
