namespace PaySg.Functions.Platform.Outbox;

/// <summary>Whether a sweep looks at every owner.</summary>
internal enum WholeSweep
{
    /// <summary>One was made not long ago.</summary>
    Made,

    /// <summary>None is needed: the tables are new.</summary>
    ToBeNoted,

    /// <summary>It is time for one.</summary>
    Due,

    /// <summary>None was ever made: rows may stand that were written by a release without an index.</summary>
    First,
}
