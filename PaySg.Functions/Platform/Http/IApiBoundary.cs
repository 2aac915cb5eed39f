namespace PaySg.Functions.Platform.Http;

/// <summary>
/// The one wrapper that every HTTP function runs inside. An exception that escapes a function is an empty 500
/// for the client, so none may: each outcome becomes an answer of the API's shape here.
/// </summary>
internal interface IApiBoundary
{
    /// <summary>Runs the function's body and turns whatever comes of it into an answer.</summary>
    /// <param name="body">The function's body.</param>
    /// <param name="printError">Prints errors in the shape of the function's API; null: that of the PaySG API (<see cref="ErrorAnswer.Of"/>).</param>
    Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter? printError = null);
}
