using PaySg.Functions.Access;
using PaySg.Functions.Dashboard;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Operations.UnknownPaths;

/// <summary>
/// Answers what no other function takes, in the shape of the API below whose root the path is. The Functions host itself would answer an empty 404
/// to unknown paths and to wrong methods alike. Functions are tried in the order of their names, so this one's name must sort last.
/// </summary>
internal sealed class UnknownPathFunction(IApiBoundary api, KnownRoutes routes, ManagementGate management, DashboardDoor dashboard, PageAnswers pages)
{
    private static readonly PathString SingapayRoot = "/api";
    private static readonly PathString[] PagePaths = ["/payments", "/b2b"];

    /// <summary>404, or 405 with <c>Allow</c> where the path takes other methods; in Singapay's shape below its root, a page where payers may come.</summary>
    [Function("ZUnknownPath")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        api.AnswerAsync(
            request,
            call =>
            {
                var path = call.Request.Path;
                management.ThrowIfClosed(call.Request);
                dashboard.ThrowIfClosed(call.Request);
                var allow = string.Join(", ", routes.MethodsOf(path));
                throw (IsSingapay(path), allow) switch
                {
                    (true, "") => SingapayErrors.RouteNotFound(path.Value!.TrimStart('/')),
                    (true, _) => SingapayErrors.MethodNotAllowed(call.Request.Method, path.Value!.TrimStart('/'), allow),
                    (false, "") => ApiErrors.UnknownPath(),
                    (false, _) => ApiErrors.MethodNotAllowed(allow),
                };
            },
            (error, requestId) => IsSingapay(request.Path) ? SingapayAnswer.OfError(error, requestId)
                : IsPage(request.Path) ? pages.ErrorFor(request)(error, requestId)
                : ErrorAnswer.Of(error, requestId));

    private static bool IsSingapay(PathString path) => path.StartsWithSegments(SingapayRoot, StringComparison.OrdinalIgnoreCase);

    private static bool IsPage(PathString path) => Array.Exists(PagePaths, root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));
}
