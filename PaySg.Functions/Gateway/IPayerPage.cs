namespace PaySg.Functions.Gateway;

/// <summary>Where a gateway's own page leads a payer back to: absolute URLs.</summary>
internal interface IPayerPage
{
    /// <summary>After paying.</summary>
    string AfterPaying(string chargeId);

    /// <summary>After leaving it without paying.</summary>
    string AfterLeaving(string chargeId);
}
