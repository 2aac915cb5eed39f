using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Access.Management;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Pages;

namespace PaySg.Functions.UnknownPaths;

/// <summary>
/// Answers what no other function takes. The Functions host itself would answer an empty 404 to unknown paths and to wrong methods
/// alike. Functions are tried in the order of their names, so this one's name must sort last.
/// </summary>
public sealed class UnknownPathFunction(IApiBoundary api, KnownRoutes routes, ManagementGate management, PageAnswers pages)
{
    private static readonly PathString[] PagePaths = ["/payments"];

    /// <summary>404, or 405 with <c>Allow</c> where the path takes other methods; a page where payers may come.</summary>
    [Function("ZUnknownPath")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        api.AnswerAsync(
            request,
            call =>
            {
                management.ThrowIfClosed(call.Request.Path);
                var methods = routes.MethodsOf(call.Request.Path);
                throw methods.Count > 0 ? ApiErrors.MethodNotAllowed(string.Join(", ", methods)) : ApiErrors.UnknownPath();
            },
            (error, requestId) => Array.Exists(PagePaths, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                ? pages.Error(error, requestId)
                : ErrorAnswer.Of(error, requestId));
}
