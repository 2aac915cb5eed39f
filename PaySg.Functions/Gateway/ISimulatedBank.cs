namespace PaySg.Functions.Gateway;

/// <summary>Decides pending attempts as a payer's bank would. There is one with a sandbox alone.</summary>
internal interface ISimulatedBank
{
    /// <summary>Decides the attempt, and has the product take the notice of it.</summary>
    /// <exception cref="ApiException">402 where the attempt was decided otherwise before; 404 where no such attempt is to be decided; 503.</exception>
    Task SettleAsync(AttemptKey attempt, bool succeeds);
}
