using Microsoft.AspNetCore.Http;

namespace PaySg.LocalHost.Functions;

/// <summary>Runs functions: in the built worker, as in Azure, or in this process.</summary>
internal interface IInvoke : IAsyncDisposable
{
    /// <summary>All functions, by name.</summary>
    IReadOnlyList<AppFunction> Functions { get; }

    /// <summary>Ends, with the reason, when functions can be run no more.</summary>
    Task<string> Broken { get; }

    /// <summary>Answers a request whose route values are set. Throws what the function throws; the answer may have begun then.</summary>
    Task AnswerAsync(HttpFunction function, HttpContext context);

    /// <summary>Runs a queue function on a message's text, or a timer function on a <see cref="Microsoft.Azure.Functions.Worker.TimerInfo"/>.</summary>
    Task RunAsync(AppFunction function, object trigger, CancellationToken cancellationToken);
}
