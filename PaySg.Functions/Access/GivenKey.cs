namespace PaySg.Functions.Access;

/// <summary>A key as a setting gives it.</summary>
/// <param name="Setting">The setting's name.</param>
/// <param name="Forms">The bytes that the text may stand for: those that it decodes to, and for a management key the text itself.</param>
/// <param name="HowToMake">What to run to get a good one.</param>
internal sealed record GivenKey(string Setting, IReadOnlyList<byte[]> Forms, string HowToMake)
{
    private const string Make = "$(openssl rand -hex 32)";

    /// <summary>What is wrong with the way that it is written; null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>A key of 32 bytes with a name.</summary>
    public static GivenKey Of(string setting, SecretKey key) => new(setting, [key.Bytes], "name:$(openssl rand -base64 32)");

    /// <summary>The key of the management API.</summary>
    public static GivenKey OfManagement(string setting, string text)
    {
        var asWritten = System.Text.Encoding.UTF8.GetBytes(text);
        return KeyStrength.Decode(text) is { } bytes
            ? new(setting, [bytes, asWritten], Make)
            : new(setting, [asWritten], Make) { Fault = $"is neither hexadecimal nor base64, which must stand for {KeyStrength.MinLength} or more random bytes. Was it cut off?" };
    }

    /// <summary>Whether both stand for the same bytes, however each is written.</summary>
    public bool IsSameAs(GivenKey other) => Forms.Any(form => other.Forms.Any(its => form.AsSpan().SequenceEqual(its)));
}
