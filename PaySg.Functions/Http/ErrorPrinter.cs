using PaySg.Functions.Errors;

namespace PaySg.Functions.Http;

/// <summary>Prints an error in the shape of one API.</summary>
/// <param name="error">What was wrong.</param>
/// <param name="requestId">Names the call.</param>
public delegate ApiAnswer ErrorPrinter(ApiError error, string requestId);
