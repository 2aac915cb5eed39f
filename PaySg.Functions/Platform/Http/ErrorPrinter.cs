namespace PaySg.Functions.Platform.Http;

/// <summary>Prints an error in the shape of one API.</summary>
/// <param name="error">What was wrong.</param>
/// <param name="requestId">Names the call.</param>
internal delegate ApiAnswer ErrorPrinter(ApiError error, string requestId);
