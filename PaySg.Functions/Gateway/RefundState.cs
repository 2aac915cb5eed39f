namespace PaySg.Functions.Gateway;

/// <summary>What is known of a refund once the gateway was asked.</summary>
internal enum RefundState
{
    /// <summary>The gateway has never heard of the refund.</summary>
    Unknown,

    /// <summary>There was no clear answer: the money may be on its way or not. Only the border says this; a gateway throws.</summary>
    NotKnown,

    /// <summary>The gateway has taken it, and it is not decided whether the money arrives.</summary>
    Pending,

    /// <summary>The money goes back.</summary>
    Succeeded,

    /// <summary>Refused permanently, or given up after it was taken; the money stays or came back.</summary>
    Refused,
}
