namespace PaySg.Functions.Platform.Storage;

/// <summary>An answer that is not one of Azure Storage: a page of a proxy, a part of an answer, or nothing where something must be. What became of the request is not known.</summary>
public sealed class ForeignAnswerException(int status, Exception? innerException = null)
    : IOException($"The answer, with the status {status}, is not one of Azure Storage.", innerException)
{
    /// <summary>The answer's status.</summary>
    public int Status { get; } = status;
}
