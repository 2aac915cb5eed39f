namespace PaySg.Functions.Platform.Ids;

/// <summary>
/// The ids of those who own events, endpoints and outbox rows: an account of the Singapay API, whose id is a <see cref="Ulid"/>, or a payment service of the PaySG API.
/// The id alone tells which.
/// </summary>
internal static class OwnerIds
{
    /// <summary>Whose rows the gateway's notices are until it is known whom they are about. No payment service has this id.</summary>
    public const string Gateway = "gateway";

    /// <summary>What kind of owner has this id.</summary>
    public static OwnerKind KindOf(string ownerId) => Ulid.IsValid(ownerId) ? OwnerKind.Account : OwnerKind.PaymentService;
}
