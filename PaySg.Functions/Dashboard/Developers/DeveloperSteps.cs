namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The steps of the developers' pages, as their addresses and forms name them.</summary>
internal static class DeveloperSteps
{
    /// <summary>Issues a key, or registers an endpoint.</summary>
    public const string Create = "create";

    public const string Revoke = "revoke";
    public const string Edit = "edit";
    public const string Test = "test";
    public const string Rotate = "rotate";
    public const string Enable = "enable";
    public const string Disable = "disable";
    public const string Delete = "delete";
    public const string Resend = "resend";
    public const string Recover = "recover";
    public const string Done = "done";
}
