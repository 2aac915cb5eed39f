using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Configuration;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Errors;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Http;

/// <summary>See <see cref="IApiBoundary"/>.</summary>
public sealed class ApiBoundary(IdGenerator ids, ApiKeyGate gate, PaySgSettings settings, TimeProvider clock, ILogger<ApiBoundary> log) : IApiBoundary
{
    /// <summary>The header that names a call.</summary>
    public const string RequestIdHeader = "x-request-id";

    /// <inheritdoc />
    public async Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter? printError = null)
    {
        var requestId = ids.NewRequestId();
        using var step = Tracing.Begin(log, Tracing.Request, ActivityKind.Server, Activity.Current is null ? request.Headers[Tracing.TraceParent] : Tracing.Current);
        Tracing.Tell(TraceTag.RequestId, requestId);
        CallSubject.Tell(request);
        var answer = await OutcomeAsync(request, body, requestId, printError ?? ErrorAnswer.Of);
        step.Answered(answer.Status);
        return answer.WithHeader(RequestIdHeader, requestId).WithHeaders(TransportSecurity.HeadersFor(settings));
    }

    private async Task<ApiAnswer> OutcomeAsync(
        HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, string requestId, ErrorPrinter printError)
    {
        try
        {
            return await body(new ApiCall(request, requestId, gate));
        }
        catch (ApiException refusal)
        {
            Log.Refused(log, requestId, refusal.Error.Status, refusal.Error.Code);
            return printError(refusal.Error, requestId);
        }
        catch (HotRowException)
        {
            Log.HotRow(log, requestId);
            return printError(ApiErrors.TooBusy(), requestId);
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads this answer. It only happens before an operation's first write.
            Log.ClientLeft(log, requestId);
            return printError(ApiErrors.ClientLeft(), requestId);
        }
        catch (Exception fault) when (StorageFaults.IsRefusal(fault))
        {
            Log.StorageRefuses(log, requestId, StorageAdvice.For(fault, clock.GetUtcNow()), fault);
            return printError(ApiErrors.StorageUnavailable(), requestId);
        }
        catch (Exception fault) when (StorageFaults.IsOutage(fault))
        {
            Log.StorageUnavailable(log, requestId, fault);
            return printError(ApiErrors.StorageUnavailable(), requestId);
        }
        catch (Exception fault)
        {
            Log.UnhandledFault(log, requestId, fault);
            return printError(ApiErrors.Internal(), requestId);
        }
    }
}
