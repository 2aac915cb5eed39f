using System.Diagnostics;

namespace PaySg.Functions.Platform.Http;

/// <summary>See <see cref="IApiBoundary"/>.</summary>
internal sealed class ApiBoundary(IdGenerator ids, StorageAdvice advice, PaySgSettings settings, TimeProvider clock, ILogger<ApiBoundary> log) : IApiBoundary
{
    /// <summary>The header that names a call.</summary>
    public const string RequestIdHeader = "x-request-id";

    // Nobody was refused anything: nobody waited for the answer.
    private const int ClientLeftStatus = 499;

    public async Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter? printError = null)
    {
        var requestId = ids.NewRequestId();
        using var step = Tracing.Begin(log, Tracing.Request, ActivityKind.Server, Activity.Current is null ? request.Headers[Tracing.TraceParent] : Tracing.Current);
        Tracing.Tell(TraceTag.RequestId, requestId);
        CallSubject.Tell(request);
        var answer = await InTimeAsync(request, body, requestId, printError ?? ErrorAnswer.Of);
        step.Answered(answer.Status);
        return answer.To(RequestIdHeader, requestId, TransportSecurity.HeadersFor(settings));
    }

    /// <summary>The outcome, or what there is to say of it when the caller has waited for <see cref="CallerPatience.Limit"/>.</summary>
    private async Task<ApiAnswer> InTimeAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, string requestId, ErrorPrinter printError)
    {
        var clientLeft = request.HttpContext.RequestAborted;
        var patience = CallerPatience.Begin(clientLeft);
        var call = new ApiCall(request, requestId, patience.Left);
        var outcome = OutcomeAsync(call, body, printError, patience, clientLeft);
        if (!outcome.IsCompleted)
        {
            using var timer = new CancellationTokenSource();
            if (await Task.WhenAny(outcome, Task.Delay(CallerPatience.Limit, clock, timer.Token)) != outcome)
            {
                var answer = patience.GiveUp(error => printError(error, requestId));
                Log.CallerWaitedTooLong(log, requestId, patience.IsOver ? "nothing was written, and nothing will be" : "what was begun goes on");
                _ = outcome.ContinueWith(_ => patience.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return answer;
            }

            await timer.CancelAsync();
        }

        patience.Dispose();
        var made = await outcome;
        if (call.Watch is { } watch && made.Status is >= 400 and < ClientLeftStatus)
            watch.Note(new RefusedCall(requestId, clock.GetUtcNow(), request.Method, CallSubject.FormOf(request), made.Status, ErrorAnswer.CodeOf(made)));

        return made;
    }

    private async Task<ApiAnswer> OutcomeAsync(
        ApiCall call, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter printError, CallerPatience patience, CancellationToken clientLeft)
    {
        var requestId = call.RequestId;
        try
        {
            return await body(call);
        }
        catch (Exception fault) when (patience.IsOver)
        {
            // The caller was answered long ago.
            Log.EndedUnanswered(log, requestId, fault);
            return printError(ApiErrors.TookTooLong(), requestId);
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
        catch (OperationCanceledException) when (clientLeft.IsCancellationRequested)
        {
            // Nobody reads this answer. It only happens before an operation's first write.
            Log.ClientLeft(log, requestId);
            return printError(ApiErrors.ClientLeft(), requestId);
        }
        catch (Exception fault) when (StorageFaults.IsRefusal(fault))
        {
            Log.StorageRefuses(log, requestId, advice.For(fault), fault);
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
