using System.Text.Json.Serialization;

namespace PaySg.Functions.Platform.Json;

/// <summary>How the rooms print their values into rows and messages: for ourselves, not for callers.</summary>
internal static class StoredJsonOptions
{
    /// <summary>Names in snake case, no nulls, enums by name, and text as it is, not escaped: three-byte text stays three bytes.</summary>
    /// <param name="enums">A <see cref="JsonStringEnumConverter{TEnum}"/> for each enum.</param>
    public static JsonSerializerOptions With(params ReadOnlySpan<JsonConverter> enums)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JsonStringifyEncoder.Instance,
        };
        foreach (var converter in enums)
            options.Converters.Add(converter);

        return options;
    }
}
