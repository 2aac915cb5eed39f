using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

/// <summary>Whatever is asked of a payment, in whatever order: what is legal is done, all else is refused, and the money is right.</summary>
public sealed class PaymentStateMachineTests
{
    private const long Amount = 40;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly PaymentJson Json = PaySgParts.Build("UseDevelopmentStorage=true").Get<PaymentJson>();

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (4, Gen.Constant((Step)new BeginAttempt())),
        (5, Gen.Elements(ChargeState.Succeeded, ChargeState.Declined, ChargeState.Pending, ChargeState.Voided)
            .SelectMany(state => Gen.Choose(0, 3).Select(back => (Step)new SettleAttempt(back, state)))),
        (1, Gen.Constant((Step)new Cancel())),
        (8, Gen.OneOf(Gen.Choose(-1, 12), Gen.Choose(1, (int)Amount + 1)).Select(cents => (Step)new BeginRefund(cents))),
        (8, Gen.Elements(RefundStatus.Succeeded, RefundStatus.Failed, RefundStatus.Pending)
            .SelectMany(status => Gen.Choose(0, 2).Select(back => (Step)new EndRefund(back, status)))));

    [Fact]
    public void Every_sequence_of_operations_leaves_a_payment_that_adds_up() =>
        Properties.HoldForSequences(AnyStep, steps => Play(new Machine(Amount), steps), tests: 150);

    [Fact]
    public void Every_sequence_after_payment_leaves_refunds_that_add_up() =>
        Properties.HoldForSequences(AnyStep, steps => Play(Paid(Amount), steps), tests: 150);

    [Fact]
    public void No_payment_has_more_than_a_hundred_refunds_however_many_are_asked_for() =>
        Properties.Hold(
            Gen.Elements(RefundStatus.Succeeded, RefundStatus.Failed).ArrayOf(130),
            outcomes =>
            {
                var machine = Paid(1000);
                foreach (var outcome in outcomes)
                    Play(machine, [new BeginRefund(1), new EndRefund(0, outcome)]);

                Assert.Equal(Payment.MaxRefunds, machine.Payment.Refunds.Count);
            },
            tests: 3);

    [Fact]
    public void Every_payment_is_read_from_its_row_as_it_was_written()
    {
        var details =
            from texts in Properties.Texts.ArrayOf(7)
            from given in Gen.Choose(0, 1).ArrayOf(5)
            from entries in Properties.Texts.Zip(Properties.Texts).ListOf()
            from items in Properties.Texts.Zip(Gen.Choose(0, 20_000_000)).ListOf()
            from amount in Gen.Choose(1, 20_000_000)
            select new PaymentDetails
            {
                ReferenceId = texts[0],
                PayerName = texts[1],
                Description = texts[2],
                PayerAddress = given[0] == 1 ? texts[3] : null,
                PayerIdentifier = given[1] == 1 ? texts[4] : null,
                PayerEmail = given[2] == 1 ? texts[5] : null,
                DueDate = given[3] == 1 ? texts[6] : null,
                AmountInCents = amount,
                Metadata = [.. entries.Select(entry => new KeyValuePair<string, string>(entry.Item1, entry.Item2))],
                LineItems = given[4] == 1 ? [.. items.Select((item, index) => new LineItem(item.Item1, item.Item2, index % 2 == 0 ? null : index))] : null,
            };
        Properties.Hold(details, given =>
        {
            var payment = Payment.Create("-------code0000000000", "payment_service_1", "user_1", given, Start);

            var read = ReadBack(payment);

            Assert.Equal(given.Metadata, read.Details.Metadata);
            Assert.Equal(given.LineItems, read.Details.LineItems);
            Assert.Equal(payment, read with { Details = given, Refunds = payment.Refunds });
            Assert.Equal(given with { Metadata = [], LineItems = null }, read.Details with { Metadata = given.Metadata.Take(0).ToArray(), LineItems = null });
        });
    }

    private static Machine Paid(long amount)
    {
        var machine = new Machine(amount);
        Play(machine, [new BeginAttempt(), new SettleAttempt(0, ChargeState.Succeeded)]);
        return machine;
    }

    private static void Play(Machine machine, IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            var before = machine.Payment;
            var fault = Record.Exception(() => step.Run(machine));
            if (fault is not null and not InvalidOperationException)
                throw new InvalidOperationException($"{step} ended otherwise than by a refusal.", fault);
            CheckFinality(before, machine.Payment);
            // A copy for searches is written where the API shows something else, and then alone.
            Assert.Equal(!Json.Print(before).AsSpan().SequenceEqual(Json.Print(machine.Payment)), machine.Payment.ShowsMoreThan(before));
            Check(machine);
        }
    }

    /// <summary>What is true of a payment after every step.</summary>
    private static void Check(Machine machine)
    {
        var payment = machine.Payment;
        var succeeded = payment.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded).Sum(refund => refund.AmountInCents);
        var pending = payment.Refunds.Where(refund => refund.Status == RefundStatus.Pending).ToList();
        var charged = machine.Attempts.Where(attempt => attempt.Status == ChargeAttemptStatus.Succeeded).ToList();

        // Paid once, by the one attempt that was charged.
        Assert.Equal(payment.Status == PaymentStatus.Paid ? 1 : 0, charged.Count);
        Assert.Equal(payment.PaidByAttemptId, charged.SingleOrDefault()?.Id);
        Assert.True(payment.LiveAttemptId is null || payment.Status == PaymentStatus.Unpaid);
        if (payment.LiveAttempt is { } live)
            Assert.Equal(machine.Attempts.Single(attempt => attempt.Id == live.Id).Status == ChargeAttemptStatus.Pending, live.IsPending);

        // Attempts without success count, and so does the one that is under way.
        if (payment.Status == PaymentStatus.Unpaid)
            Assert.Equal(machine.Judged + (payment.LiveAttempt is null ? 0 : 1), payment.FailedTries?.Count ?? 0);
        Assert.Equal(payment.Status == PaymentStatus.Paid, payment.SucceededAt is not null);
        Assert.Equal(payment.Status == PaymentStatus.Cancelled, payment.CancelledAt is not null);

        // Never more goes back than was paid, what is on its way counted in.
        var paid = payment.Status == PaymentStatus.Paid ? payment.Details.AmountInCents : 0;
        Assert.InRange(succeeded + pending.Sum(refund => refund.AmountInCents), 0, paid);
        Assert.Equal(paid - succeeded - pending.Sum(refund => refund.AmountInCents), payment.RefundableInCents);
        Assert.True(pending.Count <= 1);
        Assert.Equal(pending.SingleOrDefault(), payment.PendingRefund);
        Assert.All(payment.Refunds, refund => Assert.True(refund.AmountInCents > 0));
        Assert.Equal(payment.Refunds.Count, payment.Refunds.Select(refund => refund.Id).Distinct().Count());
        Assert.True(payment.Refunds.Count <= Payment.MaxRefunds);

        // Each change that the API shows is one event, and no other step is.
        var changes = 1 + (payment.Status == PaymentStatus.Unpaid ? 0 : 1) + payment.Refunds.Count(refund => refund.Status != RefundStatus.Pending) + machine.CameBack;
        Assert.Equal(changes, payment.Sequence);

        // What is shown says the same.
        var shown = JsonSerializer.Deserialize<JsonElement>(Json.Print(payment));
        var progress = succeeded == 0 ? "not_refunded" : succeeded < payment.Details.AmountInCents ? "partially_refunded" : "fully_refunded";
        Assert.Equal(progress, shown.GetProperty("refund_status").GetString());
        Assert.Equal(succeeded == 0 ? payment.Status.Name() : progress, shown.GetProperty("latest_status").GetString());
        Assert.Equal(progress == "fully_refunded", shown.GetProperty("payment_fully_refunded_timestamp").ValueKind == JsonValueKind.String);

        var read = ReadBack(payment);
        Assert.Equal(payment.Refunds, read.Refunds);
        Assert.Equal(payment.Supplier?.Support, read.Supplier?.Support);
        var supplier = read.Supplier is null ? null : read.Supplier with { Support = payment.Supplier!.Support };
        Assert.Equal(payment, read with { Details = payment.Details, Refunds = payment.Refunds, Supplier = supplier });
    }

    private static void CheckFinality(Payment before, Payment after)
    {
        if (before.Status != PaymentStatus.Unpaid)
        {
            Assert.Equal(
                (before.Status, before.PaidByAttemptId, before.SucceededAt, before.CancelledAt),
                (after.Status, after.PaidByAttemptId, after.SucceededAt, after.CancelledAt));
        }

        for (var i = 0; i < before.Refunds.Count; i++)
        {
            var cameBack = before.Refunds[i].Status == RefundStatus.Succeeded && after.Refunds[i].Status == RefundStatus.Failed;
            if (before.Refunds[i].Status == RefundStatus.Pending || cameBack)
                Assert.Equal((before.Refunds[i].Id, before.Refunds[i].AmountInCents), (after.Refunds[i].Id, after.Refunds[i].AmountInCents));
            else
                Assert.Equal(before.Refunds[i], after.Refunds[i]);
        }

        Assert.True(after.Sequence - before.Sequence is 0 or 1);
        Assert.True(after.UpdatedAt >= before.UpdatedAt);
    }

    private static Payment ReadBack(Payment payment) => PaymentRows.Read(PaymentRows.Write(payment));

    /// <summary>A payment with its attempts, and a clock that moves on with each step.</summary>
    private sealed class Machine(long amount)
    {
        private int steps;

        public Payment Payment { get; set; } = Payment.Create(
            "-------code0000000000",
            "payment_service_1",
            "user_1",
            new PaymentDetails { ReferenceId = "INV-1", PayerName = "Tan Ah Kow", Description = "Fee", AmountInCents = amount },
            Start);

        public List<ChargeAttempt> Attempts { get; } = [];

        /// <summary>How many attempts the gateway refused.</summary>
        public int Judged { get; set; }

        /// <summary>How many refunds failed after they had succeeded.</summary>
        public int CameBack { get; set; }

        public DateTimeOffset Tick() => Start.AddMilliseconds(++steps);
    }

    private abstract record Step
    {
        public abstract void Run(Machine machine);

        protected static void Refused(Action action) => Assert.Throws<InvalidOperationException>(action);
    }

    /// <summary>The payer begins: legal on an unpaid payment, after the attempt before was ended.</summary>
    private sealed record BeginAttempt : Step
    {
        public override void Run(Machine machine)
        {
            var now = machine.Tick();
            var attempt = new ChargeAttempt { Id = $"att_{machine.Attempts.Count}", PaymentId = machine.Payment.Id, Method = "simulated", CreatedAt = now, UpdatedAt = now };
            if (machine.Payment.Status != PaymentStatus.Unpaid)
            {
                Refused(() => machine.Payment.BeginAttempt(attempt.Id, attempt.Method, now));
                return;
            }

            if (machine.Payment.LiveAttemptId is not null)
                return;
            machine.Payment = machine.Payment.BeginAttempt(attempt.Id, attempt.Method, now);
            machine.Attempts.Add(attempt);
        }
    }

    /// <summary>The gateway decides one of the attempts, perhaps an old one and perhaps again.</summary>
    private sealed record SettleAttempt(int Back, ChargeState State) : Step
    {
        public override void Run(Machine machine)
        {
            var now = machine.Tick();
            if (Back >= machine.Attempts.Count)
            {
                if (State == ChargeState.Succeeded && machine.Payment.Status != PaymentStatus.Unpaid)
                    Refused(() => machine.Payment.Pay("att_unknown", now));
                return;
            }

            var index = machine.Attempts.Count - 1 - Back;
            var attempt = machine.Attempts[index];
            var to = State switch
            {
                ChargeState.Succeeded => ChargeAttemptStatus.Succeeded,
                ChargeState.Pending => ChargeAttemptStatus.Pending,
                _ => ChargeAttemptStatus.Failed,
            };
            if (attempt.Status == ChargeAttemptStatus.Refunding && to == ChargeAttemptStatus.Failed)
            {
                // What was charged too late has gone back.
                machine.Attempts[index] = attempt.Become(to, now, ChargeAttempt.RefundedLate);
                return;
            }

            if (attempt.Status is not (ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending) || attempt.Status == to)
            {
                Refused(() => attempt.Become(to, now));
                return;
            }

            var settled = attempt.Become(to, now);
            if (to == ChargeAttemptStatus.Succeeded && machine.Payment.Status != PaymentStatus.Unpaid)
            {
                // Cancelled in the meantime: the payment takes no money any more, and the attempt gives it back.
                Refused(() => machine.Payment.Pay(attempt.Id, now));
                settled = attempt.Become(ChargeAttemptStatus.Refunding, now);
            }
            else if (to == ChargeAttemptStatus.Succeeded)
            {
                machine.Payment = machine.Payment.Pay(attempt.Id, now);
            }
            else if (to == ChargeAttemptStatus.Failed)
            {
                if (State == ChargeState.Declined && machine.Payment.LiveAttemptId == attempt.Id)
                    machine.Judged++;
                machine.Payment = machine.Payment.EndAttempt(attempt.Id, counts: State == ChargeState.Declined);
            }

            else
            {
                machine.Payment = machine.Payment.PendAttempt(attempt.Id);
            }

            machine.Attempts[index] = settled;
        }
    }

    /// <summary>The agency withdraws the payment: legal on an unpaid one.</summary>
    private sealed record Cancel : Step
    {
        public override void Run(Machine machine)
        {
            var now = machine.Tick();
            if (machine.Payment.Status == PaymentStatus.Unpaid)
                machine.Payment = machine.Payment.Cancel(now);
            else
                Refused(() => machine.Payment.Cancel(now));
        }
    }

    /// <summary>A refund of any amount: legal where paid, nothing is pending, and so much is left.</summary>
    private sealed record BeginRefund(long Cents) : Step
    {
        public override void Run(Machine machine)
        {
            var now = machine.Tick();
            var payment = machine.Payment;
            var refund = new Refund { Id = $"re_{now:fffffff}{payment.Refunds.Count}", AmountInCents = Cents, CreatedAt = now, UpdatedAt = now };
            var left = payment.Details.AmountInCents - payment.Refunds.Where(other => other.Status != RefundStatus.Failed).Sum(other => other.AmountInCents);
            var isLegal = payment.Status == PaymentStatus.Paid
                && payment.Refunds.All(other => other.Status != RefundStatus.Pending)
                && payment.Refunds.Count < 100
                && Cents >= 1 && Cents <= left;
            if (isLegal)
                machine.Payment = payment.BeginRefund(refund);
            else
                Refused(() => payment.BeginRefund(refund));
        }
    }

    /// <summary>The gateway decides one of the refunds, perhaps an old one: legal where it is pending, or where the money of one that succeeded comes back.</summary>
    private sealed record EndRefund(int Back, RefundStatus To) : Step
    {
        public override void Run(Machine machine)
        {
            var now = machine.Tick();
            var payment = machine.Payment;
            if (Back >= payment.Refunds.Count)
            {
                Refused(() => payment.EndRefund("re_unknown", To, now));
                return;
            }

            var refund = payment.Refunds[payment.Refunds.Count - 1 - Back];
            var comesBack = refund.Status == RefundStatus.Succeeded && To == RefundStatus.Failed;
            if (comesBack || (refund.Status == RefundStatus.Pending && To != RefundStatus.Pending))
                machine.Payment = payment.EndRefund(refund.Id, To, now, To == RefundStatus.Failed ? "refused" : null);
            else
                Refused(() => payment.EndRefund(refund.Id, To, now));
            machine.CameBack += comesBack ? 1 : 0;
        }
    }
}
