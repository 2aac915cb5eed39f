namespace PaySg.Functions.Access;

/// <summary>What an API key may do, after PaySG's dashboard permissions.</summary>
[Flags]
internal enum Permission
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read payments.</summary>
    View = 1,

    /// <summary>Create and cancel payments, send e-mails.</summary>
    Billing = 2,

    /// <summary>Refund payments.</summary>
    Refund = 4,

    /// <summary>Manage webhooks.</summary>
    Administrator = 8,

    /// <summary>Everything.</summary>
    All = View | Billing | Refund | Administrator,
}
