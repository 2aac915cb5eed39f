namespace PaySg.Functions.Platform.Ids;

/// <summary>What an owner is.</summary>
internal enum OwnerKind
{
    /// <summary>Of the PaySG API.</summary>
    PaymentService,

    /// <summary>Of the Singapay API.</summary>
    Account,
}
