using System.Text.Json.Serialization;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>One payer's attempt to pay on a payment link; Singapay calls it a history. Each is a charge of its own. Immutable: its changes are the methods here.</summary>
internal sealed record LinkAttempt
{
    /// <summary>The failure reason of an attempt that was withdrawn when the payer's time was over.</summary>
    public const string Expired = "expired";

    /// <summary>How long a payer who has begun has time to pay, where the link has no earlier end.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>See <see cref="PaymentLinkId"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose link it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>See <see cref="LinkAttemptNo"/>: at the gateway the id of the charge and of its attempt.</summary>
    public required string ReffNo { get; init; }

    public required long PaymentLinkId { get; init; }

    /// <summary>The link's reference.</summary>
    public required string PaymentLinkReffNo { get; init; }

    /// <summary>The code of the method that the payer chose, such as <c>VA_BRI</c>.</summary>
    public required string MethodCode { get; init; }

    /// <summary>The method's name, such as <c>VA BRI</c>.</summary>
    public required string MethodName { get; init; }

    /// <summary>What the payer needs to pay by it: the text of a QR code, an account number, a code for the counter.</summary>
    public required string MethodValue { get; init; }

    /// <summary>What the payer pays, in whole rupiah.</summary>
    public required long Amount { get; init; }

    /// <summary>Whose link it is, by the name that the payer was told; null: it was begun by a release that did not write it down.</summary>
    public string? PayeeName { get; init; }

    /// <summary>The email address of whoever's link it is, as the payer was told; null: it was begun by a release that did not write down how to reach them.</summary>
    public string? PayeeEmail { get; init; }

    /// <summary>Their phone number, as the payer was told; null: the same.</summary>
    public string? PayeePhone { get; init; }

    /// <summary>Where the logo that the payer saw is found (<see cref="Account.LogoPath"/>); null: there was none, or the same.</summary>
    public string? PayeeLogoPath { get; init; }

    /// <summary>The card that is charged; null: none, or not known.</summary>
    public ChargedCard? Card { get; init; }

    /// <summary>Who pays; empty texts where the payer was not asked.</summary>
    public required LinkCustomer Customer { get; init; }

    /// <summary>The JSON object that the link's owner keeps with the link, as it was when the payer began; null: none.</summary>
    public string? OptionalMetadata { get; init; }

    public ChargeAttemptStatus Status { get; init; }

    /// <summary>Why nothing was charged, in snake_case; null otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>When it was paid, or null.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Until when the payer has time. What is charged later counts all the same, unless the attempt was withdrawn by then.</summary>
    public required DateTimeOffset ExpiredAt { get; init; }

    /// <summary>The keyed call that asked for it, whose answer is stored with the outcome; null: none.</summary>
    public AttemptCall? Call { get; init; }

    /// <summary>The place that it holds among those of its link (<see cref="PendingPlaceRows"/>); null: it holds none, because it is paid or over.</summary>
    public int? Place { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public ChargeAttemptState State => new(Status, FailureReason);

    /// <summary>Whether it will not change any more, but for money that goes back.</summary>
    [JsonIgnore]
    public bool IsFinal => ChargeAttempts.IsFinal(Status);

    /// <summary>What the payer is charged.</summary>
    [JsonIgnore]
    public Money Price => Money.OfRupiah(Amount);

    /// <summary>Names it for the gateway: each attempt on a link is a charge of its own.</summary>
    [JsonIgnore]
    public AttemptKey Key => new(AccountId, ReffNo, ReffNo);

    /// <summary>What the gateway is told of it.</summary>
    [JsonIgnore]
    public GatewayAttempt AtGateway => new(Key, Price, MethodCode, CreatedAt);

    /// <summary>Whether the payer's time is over and nothing was paid.</summary>
    public bool IsExpiredAt(DateTimeOffset now) =>
        FailureReason == Expired || (Status is ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending && ExpiredAt <= now);

    /// <summary>A payer begins to pay.</summary>
    public static LinkAttempt Begin(PaymentLink link, long id, string reffNo, LinkMethod method, LinkCustomer customer, DateTimeOffset now)
    {
        return new LinkAttempt
        {
            Id = id,
            AccountId = link.AccountId,
            ReffNo = reffNo,
            PaymentLinkId = link.Id,
            PaymentLinkReffNo = link.ReffNo,
            MethodCode = method.Code,
            MethodName = method.Name,
            MethodValue = method.Value,
            Amount = link.TotalAmount,
            Customer = customer,
            OptionalMetadata = link.OptionalMetadata,
            ExpiredAt = new[] { link.ExpiredAt, now + Lifetime }.Min()!.Value,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>The attempt with whose link it is, as the payer is told; null: an account that is not to be found.</summary>
    public LinkAttempt To(Account? payee) => this with { PayeeName = payee?.Name, PayeeEmail = payee?.Email, PayeePhone = payee?.Phone, PayeeLogoPath = payee?.LogoPath };

    /// <summary>Whose link it is, as the payer was told. What an older release did not write down is as it is now, but for the logo of another name.</summary>
    /// <param name="account">The account as it is now; null: it is not to be found.</param>
    public Account? PayeeOf(Account? account) => account is null || PayeeName is null ? account : account with
    {
        Name = PayeeName,
        Email = PayeeEmail ?? account.Email,
        Phone = PayeePhone ?? account.Phone,
        LogoPath = PayeeEmail is not null ? PayeeLogoPath : PayeeName == account.Name ? account.LogoPath : null,
    };

    /// <summary>The attempt with what the gateway says of the card.</summary>
    public LinkAttempt Learn(ChargeOutcome outcome) => this with { Card = outcome.Card ?? Card };

    /// <summary>The attempt in its next state.</summary>
    /// <exception cref="InvalidOperationException">The change is not listed in <see cref="ChargeAttempts"/>.</exception>
    public LinkAttempt Become(ChargeAttemptStatus status, DateTimeOffset now, string? failureReason = null) =>
        ChargeAttempts.Allows(Status, status)
            ? this with
            {
                Status = status,
                FailureReason = failureReason,
                PaidAt = status == ChargeAttemptStatus.Succeeded ? now : PaidAt,
                UpdatedAt = now,
            }
            : throw new InvalidOperationException($"An attempt that is {Status} cannot become {status}.");
}
