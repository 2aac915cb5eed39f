namespace PaySg.Functions.Access;

/// <summary>
/// Slows down who tries out public addresses: pages and calls that nobody needs a key for, only an id or a <c>reff_no</c>. What does not exist counts; what does
/// exist stays available. Kept in the memory of the instance, so n instances let through n times as much.
/// </summary>
/// <remarks>
/// Where the platform tells the address of the client, one that asked for too much that does not exist gets what exists only at a walking pace, and an
/// attempt's own page as ever. Where it does not, nobody can be told from anybody else: unknown addresses are refused, and payers are served.
/// </remarks>
internal sealed class GuessLimits(AccessSettings settings, PageMetrics metrics, TimeProvider clock)
{
    /// <summary>How many unknown addresses a client may ask for in a minute before it counts as guessing.</summary>
    public const int UnknownPerClient = 30;

    /// <summary>How many pages that exist a guessing client is shown in a minute: some thirty payers who share its address get through.</summary>
    public const int KnownPerGuesser = 120;

    /// <summary>How many unknown addresses all clients of an instance may ask for in a minute.</summary>
    public const int UnknownPerInstance = 600;

    private const string Everybody = "";

    private readonly TokenBuckets unknownOfClients = new(UnknownPerClient, UnknownPerClient, clock);
    private readonly TokenBuckets knownOfGuessers = new(KnownPerGuesser, KnownPerGuesser, clock);
    private readonly TokenBuckets unknownOfAll = new(UnknownPerInstance, UnknownPerInstance, clock);

    /// <summary>Answers a public call. One that ends with 404 was a guess.</summary>
    /// <exception cref="ApiException">429: the client, or everybody together, asked for too much that does not exist. Else what the call throws.</exception>
    public async Task<ApiAnswer> WatchAsync(ApiCall call, Func<Task<ApiAnswer>> answer)
    {
        var client = ClientAddress.Of(call.Request, settings.ClientAddressHeader);
        var isGuesser = client is not null && unknownOfClients.WaitFor(client) is not null;

        // An attempt's number is not guessed: its payer, who waits for the bank, goes on.
        var isOfAttempt = HttpMethods.IsGet(call.Request.Method) && call.Request.Query.ContainsKey("attempt");
        if (isGuesser && !isOfAttempt && knownOfGuessers.WaitFor(client!) is { } wait)
            throw Refused(wait);

        var isKnown = true;
        try
        {
            return await answer();
        }
        catch (NotFoundException)
        {
            isKnown = false;
            if ((client is null ? null : unknownOfClients.Take(client)) is { } waitOfClient)
                throw Refused(waitOfClient);

            if (unknownOfAll.Take(Everybody) is { } waitOfAll)
                throw Refused(waitOfAll);

            metrics.Guessed(isRefused: false);
            throw;
        }
        finally
        {
            // Whatever else is wrong with a call tells that what it names exists.
            if (isGuesser && isKnown && !isOfAttempt)
                knownOfGuessers.Take(client!);
        }
    }

    private ApiException Refused(TimeSpan wait)
    {
        metrics.Guessed(isRefused: true);
        return ApiErrors.TooManyUnknownAddresses((int)Math.Ceiling(wait.TotalSeconds));
    }
}
