namespace PaySg.Functions.Platform.Configuration;

/// <summary>Whether real money moves.</summary>
public enum PaySgMode
{
    /// <summary>No money moves: the sandbox gateway answers, API keys begin with <c>paysg_stag_</c>.</summary>
    Test,

    /// <summary>Real money: API keys begin with <c>paysg_live_</c>.</summary>
    Live,
}
