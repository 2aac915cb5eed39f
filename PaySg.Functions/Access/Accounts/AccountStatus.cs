namespace PaySg.Functions.Access.Accounts;

/// <summary>Whether an account is in use.</summary>
public enum AccountStatus
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Not in use: its links can be read, but none is made and none is paid.</summary>
    Inactive,
}
