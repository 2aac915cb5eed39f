namespace PaySg.Functions.Access;

/// <summary>
/// What the keys of a deployed app must be, all of them looked at together: made by nobody but the operator, random, and each for one purpose. Bytes are
/// compared, not names or spellings. No message shows any part of a key.
/// </summary>
internal static class KeyRules
{
    /// <summary>Adds a line for each key that may not be used; a key gets one line.</summary>
    public static void Check(IReadOnlyList<GivenKey> keys, SettingsReader settings)
    {
        var good = new List<GivenKey>();
        foreach (var key in keys)
        {
            if (ProblemOf(key, good) is { } problem)
            {
                settings.Refuse(problem);
            }
            else
            {
                good.Add(key);
            }
        }
    }

    private static string? ProblemOf(GivenKey key, List<GivenKey> before)
    {
        if (PublishedKeys.Contains(key))
            return $"{key.Setting}: this is the key of local.settings.json, which everybody knows. Make your own: {key.HowToMake}.";

        if ((key.Fault ?? KeyStrength.WeaknessOf(key.Forms[0])) is { } weakness)
            return $"{key.Setting}: {weakness} Make a new one: {key.HowToMake}.";

        return before.Find(key.IsSameAs) is { } same
            ? $"{key.Setting}: is the same key as {same.Setting}, under whatever name. Each purpose needs a key of its own. Make a new one: {key.HowToMake}."
            : null;
    }
}
