namespace PaySg.Functions.Platform.Ids;

/// <summary>What an owner is.</summary>
public enum OwnerKind
{
    /// <summary>Of the PaySG API.</summary>
    PaymentService,

    /// <summary>Of the Singapay API.</summary>
    Account,
}
