namespace PaySg.Functions.Access.Accounts;

/// <summary>A Singapay account: the owner of payment links, their attempts and the credentials that may manage them.</summary>
internal sealed record Account
{
    /// <summary>A ULID (<see cref="AccountId"/>).</summary>
    public required string Id { get; init; }

    /// <summary>Its name, at most 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Its phone number as it was given: a text, because of leading zeros.</summary>
    public required string Phone { get; init; }

    /// <summary>Whether it may make new links and take payments.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>Where it wants to hear of paid links, or null. Kept with its webhook endpoint; this is a copy to be shown.</summary>
    public string? TransactionNotifUrl { get; init; }

    /// <summary>The address that the logo was fetched from, or null.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Where payers get the logo from, below the address of the installation (<see cref="Logo.PathFor"/>); null: there is none.</summary>
    public string? LogoPath { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
