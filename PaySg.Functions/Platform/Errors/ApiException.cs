namespace PaySg.Functions.Platform.Errors;

/// <summary>Ends a request with an error that the caller is told. Thrown anywhere below a function, turned into an answer at the boundary.</summary>
internal class ApiException(ApiError error) : Exception((error ?? throw new ArgumentNullException(nameof(error))).Message)
{
    /// <summary>What the caller is told.</summary>
    public ApiError Error { get; } = error;
}

/// <summary>402: the request is right and the state of what it is about does not allow it. Recorded under the request's key, like an answer.</summary>
internal sealed class RefusedByStateException(ApiError error) : ApiException(error);

/// <summary>404: what the request names does not exist, or is not the caller's.</summary>
internal sealed class NotFoundException(ApiError error) : ApiException(error);

/// <summary>409: the first request with the same idempotency key is still being worked on.</summary>
internal sealed class KeyInUseException(ApiError error) : ApiException(error);

/// <summary>429: it is right and comes too soon.</summary>
internal sealed class TooManyRequestsException(ApiError error) : ApiException(error);
