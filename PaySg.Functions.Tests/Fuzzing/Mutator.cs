using System.Text;

namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>Makes new inputs of old ones: it flips, deletes, repeats, swaps and splices, and puts in pieces that parsers are known to stumble over.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> tokens)
{
    /// <summary>Nothing outside is read beyond 64 KiB: a little more than that, and no more, so that runs stay fast.</summary>
    public const int Longest = 70 * 1024;

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "9", "00", "1e0", "1e-1", "1E400", "-1e400", "1e999999999999", "0.1", "1130.0", "1.13e3", "2147483647", "2147483648", "-2147483649",
        "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999999999999999",
        "NaN", "Infinity", "0x10", "1_000", "1,000", "٣", "１", "253402300800000", "-62135596800001",
    ];

    private static readonly string[] Words =
    [
        "", " ", "\0", "\r\n", "\n", "\t", "\"", "'", "\\", "/", "//", "../", "%", "%00", "%0d%0a", "%2F", "%ZZ", "%C3%28", "+", "&", "=", ";", ",", ":", "#", "?", "@",
        "<fuzz>", "\"><fuzz a=1>", "'><fuzz>", "${7*7}", "{{7*7}}", "{0}", "%s%n", "' or 1=1 --", "null", "true", "false", "[]", "{}", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":",
        "\\u0000", "\\ud800", "\\udc00\\ud83d", "\\u202e", "\u202e", "\u200b", "\ufeff", "\u0130", "\u212a", "ﬃ", "é", "e\u0301", "😀", "\u2028", "\u00ad", "İ", "ß",
        "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:60Z", "0001-01-01T00:00:00+14:00", "2026-02-29T00:00:00Z", "1969-12-31T23:59:59Z", "2016-12-31T23:59:60Z",
        "[::1]", "[::ffff:127.0.0.1]", "0177.1", "xn--", "xn--a", "localhost.", "a@b", "a@b.c", "\"a b\"@example.com",
        "application/json", "application/x-www-form-urlencoded", "; charset=utf-16", "Bearer ", "Basic ", "gzip", "deflate", "br", "identity",
    ];

    private static readonly byte[][] Bytes = [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0x80], [0x00], [0x7F], [0xF0, 0x9F]];

    /// <summary>A new input, made of one or two that there are.</summary>
    public byte[] Next(IReadOnlyList<byte[]> inputs)
    {
        var input = Any(inputs).ToList();
        for (var changes = 1 + Small(5); changes > 0; changes--)
            Change(input, inputs);
        if (input.Count > Longest)
            input.RemoveRange(Longest, input.Count - Longest);
        return [.. input];
    }

    private void Change(List<byte> input, IReadOnlyList<byte[]> inputs)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 + Small(32));
        switch (random.Next(14))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4 when length > 0:
                Repeat(input, at, input.GetRange(at, length));
                break;
            case 5:
                input.InsertRange(at, Any(Bytes));
                break;
            case 6:
                Replace(input, at, length: 0, Any(Words));
                break;
            case 7 when tokens.Count > 0:
                Replace(input, at, random.Next(2) == 0 ? 0 : length, Any(tokens));
                break;
            case 8:
                ReplaceRun(input, at, static value => char.IsAsciiDigit((char)value) || (char)value is '.' or '-' or '+', Any(Numbers));
                break;
            case 9:
                ReplaceRun(input, at, static value => char.IsAsciiLetterOrDigit((char)value) || (char)value is '_' or '-', Any(Words));
                break;
            case 10:
                Splice(input, at, Any(inputs));
                break;
            case 11:
                SwapLines(input);
                break;
            case 12 when at < input.Count && char.IsAsciiLetter((char)input[at]):
                input[at] ^= 0x20;
                break;
            case 13 when length > 0:
                Copy(input, at, length);
                break;
            default:
                input.Insert(at, (byte)(0x20 + random.Next(0x5F)));
                break;
        }
    }

    /// <summary>Few or many times: loops and buffers have their bounds at both.</summary>
    private void Repeat(List<byte> input, int at, List<byte> part)
    {
        var times = random.Next(8) == 0 ? Math.Min(Longest / part.Count, 1 + random.Next(40_000)) : 1 + random.Next(40);
        var all = new byte[Math.Max(0, Math.Min(part.Count * times, Longest - input.Count))];
        for (var i = 0; i < all.Length; i++)
            all[i] = part[i % part.Count];
        input.InsertRange(at, all);
    }

    private static void Replace(List<byte> input, int at, int length, string text)
    {
        input.RemoveRange(at, length);
        input.InsertRange(at, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Replaces a whole word or number, the next one from a place on.</summary>
    private static void ReplaceRun(List<byte> input, int at, Predicate<byte> belongs, string text)
    {
        var start = input.FindIndex(Math.Min(at, input.Count), belongs);
        if (start < 0)
            return;
        var end = start;
        while (end < input.Count && belongs(input[end]))
            end++;
        Replace(input, start, end - start, text);
    }

    private void Splice(List<byte> input, int at, byte[] other)
    {
        input.RemoveRange(at, input.Count - at);
        input.AddRange(other.AsSpan(random.Next(other.Length + 1)));
    }

    private void SwapLines(List<byte> input)
    {
        var lines = Encoding.Latin1.GetString([.. input]).Split('\n').ToList();
        var (one, two) = (random.Next(lines.Count), random.Next(lines.Count));
        if (random.Next(3) == 0)
            lines.Insert(two, lines[one]);
        else
            (lines[one], lines[two]) = (lines[two], lines[one]);
        input.Clear();
        input.AddRange(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    private void Copy(List<byte> input, int at, int length)
    {
        var part = input.GetRange(at, length);
        var to = random.Next(input.Count - length + 1);
        for (var i = 0; i < length; i++)
            input[to + i] = part[i];
    }

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>A number below the end, a small one most of the time.</summary>
    private int Small(int end) => random.Next(1 + random.Next(end));

}
