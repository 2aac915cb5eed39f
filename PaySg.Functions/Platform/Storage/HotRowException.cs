namespace PaySg.Functions.Platform.Storage;

/// <summary>Too many writers at one row at once: nothing was written, and the same request may be sent again.</summary>
public sealed class HotRowException() : Exception("The row was changed by others for as long as this request was willing to wait.");
