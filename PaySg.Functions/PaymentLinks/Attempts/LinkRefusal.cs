namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>Why a payer's wish to pay on a link came to nothing, other than that the gateway declined.</summary>
internal enum LinkRefusal
{
    /// <summary>The account that the link belongs to is not in use.</summary>
    AccountInactive,

    /// <summary>Its owner has closed the link.</summary>
    Closed,

    /// <summary>The link's date has come, or its owner has set it to expired.</summary>
    Expired,

    /// <summary>The link was paid as often as it can be.</summary>
    UsedUp,

    /// <summary>The link is not paid by this method.</summary>
    MethodNotAllowed,

    /// <summary>The link asks who pays, and the payer did not say all of it.</summary>
    DetailsMissing,

    /// <summary>The gateway of this installation charges by no method of payment links.</summary>
    NoMethods,

    /// <summary>The gateway gave no clear answer, or what it answered could not be written down: it is being found out.</summary>
    InDoubt,
}
