namespace PaySg.Functions.Access.Members;

/// <summary>Members of payment services and accounts in the access table.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>owner / <c>member:</c> member id</term><description>a member as the list shows them</description></item>
/// <item><term>owner / <c>person:</c> person's key</term><description>the same, for whoever has signed in: what lets them in</description></item>
/// <item><term>owner / <c>email:</c> hash of the address</term><description>the id of the member who was invited by it</description></item>
/// <item><term>owner / <c>n:members</c></term><description>how many administrators there are</description></item>
/// <item><term><c>person:</c> key, or <c>email:</c> hash / owner</term><description>nothing: where somebody is, or was, a member</description></item>
/// </list>
/// </remarks>
internal static class MemberRows
{
    public const string Prefix = "member:";
    public const string IdPrefix = "member_";
    public const string CountKey = "n:members";

    private const string IdColumn = "id";
    private const string AdministratorsColumn = "administrators";

    public static string Key(string memberId) => Prefix + memberId;

    public static string PersonKey(string personKey) => "person:" + personKey;

    public static string EmailKey(string email) => "email:" + AccessRows.HashOf(email);

    /// <summary>The row of the list.</summary>
    public static TableEntity Write(Member member) => Write(member, Key(member.Id));

    /// <summary>The row that lets in whom the invitation is bound to.</summary>
    public static TableEntity WritePerson(Member member) => Write(member, PersonKey(member.PersonKey!));

    public static TableEntity WriteEmail(Member member) => new(member.OwnerId, EmailKey(member.Email)) { [IdColumn] = member.Id };

    public static TableEntity WriteCount(string ownerId, int administrators) => new(ownerId, CountKey) { [AdministratorsColumn] = administrators };

    public static int ReadCount(TableEntity? row) => row?.GetInt32(AdministratorsColumn) ?? 0;

    public static string ReadId(TableEntity row) => row.GetString(IdColumn);

    public static Member Read(TableEntity row) => new()
    {
        Id = ReadId(row),
        OwnerId = row.PartitionKey,
        Email = row.GetString("email"),
        Permissions = PermissionNames.Parse(row.GetString("permissions")),
        PersonKey = row.GetString("person"),
        Name = row.GetString("name"),
        InvitedAt = row.GetDateTimeOffset("invited_at")!.Value,
        JoinedAt = row.GetDateTimeOffset("joined_at"),
    };

    private static TableEntity Write(Member member, string rowKey) => new(member.OwnerId, rowKey)
    {
        [IdColumn] = member.Id,
        ["email"] = member.Email,
        ["permissions"] = PermissionNames.Format(member.Permissions),
        ["person"] = member.PersonKey,
        ["name"] = member.Name,
        ["invited_at"] = member.InvitedAt,
        ["joined_at"] = member.JoinedAt,
    };
}
