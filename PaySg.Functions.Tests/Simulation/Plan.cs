namespace PaySg.Functions.Tests.Simulation;

/// <summary>What a client of the simulation does.</summary>
internal enum OperationKind
{
    CreatePayment,
    Pay,
    Cancel,
    Refund,
    Settle,
    CreateLink,

    /// <summary>A link that is deleted as soon as its client knows of it, or some seconds later; every second time one of the same name follows.</summary>
    BriefLink,
    PayLink,
    UpdateLink,
    DeleteLink,
    CreateEndpoint,

    /// <summary>An endpoint that is deleted likewise.</summary>
    BriefEndpoint,
    DeleteEndpoint,
    ChangeEndpoint,
    Resend,
    Replay,

    /// <summary>Asks for what was not delivered since the begin.</summary>
    Recover,

    /// <summary>Asks for a mail with the payment's link.</summary>
    SendEmail,

    /// <summary>A payer sends the form of a card or of PayNow, once, twice or from two tabs.</summary>
    PayOnPage,

    /// <summary>A payer sends a form of a link's page, once, twice or from two tabs.</summary>
    PayOnLinkPage,

    /// <summary>A payer looks what came of a payment.</summary>
    Look,

    /// <summary>The payer's bank decides a pending attempt, now or much later; the notice of it comes, is lost or comes twice.</summary>
    Bank,

    /// <summary>The daily housekeeping.</summary>
    Housekeep,
}

/// <summary>One operation, drawn before anything is known of what there is: numbers are taken modulo that.</summary>
/// <param name="At">When, from the begin.</param>
/// <param name="Kind">What.</param>
/// <param name="Which">Which payment, link, endpoint or attempt.</param>
/// <param name="Number">An amount, a cap, an outcome.</param>
/// <param name="IsKeyed">Whether it carries an idempotency key.</param>
internal sealed record Operation(TimeSpan At, OperationKind Kind, int Which, int Number, bool IsKeyed)
{
    public const int Amount = 30;

    private static readonly (OperationKind Kind, int Weight)[] Weights =
    [
        (OperationKind.CreatePayment, 4),
        (OperationKind.Pay, 7),
        (OperationKind.Cancel, 2),
        (OperationKind.Refund, 6),
        (OperationKind.Settle, 3),
        (OperationKind.CreateLink, 2),
        (OperationKind.BriefLink, 2),
        (OperationKind.PayLink, 6),
        (OperationKind.UpdateLink, 1),
        (OperationKind.DeleteLink, 1),
        (OperationKind.CreateEndpoint, 3),
        (OperationKind.BriefEndpoint, 1),
        (OperationKind.DeleteEndpoint, 1),
        (OperationKind.ChangeEndpoint, 1),
        (OperationKind.Resend, 1),
        (OperationKind.Replay, 4),
        (OperationKind.Recover, 2),
        (OperationKind.SendEmail, 3),
        (OperationKind.PayOnPage, 5),
        (OperationKind.PayOnLinkPage, 4),
        (OperationKind.Look, 2),
        (OperationKind.Bank, 4),
        (OperationKind.Housekeep, 1),
    ];

    // All about one payment, many at the same moment.
    private static readonly (OperationKind Kind, int Weight)[] WeightsOfMoney =
    [
        (OperationKind.Pay, 5),
        (OperationKind.PayOnPage, 4),
        (OperationKind.Cancel, 2),
        (OperationKind.Refund, 5),
        (OperationKind.Settle, 3),
        (OperationKind.Bank, 4),
        (OperationKind.SendEmail, 5),
        (OperationKind.Look, 2),
        (OperationKind.Replay, 3),
    ];

    // What comes and goes.
    private static readonly (OperationKind Kind, int Weight)[] WeightsOfComing =
    [
        (OperationKind.BriefLink, 5),
        (OperationKind.BriefEndpoint, 4),
        (OperationKind.CreatePayment, 2),
        (OperationKind.CreateLink, 1),
        (OperationKind.DeleteLink, 1),
        (OperationKind.PayLink, 1),
        (OperationKind.Recover, 2),
        (OperationKind.ChangeEndpoint, 2),
        (OperationKind.Replay, 3),
    ];

    public static IReadOnlyList<Operation> Draw(int seed)
    {
        var chance = new Random(unchecked((seed * 104729) + 5));
        var weights = chance.Next(10) switch { < 3 => WeightsOfMoney, < 5 => WeightsOfComing, _ => Weights };
        var total = weights.Sum(weight => weight.Weight);
        var at = 0.0;
        var plan = new List<Operation>
        {
            // Something to work on. The rest may come at once.
            new(TimeSpan.Zero, OperationKind.CreatePayment, 0, 0, true),
            new(TimeSpan.Zero, OperationKind.CreateEndpoint, 0, chance.Next(1, 3), true),
        };
        if (chance.Next(2) == 0)
            plan.Add(new Operation(TimeSpan.Zero, OperationKind.CreateLink, 0, chance.Next(1, 3), true));
        var count = chance.Next(6, 22);
        at = 500;
        for (var i = 0; i < count; i++)
        {
            at += chance.Next(10) switch { < 5 => chance.Next(0, 8), < 8 => chance.Next(20, 600), _ => chance.Next(1000, 20_000) };
            var draw = chance.Next(total);
            var kind = weights.First(weight => (draw -= weight.Weight) < 0).Kind;
            plan.Add(new Operation(TimeSpan.FromMilliseconds(at), kind, weights == WeightsOfMoney ? 0 : chance.Next(4), chance.Next(1000), chance.Next(2) == 0));
        }

        return plan;
    }

    public override string ToString() => FormattableString.Invariant($"{At.TotalSeconds,8:F3} s  {Kind} #{Which} {Number}{(IsKeyed ? " with a key" : "")}");
}
