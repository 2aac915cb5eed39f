using System.Text;

namespace PaySg.Functions.Tests.Languages;

/// <summary>Reads the string literals out of C# source: what stands in them, without the code in the holes of interpolated ones.</summary>
internal static class SourceText
{
    /// <summary>The literals, those within holes too. Left out are comments, headers, and the messages of exceptions and of the API's errors, which no payer reads.</summary>
    public static IReadOnlyList<string> LiteralsOf(string source)
    {
        var literals = new List<string>();
        Read(source, 0, end: null, literals);
        return literals;
    }

    /// <summary>Reads code up to the bracket that ends it, and returns where the code goes on.</summary>
    private static int Read(string source, int at, char? end, List<string> literals)
    {
        var depth = 0;
        var statement = at;
        while (at < source.Length)
        {
            var rest = source.AsSpan(at);
            if (rest.StartsWith("//", StringComparison.Ordinal))
            {
                at = source.IndexOf('\n', at) is var line and >= 0 ? line : source.Length;
            }
            else if (rest[0] == '\'')
            {
                at += rest[1] == '\\' ? rest[3..].IndexOf('\'') + 4 : 3;
            }
            else if (rest[0] is '"' or '$' && rest.TrimStart('$') is ['"', ..])
            {
                at = ReadLiteral(source, at, IsForDevelopers(source[statement..at]), literals);
            }
            else
            {
                if (end is not null && depth == 0 && (rest[0] == end || rest[0] == ':'))
                    return at;

                depth += rest[0] is '(' or '[' or '{' ? 1 : rest[0] is ')' or ']' or '}' ? -1 : 0;
                at++;
                if (source[at - 1] is ';' or '{' or '}')
                    statement = at;
            }
        }

        return at;
    }

    private static bool IsForDevelopers(string statement) =>
        statement.Contains("throw ", StringComparison.Ordinal) || statement.Contains("ApiErrors.", StringComparison.Ordinal) || statement.Contains("Header(", StringComparison.Ordinal) || statement.Contains("Exception(", StringComparison.Ordinal);

    private static int ReadLiteral(string source, int at, bool isLeftOut, List<string> literals)
    {
        var dollars = source[at..].TakeWhile(character => character == '$').Count();
        at += dollars;
        var quotes = source[at..].TakeWhile(character => character == '"').Count();
        if (quotes == 2)
            return at + 2;

        var isRaw = quotes >= 3;
        at += quotes;
        var text = new StringBuilder();
        while (at < source.Length)
        {
            if (string.CompareOrdinal(source, at, new string('"', quotes), 0, quotes) == 0)
            {
                if (!isLeftOut)
                    literals.Add(text.ToString());

                return at + quotes;
            }

            if (!isRaw && source[at] == '\\')
            {
                text.Append(source[at + 1] == '"' ? "\"" : "");
                at += 2;
            }
            else if (dollars > 0 && source[at] == '{' && source[at + 1] == '{')
            {
                at += 2;
            }
            else if (dollars > 0 && source[at] == '{')
            {
                at = Read(source, at + 1, '}', literals);

                // A format, such as :00, is no text.
                at = source.IndexOf('}', at) + 1;
            }
            else
            {
                text.Append(source[at++]);
            }
        }

        return at;
    }
}
