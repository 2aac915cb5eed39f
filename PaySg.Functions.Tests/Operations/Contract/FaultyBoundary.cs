using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>The product's boundary, behind which a fault of ours happens in every function.</summary>
internal sealed class FaultyBoundary(IdGenerator ids, StorageAdvice advice, PaySgSettings settings, TimeProvider clock, ILogger<ApiBoundary> log) : IApiBoundary
{
    private readonly ApiBoundary inner = new(ids, advice, settings, clock, log);

    public Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter? printError = null) =>
        inner.AnswerAsync(request, static _ => throw new InvalidOperationException("A fault of ours."), printError);
}
