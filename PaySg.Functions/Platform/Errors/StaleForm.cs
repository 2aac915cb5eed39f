namespace PaySg.Functions.Platform.Errors;

/// <summary>
/// Something has changed since whoever sends a form of it saw it: nothing is written over. Only forms say what their sender saw. The operation compares it with what
/// it is about to replace, within the write that names the version of the row, so no moment is left between.
/// </summary>
internal static class StaleForm
{
    private const string Field = "version";

    /// <summary>Refuses a change of what is no longer as it was seen.</summary>
    /// <param name="isAsSeen">Compares what is there with what the sender saw; null: the sender does not say.</param>
    /// <exception cref="ApiException">The refusal (<see cref="Is"/>).</exception>
    public static void ThrowUnless<T>(Func<T, bool>? isAsSeen, T current)
    {
        if (isAsSeen?.Invoke(current) == false)
            throw ApiErrors.InvalidParameter(Field, "is an old one: somebody has changed this since.");
    }

    /// <summary>Whether a call was refused for this.</summary>
    public static bool Is(ApiException refused) => refused.Error.Fields is [{ Field: Field }];
}
