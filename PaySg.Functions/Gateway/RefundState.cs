namespace PaySg.Functions.Gateway;

/// <summary>What is known of a refund once the gateway was asked.</summary>
internal enum RefundState
{
    /// <summary>There was no clear answer: the money may be on its way or not. Only the border says this; a gateway throws.</summary>
    NotKnown,

    /// <summary>The money goes back.</summary>
    Succeeded,

    /// <summary>Refused permanently; nothing is refunded.</summary>
    Refused,
}
