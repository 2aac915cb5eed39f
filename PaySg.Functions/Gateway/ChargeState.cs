namespace PaySg.Functions.Gateway;

/// <summary>What a gateway says of one attempt to charge a payer.</summary>
public enum ChargeState
{
    /// <summary>The gateway has never heard of the attempt.</summary>
    Unknown,

    /// <summary>There was no clear answer: what was asked for may have happened or not. Only the border says this; a gateway throws.</summary>
    NotKnown,

    /// <summary>It will be decided later.</summary>
    Pending,

    /// <summary>The payer was charged by this attempt.</summary>
    Succeeded,

    /// <summary>Refused; nothing was charged.</summary>
    Declined,

    /// <summary>Withdrawn before it charged; it never will.</summary>
    Voided,

    /// <summary>Refused because another attempt has charged the same payment.</summary>
    ChargedByAnother,
}
