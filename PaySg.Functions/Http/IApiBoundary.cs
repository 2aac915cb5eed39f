using Microsoft.AspNetCore.Http;

namespace PaySg.Functions.Http;

/// <summary>
/// The one wrapper that every HTTP function runs inside. In Azure an exception that escapes a function is an empty 200
/// for the client, so none may: each outcome becomes an answer of the API's shape here.
/// </summary>
public interface IApiBoundary
{
    /// <summary>Runs the function's body and turns whatever comes of it into an answer.</summary>
    Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body);
}
