namespace PaySg.Functions.Access.Members;

/// <summary>Somebody who may use the dashboard for a payment service or an account. Immutable.</summary>
internal sealed record Member
{
    /// <summary>Such as <c>member_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The payment service or the account that they are a member of.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The address that they were invited by, in small letters.</summary>
    public required string Email { get; init; }

    public required Permission Permissions { get; init; }

    /// <summary>Whom the invitation is bound to (<see cref="Person.Key"/>); null: nobody has signed in by it yet.</summary>
    public string? PersonKey { get; init; }

    /// <summary>What they are called; null: nobody has signed in yet.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When they signed in first, or null.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>Whether they may manage the payment service or the account.</summary>
    public bool IsAdministrator => Permissions.HasFlag(Permission.Administrator);

    /// <summary>The invitation is theirs from now on, and nobody else's.</summary>
    public Member Bind(Person person, DateTimeOffset now) => PersonKey is null
        ? this with { PersonKey = person.Key, Name = person.Name, JoinedAt = now }
        : throw new InvalidOperationException($"Member {Id} is somebody already.");

    /// <summary>The member of a payment service as its operations know those who call: what they do is done in their name.</summary>
    public ApiKey ToKey(PaymentService service) => new(Id, OwnerId, service.Code, Id, Permissions, Email, InvitedAt) { By = Actor.Of(this) };
}
