namespace PaySg.Functions.Access;

/// <summary>What kind of caller has done something.</summary>
internal enum ActorKind
{
    /// <summary>A member, on the dashboard.</summary>
    Member,

    /// <summary>Whoever has the management key: the operator.</summary>
    Management,

    /// <summary>An API key, or a credential of an account.</summary>
    ApiKey,

    /// <summary>The work of a batch, in the name of the member who has confirmed it.</summary>
    Batch,
}
