using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PaySg.Functions.Tests.Payments;

/// <summary>Prints documents of a type by chance: what is optional may be missing, texts and times are written in several ways, and the order is any.</summary>
/// <param name="oddities">About how many members of a document are not as they should be.</param>
/// <param name="values">What stands where it should not.</param>
internal sealed class RandomDocument(Random random, int oddities, IReadOnlyList<string> values)
{
    /// <summary>As they stand between the quotes.</summary>
    private static readonly string[] Texts = ["", "a", "INV-1", """x\"y\\z""", "陈 😀 & <b>", """\u0041\ud83d\ude00""", """\n\t\/""", new('t', 300)];

    private static readonly string[] Times = ["2026-01-15T01:30:00.005+00:00", "2026-01-15T01:30:00Z", "2026-01-15T09:30:00.1234567+08:00", "2024-02-29T23:59:59.999-11:30"];

    /// <summary>About how many a document has.</summary>
    private const int Members = 30;

    /// <summary>Another document of the type.</summary>
    public string Print(JsonTypeInfo type) => Value(type.Type, type.Options);

    private string Value(Type type, JsonSerializerOptions options)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return $"\"{One(Texts)}\"";
        if (type == typeof(DateTimeOffset))
            return $"\"{One(Times)}\"";
        if (type == typeof(bool))
            return One(["true", "false"]);
        if (type == typeof(int) || type == typeof(long))
            return random.Next(0, 100_000).ToString(CultureInfo.InvariantCulture);
        if (type.IsEnum)
            return $"\"{One(Enum.GetNames(type))}\"";

        var info = options.GetTypeInfo(type);
        return info.ElementType is { } element ? $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Value(element, options)))}]" : Object(info);
    }

    private string Object(JsonTypeInfo type)
    {
        // Of what may be missing all is there, or half, or next to nothing.
        var rarity = random.Next(1, 25);
        var stored = type.Properties.Where(property => property.Get is not null).ToList(); // Those that are not have no way to be read.
        var members = stored.Where(property => property.IsRequired || (property.IsSetNullable && type.Type.IsClass ? random.Next(rarity) == 0 : random.Next(20) > 0))
            .Select(Member).ToList();
        if (IsOdd())
            members.Add($"\"unknown\":{One(values)}");
        if (IsOdd() && members.Count > 0)
            members.RemoveAt(random.Next(members.Count));
        if (IsOdd())
            members.AddRange([Member(One(stored)), Member(One(stored))]); // mostly there already
        if (random.Next(2) == 0)
            random.Shuffle(CollectionsMarshal.AsSpan(members));

        return $"{{{string.Join(random.Next(4) == 0 ? " ,\n" : ",", members)}}}";
    }

    private string Member(JsonPropertyInfo property) => $"{Name(property.Name)}:{(IsOdd() ? One(values) : Value(property.PropertyType, property.Options))}";

    private string Name(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var character in name)
            text.Append(random.Next(200) == 0 ? $"\\u{(int)character:x4}" : character);

        return text.Append('"').ToString();
    }

    private bool IsOdd() => random.Next(Members) < oddities;

    private T One<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
