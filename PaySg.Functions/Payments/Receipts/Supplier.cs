using System.Text.Json.Serialization;
using PaySg.Functions.Access;

namespace PaySg.Functions.Payments.Receipts;

/// <summary>
/// Who supplies what is paid for, as the payer is told when they are charged. It is a copy of what the payment service said then: its settings may change, and
/// a receipt may not.
/// </summary>
internal sealed record Supplier
{
    /// <summary>The agency's name, or that of the payment service; in one line.</summary>
    public required string Name { get; init; }

    /// <summary>The postal address in one line; empty: not known.</summary>
    public required string Address { get; init; }

    /// <summary>Where payers may ask for help; may be empty.</summary>
    public required IReadOnlyList<string> Support { get; init; }

    /// <summary>The GST registration number; null: not registered, or not said.</summary>
    public string? GstRegistrationNumber { get; init; }

    /// <summary>The rate of the goods and services tax that the amount includes, in hundredths of a percent; null: not stated.</summary>
    public int? GstRateBasisPoints { get; init; }

    /// <summary>The address from which mails load the logo where we have no copy of it, or null.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Where the logo is found below the address of the installation; null: there is none, or an older release wrote this.</summary>
    public string? LogoPath { get; init; }

    [JsonIgnore]
    public Payee Payee => new(Name, Address, Support) { LogoPath = LogoPath };

    /// <summary>What a payment service says of itself now; null: a payment service that is not to be found.</summary>
    public static Supplier Of(PaymentService? service)
    {
        var payee = Payee.Of(service);
        return new Supplier
        {
            Name = payee.Name,
            Address = payee.Address,
            Support = payee.Support,
            GstRegistrationNumber = service?.GstRegistrationNumber,
            GstRateBasisPoints = service?.GstRateBasisPoints,
            LogoUrl = service?.LogoUrl,
            LogoPath = service?.LogoPath,
        };
    }
}
