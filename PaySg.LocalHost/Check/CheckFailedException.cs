namespace PaySg.LocalHost.Check;

/// <summary>A check found something wrong; the message says what, and what to do.</summary>
internal sealed class CheckFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
