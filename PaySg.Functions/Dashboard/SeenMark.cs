using System.Security.Cryptography;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>Says in a form what its sender saw of that which it changes, so that a change of somebody else's in the meantime is noticed.</summary>
internal static class SeenMark
{
    /// <summary>The field of a form.</summary>
    public const string Field = "seen";

    /// <summary>64 hexadecimal digits, the same for the same values.</summary>
    /// <param name="writeValues">Writes the values, each into an array.</param>
    public static string Of(Action<Utf8JsonWriter> writeValues) => Convert.ToHexStringLower(SHA256.HashData(JsonText.Write(json =>
    {
        json.WriteStartArray();
        writeValues(json);
        json.WriteEndArray();
    })));

    /// <summary>The hidden field.</summary>
    public static Html Hidden(string mark) => Html.Of($"""<input type="hidden" name="{Field}" value="{mark}">""");
}
