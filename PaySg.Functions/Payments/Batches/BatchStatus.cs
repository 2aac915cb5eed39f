namespace PaySg.Functions.Payments.Batches;

/// <summary>How far a batch is.</summary>
internal enum BatchStatus
{
    /// <summary>Lines of its file are wrong: nothing will be created.</summary>
    Wrong,

    /// <summary>Its file is right, and somebody has to say that the payments are to be created.</summary>
    Ready,

    /// <summary>Nobody wants it any more. It is about to be deleted.</summary>
    Discarded,

    /// <summary>Its payments are being created.</summary>
    Running,

    /// <summary>Each line has become a payment, or says why not.</summary>
    Done,
}
