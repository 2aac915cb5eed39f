using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PaySg.LocalHost.Queues;

/// <summary>Takes what ends a listener: storage that refuses, or is lost for longer than its client tries. Left alone, the SDK ends the process.</summary>
internal sealed class ListenerFaults(ILogger log) : IWebJobsExceptionHandler, IWebJobsExceptionHandlerFactory
{
    private readonly TaskCompletionSource fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the first fault.</summary>
    public Task First => fault.Task;

    /// <inheritdoc/>
    public IWebJobsExceptionHandler Create(IHost jobHost) => this;

    /// <inheritdoc/>
    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) => OnUnhandledExceptionAsync(exceptionInfo);

    /// <inheritdoc/>
    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        if (fault.TrySetResult())
            log.LogError(exceptionInfo.SourceException, "The queues cannot be read. In Azure the host process ends here and is started anew; LocalHost listens anew. No message is lost");
        return Task.CompletedTask;
    }
}
