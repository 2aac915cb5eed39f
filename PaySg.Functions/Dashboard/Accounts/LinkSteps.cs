namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The steps of a link's page, as its address and its forms name them.</summary>
internal static class LinkSteps
{
    public const string Step = "step";
    public const string Edit = "edit";
    public const string Close = "close";
    public const string Created = "created";
    public const string Done = "done";
}
