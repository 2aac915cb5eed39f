namespace PaySg.Functions.Gateway;

/// <summary>Takes a gateway's notice: asks the gateway what became of the attempt, and writes that into the book of its owner.</summary>
internal sealed class TakeGatewayNotice(GatewayBorder gateway, IEnumerable<IChargeBook> books, ILogger<TakeGatewayNotice> log)
{
    /// <summary>The book that charges of an owner stand in.</summary>
    /// <exception cref="ApiException">404 where no book is of such owners.</exception>
    public IChargeBook BookOf(string ownerId) => books.FirstOrDefault(book => book.IsOf(ownerId)) ?? throw ApiErrors.AttemptNotFound();

    /// <summary>Takes a notice. Taking it twice does nothing new.</summary>
    /// <returns>What was paid for, as its API prints it; null where the gateway gave no clear answer.</returns>
    /// <exception cref="ApiException">404 where there is no such attempt.</exception>
    public async Task<ReadOnlyMemory<byte>?> RunAsync(AttemptKey attempt)
    {
        var booked = await BookOf(attempt.OwnerId).GetAsync(attempt);
        var outcome = await gateway.FindAsync(booked.AtGateway);
        if (outcome.State == ChargeState.NotKnown)
        {
            // Nothing is lost: what is pending is checked.
            Log.NoticeNotLookedUp(log, attempt.OwnerId, attempt.AttemptId);
            return null;
        }

        return await WriteAsync(booked, outcome);
    }

    /// <summary>Takes a notice of an attempt that was found.</summary>
    /// <param name="outcome">What the gateway says of it now.</param>
    /// <returns>What was paid for, as its API prints it.</returns>
    public Task<ReadOnlyMemory<byte>> WriteAsync(IBookedAttempt booked, ChargeOutcome outcome)
    {
        var attempt = booked.AtGateway.Key;
        Log.NoticeTaken(log, attempt.OwnerId, attempt.AttemptId, outcome.State.ToString());
        return booked.WriteAsync(outcome);
    }
}
