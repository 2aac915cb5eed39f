using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Reads the answer of a transaction: a part for each row, or the one part that says which row was refused.</summary>
internal static class TransactionAnswer
{
    private const string Unreadable = "A part of the answer is no answer of Table Storage.";

    /// <summary>Where Azure's exception looks for the index of the row that was refused, as text; storage says it before the message: <c>1:The …</c>.</summary>
    private const string FailedRow = "FailedEntity";

    /// <summary>An answer for each row, in their order, with status and version.</summary>
    /// <exception cref="TableTransactionFailedException">A row was refused.</exception>
    /// <exception cref="FormatException">The answer cannot be read, or is not whole.</exception>
    public static IReadOnlyList<Response> Read(Response response)
    {
        var rest = response.Content.ToMemory().Span;
        var boundary = Encoding.UTF8.GetBytes("--" + BoundaryIn(response.Headers.ContentType ?? ""));
        if (rest.IndexOf(boundary) < 0 || !rest.TrimEnd("\r\n"u8).EndsWith(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(boundary)}--")))
            throw new FormatException(Unreadable);

        rest = rest[(rest.IndexOf(boundary) + boundary.Length)..];
        var parts = Encoding.UTF8.GetBytes("--" + BoundaryIn(Encoding.UTF8.GetString(HeaderIn(HeadOf(ref rest), "Content-Type:"u8))));
        var answers = new List<Response>();
        for (var start = Next(rest, parts); !rest[start..].StartsWith("--"u8); start = Next(rest, parts))
        {
            rest = rest[start..];
            answers.Add(ReadPart(rest[..(rest.IndexOf(parts) is var end and >= 0 ? end : throw new FormatException(Unreadable))]));
        }

        return answers;
    }

    private static int Next(ReadOnlySpan<byte> rest, byte[] boundary) =>
        rest.IndexOf(boundary) is var at and >= 0 ? at + boundary.Length : throw new FormatException(Unreadable);

    private static PartAnswer ReadPart(ReadOnlySpan<byte> part)
    {
        HeadOf(ref part);
        var head = HeadOf(ref part);
        if (!head.StartsWith("HTTP/1.1 "u8) || head.Length < 12 || !int.TryParse(head.Slice(9, 3), CultureInfo.InvariantCulture, out var status))
            throw new FormatException(Unreadable);

        if (status < 400)
            return new PartAnswer(status, Encoding.UTF8.GetString(HeaderIn(head, "ETag:"u8)));

        var error = OdataError.Read(part.Trim("\r\n"u8));
        var message = error?.Message ?? Encoding.UTF8.GetString(head[9..(head.IndexOf("\r\n"u8) is var end and >= 0 ? end : head.Length)]);
        var refusal = new RequestFailedException(status, message, error?.Code, innerException: null);
        if (message.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            refusal.Data[FailedRow] = message[..colon];

        throw new TableTransactionFailedException(refusal);
    }

    /// <summary>What stands before the next empty line, which is passed over.</summary>
    private static ReadOnlySpan<byte> HeadOf(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart("\r\n"u8);
        var end = rest.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            throw new FormatException(Unreadable);

        var head = rest[..end];
        rest = rest[(end + 4)..];
        return head;
    }

    /// <summary>The value of a header; empty: it is not there. Names of headers are the same in either case of letters.</summary>
    private static ReadOnlySpan<byte> HeaderIn(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (!head.IsEmpty)
        {
            var end = head.IndexOf("\r\n"u8);
            var line = end < 0 ? head : head[..end];
            if (line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
                return line[name.Length..].Trim((byte)' ');

            head = end < 0 ? default : head[(end + 2)..];
        }

        return default;
    }

    private static string BoundaryIn(string contentType)
    {
        const string Name = "boundary=";
        var at = contentType.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        var value = at < 0 ? "" : contentType[(at + Name.Length)..].Split(';')[0].Trim(' ', '"');
        return value.Length > 0 ? value : throw new FormatException(Unreadable);
    }

    /// <summary>The part of the answer that is about one row: it has a version, and no body that anybody reads.</summary>
    private sealed class PartAnswer(int status, string version) : Response
    {
        public override int Status { get; } = status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => version.Length > 0 ? [new HttpHeader("ETag", version)] : [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = version.Length > 0 && string.Equals(name, "ETag", StringComparison.OrdinalIgnoreCase) ? version : null;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}
