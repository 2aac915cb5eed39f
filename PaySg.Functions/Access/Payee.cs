using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Access;

/// <summary>Who is paid, as payers are told, each in one line.</summary>
/// <param name="Name">The agency's name, or that of the payment service.</param>
/// <param name="Address">The agency's postal address; empty: not known.</param>
/// <param name="Support">Where payers turn to for help; may be empty.</param>
internal sealed record Payee(string Name, string Address, IReadOnlyList<string> Support)
{
    /// <summary>Where the logo is found below the address of the installation; null: there is none.</summary>
    public string? LogoPath { get; init; }

    /// <summary>Name and, in brackets, where to turn to.</summary>
    public string Contact => Support.Count > 0 ? $"{Name} ({string.Join(", ", Support)})" : Name;

    /// <summary>Who a payment service's payments go to; null: a payment service that is not to be found.</summary>
    public static Payee Of(PaymentService? service)
    {
        var name = ShownText.OneLine(service?.AgencyName) is { Length: > 0 } agency ? agency
            : ShownText.OneLine(service?.Name) is { Length: > 0 } own ? own
            : "PaySG";
        string[] support = [ShownText.OneLine(service?.SupportEmail), ShownText.OneLine(service?.SupportPhone)];
        return new Payee(name, ShownText.OneLine(service?.AgencyAddress), [.. support.Where(way => way.Length > 0)]) { LogoPath = service?.LogoPath };
    }
}
