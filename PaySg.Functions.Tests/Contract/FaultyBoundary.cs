using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Configuration;
using PaySg.Functions.Http;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Tests.Contract;

/// <summary>The product's boundary, behind which a fault of ours happens in every function.</summary>
internal sealed class FaultyBoundary(IdGenerator ids, StorageAdvice advice, PaySgSettings settings, TimeProvider clock, ILogger<ApiBoundary> log) : IApiBoundary
{
    private readonly ApiBoundary inner = new(ids, advice, settings, clock, log);

    public Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter? printError = null) =>
        inner.AnswerAsync(request, static _ => throw new InvalidOperationException("A fault of ours."), printError);
}
