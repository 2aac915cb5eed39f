namespace PaySg.Functions.Access.Members;

/// <summary>A person whom the platform has signed in.</summary>
/// <param name="TenantId">The directory that knows them.</param>
/// <param name="ObjectId">Who they are there; never given to somebody else.</param>
/// <param name="Name">What they are called; may be empty.</param>
/// <param name="Email">The name that they sign in by, in small letters, where that is an email address; null: it is none.</param>
internal sealed record Person(string TenantId, string ObjectId, string Name, string? Email)
{
    /// <summary>Names the person in row keys: 64 hexadecimal digits.</summary>
    public string Key { get; } = AccessRows.HashOf($"{TenantId}\n{ObjectId}");
}
