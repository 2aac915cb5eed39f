namespace PaySg.Functions.Platform.Idempotency;

/// <summary>What a <see cref="KeyedChange"/> is to write and to answer.</summary>
/// <param name="Answer">What the caller is answered once the rows are written.</param>
internal sealed record Decision(ApiAnswer Answer)
{
    /// <summary>What a repetition of the call is answered, where that differs: a secret is shown once.</summary>
    public ApiAnswer Recorded { get; init; } = Answer;

    /// <summary>Done after the write, before the outbox is seen to.</summary>
    public Func<Task>? Afterwards { get; init; }

    /// <summary>Asked where the write was lost to another caller's: it throws where deciding again is of no use.</summary>
    public Func<Task>? WhenLost { get; init; }

    /// <summary>The same, with something done after the write.</summary>
    public Decision Then(Action effect) => this with
    {
        Afterwards = () =>
        {
            effect();
            return Task.CompletedTask;
        },
    };
}
