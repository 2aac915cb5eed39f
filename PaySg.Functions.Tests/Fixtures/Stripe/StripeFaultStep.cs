namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Kinds of faults.</summary>
internal enum StripeFaultStep
{
    /// <summary>An error is answered, and nothing is done.</summary>
    Refuse,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>The work is done and its answer kept, and then the connection is cut.</summary>
    CutAfter,

    /// <summary>The work is done; 500 is answered, and kept under the key.</summary>
    FailAfter,

    /// <summary>The key is taken, and the work begins later.</summary>
    Wait,

    /// <summary>The work is done and its answer kept, but 200 with <c>{}</c> is sent.</summary>
    Empty,
}
