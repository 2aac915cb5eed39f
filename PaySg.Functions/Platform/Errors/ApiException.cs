namespace PaySg.Functions.Platform.Errors;

/// <summary>Ends a request with an error that the caller is told. Thrown anywhere below a function, turned into an answer at the boundary.</summary>
public sealed class ApiException(ApiError error) : Exception((error ?? throw new ArgumentNullException(nameof(error))).Message)
{
    /// <summary>What the caller is told.</summary>
    public ApiError Error { get; } = error;
}
