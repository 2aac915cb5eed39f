using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PaySg.Functions.Platform.Json;

/// <summary>
/// Escapes exactly what JavaScript's <c>JSON.stringify</c> escapes (ECMA-262, QuoteJSONString): the quote, the backslash,
/// U+0000 to U+001F, and surrogates that stand alone. Receivers of webhooks may verify a signature over the body as they
/// received it or as they printed it again; with this encoder both are the same bytes.
/// </summary>
internal sealed class JsonStringifyEncoder : JavaScriptEncoder
{
    public static readonly JsonStringifyEncoder Instance = new();

    // Without surrogates, which are a range of their own: .NET looks for either in many characters at once, for both together one by one.
    private static readonly SearchValues<char> Special = SearchValues.Create(SpecialCharacters());
    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create(Encoding.ASCII.GetBytes(SpecialCharacters()));

    private JsonStringifyEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        var special = characters.IndexOfAny(Special);
        if (special >= 0)
            characters = characters[..special];

        for (var i = 0; characters[i..].IndexOfAnyInRange('\uD800', '\uDFFF') is var next and >= 0; i += 2)
        {
            i += next;
            if (!char.IsHighSurrogate(characters[i]) || i + 1 == characters.Length || !char.IsLowSurrogate(characters[i + 1]))
                return i;
        }

        return special;
    }

    /// <summary>The base class would ask for each character by itself, which it still does where bytes are no UTF-8.</summary>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var special = utf8Text.IndexOfAny(SpecialBytes);
        return Utf8.IsValid(special < 0 ? utf8Text : utf8Text[..special]) ? special : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        if (Short(unicodeScalar) is { } letter)
        {
            numberOfCharactersWritten = 2;
            return output.Length >= 2 && "\\".TryCopyTo(output) && Put(output, 1, letter);
        }

        if (unicodeScalar < 0x20 || unicodeScalar is >= 0xD800 and <= 0xDFFF)
        {
            numberOfCharactersWritten = 6;
            return $"\\u{unicodeScalar:x4}".TryCopyTo(output);
        }

        return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
    }

    /// <summary>The base class would print a surrogate that stands alone as U+FFFD: another text, and other bytes.</summary>
    public override unsafe OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        charsConsumed = 0;
        charsWritten = 0;
        while (charsConsumed < source.Length)
        {
            var rest = source[charsConsumed..];
            var decoded = Rune.DecodeFromUtf16(rest, out var rune, out var width);
            if (decoded == OperationStatus.NeedMoreData && !isFinalBlock)
                return OperationStatus.NeedMoreData;

            (var scalar, width) = decoded == OperationStatus.Done ? (rune.Value, width) : (rest[0], 1);
            var room = destination[charsWritten..];
            fixed (char* output = room)
            {
                if (!TryEncodeUnicodeScalar(scalar, output, room.Length, out var written))
                    return OperationStatus.DestinationTooSmall;

                charsConsumed += width;
                charsWritten += written;
            }
        }

        return OperationStatus.Done;
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or (>= 0xD800 and <= 0xDFFF);

    private static bool Put(Span<char> output, int index, char character)
    {
        output[index] = character;
        return true;
    }

    private static char? Short(int scalar) => scalar switch
    {
        '"' => '"',
        '\\' => '\\',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => null,
    };

    private static string SpecialCharacters() => string.Create(0x22, 0, static (characters, _) =>
    {
        for (var i = 0; i < 0x20; i++)
            characters[i] = (char)i;

        characters[0x20] = '"';
        characters[0x21] = '\\';
    });
}
