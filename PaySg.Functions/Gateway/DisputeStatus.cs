namespace PaySg.Functions.Gateway;

internal enum DisputeStatus
{
    /// <summary>Not decided. Nothing can be refunded meanwhile.</summary>
    Open,

    /// <summary>The money stays with the agency.</summary>
    Won,

    /// <summary>The money went back to the payer.</summary>
    Lost,
}
