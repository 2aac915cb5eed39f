using System.Diagnostics.CodeAnalysis;
using Azure;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>What the client answers where there is no row.</summary>
internal sealed class NoRow<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    [ExcludeFromCodeCoverage(Justification = "Who asks for it has not looked at HasValue.")]
    public override T Value => throw new InvalidOperationException("There is no row.");

    public override Response GetRawResponse() => response;
}
