namespace PaySg.Functions.Platform.Json;

/// <summary>Writes numbers that may be missing: the property is there in any case.</summary>
internal static class NumberOrNull
{
    /// <summary>Writes a number; null where there is none.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } given)
            json.WriteNumber(name, given);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes hundredths as they are said: 925 is <c>9.25</c>, 900 is <c>9</c>. Null where there are none.</summary>
    public static void WriteHundredthsOrNull(this Utf8JsonWriter json, string name, int? hundredths)
    {
        // A decimal: exact, without zeros at the end.
        if (hundredths is { } given)
            json.WriteNumber(name, given / 100m);
        else
            json.WriteNull(name);
    }
}
