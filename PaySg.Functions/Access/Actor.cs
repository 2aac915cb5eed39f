using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Access;

/// <summary>Who has done something.</summary>
/// <param name="Id">The id of a member or of an API key; <c>management</c> for the management key. Idempotency keys of two actors never meet.</param>
/// <param name="Address">The email address that a member was invited by; null: it is no member, or a batch's.</param>
internal sealed record Actor(ActorKind Kind, string Id, string? Address)
{
    /// <summary>Whoever has the management key.</summary>
    public static Actor Management { get; } = new(ActorKind.Management, ManagementGate.CallerId, Address: null);

    /// <summary>Whether what they do is written to the audit log. What API keys do is in the events, and what a batch does is in the row of whoever confirmed it.</summary>
    public bool IsAudited => Kind is ActorKind.Member or ActorKind.Management;

    /// <summary>A member of a payment service.</summary>
    public static Actor Of(Member member) => new(ActorKind.Member, member.Id, member.Email);

    /// <summary>An API key.</summary>
    public static Actor OfApiKey(string keyId) => new(ActorKind.ApiKey, keyId, Address: null);

    /// <summary>The work of a batch that a member has confirmed.</summary>
    public static Actor OfBatch(string memberId) => new(ActorKind.Batch, memberId, Address: null);
}
