namespace PaySg.Functions.Tests.Simulation;

/// <summary>Which faults a run meets, and how often. Drawn from the seed alone, so it stays the same when operations are dropped.</summary>
internal sealed class Weather
{
    public static readonly TimeSpan Standing = TimeSpan.FromHours(1);

    private Weather()
    {
    }

    /// <summary>Whether there are faults still.</summary>
    public bool IsRough { get; set; } = true;

    public bool IsFair { get; private init; }

    /// <summary>A request is done, and its answer never comes.</summary>
    public double LostAnswer { get; private init; }

    /// <summary>Storage answers 500 or 503 and does nothing.</summary>
    public double Refusal { get; private init; }

    /// <summary>A write times out for its sender and is done afterwards, beside its repetition.</summary>
    public double LateWrite { get; private init; }

    /// <summary>The gateway is silent, before or after it did its work, works twice, or works later than what was asked after.</summary>
    public double Gateway { get; private init; }

    /// <summary>A receiver does anything but take the event.</summary>
    public double Receiver { get; private init; }

    /// <summary>The mail relay does anything but take the mail and say so.</summary>
    public double Relay { get; private init; }

    /// <summary>Whether one process has the settings from before a change of keys.</summary>
    public bool IsRotating { get; private init; }

    /// <summary>A message is worked on twice.</summary>
    public double Twice { get; private init; }

    /// <summary>A message comes minutes late.</summary>
    public double Late { get; private init; }

    /// <summary>At which request to storage, counted from the begin, a process dies.</summary>
    public IReadOnlySet<int> Deaths { get; private init; } = new HashSet<int>();

    /// <summary>How far each process' clock is off.</summary>
    public IReadOnlyList<TimeSpan> Skews { get; private init; } = [];

    /// <summary>When storage goes for an hour; null: it stays.</summary>
    public TimeSpan? OutageAt { get; private init; }

    /// <summary>When no message is worked on for an hour; null: never.</summary>
    public TimeSpan? StandstillAt { get; private init; }

    /// <summary>Whether one receiver never takes anything.</summary>
    public bool HasDeafReceiver { get; private init; }

    public static Weather Of(int seed)
    {
        var chance = new Random(unchecked((seed * 7919) + 13));
        if (chance.Next(12) == 0)
            return new Weather { IsFair = true, Skews = [default, default, default] };
        double Rate(params double[] rates) => rates[chance.Next(rates.Length)];
        var deaths = Enumerable.Range(0, chance.Next(4)).Select(_ => chance.Next(1, 260)).ToHashSet();
        return new Weather
        {
            LostAnswer = Rate(0, 0.005, 0.02, 0.08),
            Refusal = Rate(0, 0.005, 0.02, 0.15),
            LateWrite = Rate(0, 0, 0.01, 0.05, 0.2),
            Gateway = Rate(0, 0.2, 0.4, 0.7),
            Relay = Rate(0, 0.2, 0.5),
            Receiver = Rate(0, 0.3, 0.6, 0.8),
            Twice = Rate(0, 0.05, 0.3),
            Late = Rate(0, 0.05, 0.2),
            Deaths = deaths,
            Skews = [.. Enumerable.Range(0, 3).Select(_ => chance.Next(3) == 0 ? TimeSpan.FromSeconds(chance.Next(-180, 181)) : default)],
            OutageAt = chance.Next(40) == 0 ? TimeSpan.FromSeconds(chance.Next(5, 60)) : null,
            StandstillAt = chance.Next(40) == 0 ? TimeSpan.FromSeconds(chance.Next(5, 60)) : null,
            HasDeafReceiver = chance.Next(10) == 0,
            IsRotating = chance.Next(8) == 0,
        };
    }

    public override string ToString() => IsFair
        ? "fair"
        : FormattableString.Invariant(
            $"lost answers {LostAnswer}, refusals {Refusal}, late writes {LateWrite}, gateway {Gateway}, receivers {Receiver}, relay {Relay}")
        + FormattableString.Invariant($", messages twice {Twice} or late {Late}")
        + $", deaths at requests [{string.Join(' ', Deaths.Order())}], clocks off by [{string.Join(' ', Skews.Select(skew => skew.TotalSeconds))}] s"
        + (OutageAt is { } outage ? FormattableString.Invariant($", storage gone for an hour from {outage.TotalSeconds} s") : "")
        + (StandstillAt is { } still ? FormattableString.Invariant($", no message worked on for an hour from {still.TotalSeconds} s") : "")
        + (HasDeafReceiver ? ", a deaf receiver" : "")
        + (IsRotating ? ", keys are changed" : "");
}
