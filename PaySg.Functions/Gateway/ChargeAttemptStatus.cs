namespace PaySg.Functions.Gateway;

/// <summary>The state of an attempt to charge a payer.</summary>
public enum ChargeAttemptStatus
{
    /// <summary>Written down, the gateway's answer not known: in doubt until it is.</summary>
    Begun,

    /// <summary>The gateway decides later.</summary>
    Pending,

    /// <summary>Charged when the payment was paid or cancelled already, or the payment link had no use left: the money is on its way back.</summary>
    Refunding,

    /// <summary>The payer was charged. Final.</summary>
    Succeeded,

    /// <summary>Nothing was charged, or what was charged went back. Final, unless the gateway charges all the same: then the money goes back.</summary>
    Failed,
}
