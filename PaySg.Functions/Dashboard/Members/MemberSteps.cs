namespace PaySg.Functions.Dashboard.Members;

/// <summary>The steps of the members' page, as its addresses and its forms name them.</summary>
internal static class MemberSteps
{
    public const string Invite = "invite";
    public const string Change = "change";
    public const string Remove = "remove";
    public const string Done = "done";
}
