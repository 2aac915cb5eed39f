namespace PaySg.Functions.Platform.Http;

/// <summary>
/// How long a caller waits for an answer, whatever storage and gateway do. When the time is over before the call has written anything, nothing is written any
/// more and the caller is told so. Later the caller is told that it is not known yet, and what was begun is finished behind the answer, or by the repair.
/// It belongs to the call that runs, as a trace does, so no operation need hand it on.
/// </summary>
internal sealed class CallerPatience : IDisposable
{
    /// <summary>The limit: below the 230 s after which Azure breaks a connection off, and below the 30 s of most clients.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    private const int Reading = 0;
    private const int Writing = 1;
    private const int Over = 2;

    private static readonly AsyncLocal<CallerPatience?> Ambient = new();

    private readonly CancellationTokenSource left;
    private int stage;
    private ApiError? inDoubt;
    private ApiAnswer? leadsOnTo;

    private CallerPatience(CancellationToken clientLeft) => left = CancellationTokenSource.CreateLinkedTokenSource(clientLeft);

    /// <summary>Fires when the client leaves, and when the time is over before anything was written.</summary>
    public CancellationToken Left => left.Token;

    /// <summary>Whether the time was over before anything was written.</summary>
    public bool IsOver => Volatile.Read(ref stage) == Over;

    /// <summary>Begins with a call. It goes with everything that the caller of this method awaits from here on.</summary>
    public static CallerPatience Begin(CancellationToken clientLeft) => Ambient.Value = new CallerPatience(clientLeft);

    /// <summary>Tells that a request which changes something is about to be sent to storage.</summary>
    /// <exception cref="OperationCanceledException">The caller was told that nothing was written, so nothing is.</exception>
    public static void BeforeWrite()
    {
        if (Ambient.Value is { } patience && Interlocked.CompareExchange(ref patience.stage, Writing, Reading) == Over)
            throw new OperationCanceledException("The caller was told that nothing was written.");
    }

    /// <summary>Sets what a caller is told who has waited too long after the call has written.</summary>
    public static void TellInDoubt(ApiException inDoubt)
    {
        if (Ambient.Value is { } patience)
            patience.inDoubt = inDoubt.Error;
    }

    /// <summary>Says where a browser is led on to in place of an error when its time is over once the call has written.</summary>
    public static void LeadOnTo(ApiAnswer answer)
    {
        if (Ambient.Value is { } patience)
            patience.leadsOnTo = answer;
    }

    /// <summary>Ends the waiting: what the caller is told.</summary>
    public ApiAnswer GiveUp(Func<ApiError, ApiAnswer> print)
    {
        if (Interlocked.CompareExchange(ref stage, Over, Reading) == Writing)
            return leadsOnTo ?? print(inDoubt ?? ApiErrors.NotKnownYet());

        left.Cancel();
        return print(ApiErrors.TookTooLong());
    }

    public void Dispose() => left.Dispose();
}
