namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A process that dies at a chosen request to storage: nothing that it sends gets there any more, until it is started again.</summary>
public sealed class Death
{
    private readonly StorageTraffic traffic;
    private volatile bool isDead;

    private Death(StorageTraffic traffic) => this.traffic = traffic;

    public bool Happened => isDead;

    /// <summary>Dies instead of sending the request.</summary>
    public static Death Before(StorageTraffic traffic, Func<StorageRequest, bool> request)
    {
        var death = new Death(traffic);
        traffic.BeforeSend = sent =>
        {
            death.isDead |= request(sent);
            death.ThrowIfDead();
        };
        return death;
    }

    /// <summary>Dies with the request sent and committed, and its answer not seen.</summary>
    public static Death After(StorageTraffic traffic, Func<StorageRequest, bool> request)
    {
        var death = new Death(traffic);
        traffic.BeforeSend = _ => death.ThrowIfDead();
        traffic.LosesAnswerOf = sent =>
        {
            death.isDead |= request(sent);
            return death.isDead;
        };
        return death;
    }

    /// <summary>Another process takes its place.</summary>
    public void Replace()
    {
        traffic.BeforeSend = static _ => { };
        traffic.LosesAnswerOf = static _ => false;
    }

    private void ThrowIfDead()
    {
        if (isDead)
            throw new InvalidOperationException("This process is dead.");
    }
}
