namespace PaySg.Functions.Payments.Batches;

/// <summary>Whether the links of a batch's payments were sent.</summary>
internal enum BatchMailing
{
    /// <summary>Nobody has asked for it.</summary>
    NotAsked,

    /// <summary>Emails are being asked for.</summary>
    Running,

    /// <summary>For each payment that can have one an email was asked for.</summary>
    Done,
}
