using System.Buffers;
using System.Text.Unicode;
using CsvHelper;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>Reads a file of payments (CSV, RFC 4180, in UTF-8) and checks every line of it by the API's own rules. Nothing is stored.</summary>
internal sealed class ReadBatchFile(PaymentSettings limits, PaySgSettings settings)
{
    private const int MostMetadata = 10;
    private const int LongestMetadata = 40;

    // More are not looked at one by one: a line of a million commas names a million columns.
    private const int MostColumns = 100;

    // Each line tells of so many at most: a file of another kind is wrong everywhere.
    private const int MostMistakesOfLine = 5;

    private const string Reference = "reference_id";

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Zip => [(byte)'P', (byte)'K', 3, 4];

    public BatchFile Run(ReadOnlyMemory<byte> file)
    {
        var text = file.Span.StartsWith(Mark) ? file[Mark.Length..] : file;
        if (WhyNoText(text.Span) is { } refusal)
            return BatchFile.Refused(refusal);

        var broken = new List<BatchMistake>();
        using var reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = record => broken.Add(new BatchMistake((int)record.LineNumber, "", WordsOf(record.Reason))),
        });
        var columns = reader.Headers.Select(static name => name.Trim()).ToList();
        return WhyNoHeader(columns) is { Count: > 0 } refusals ? BatchFile.Refused(refusals) : Read(reader, columns.ConvertAll(ColumnOf), broken);
    }

    /// <param name="broken">Gets the lines that cannot be read, each once, while the others are.</param>
    private BatchFile Read(CsvReader reader, List<string> columns, List<BatchMistake> broken)
    {
        var (lines, mistakes) = (new List<BatchLine>(), new List<BatchMistake>());
        var references = new List<(int Line, string Reference)>();
        var (read, total) = (0, 0L);
        var referenceAt = columns.IndexOf(Reference);
        while (read + broken.Count <= BatchFile.MostLines && reader.Read())
        {
            var values = reader.Current.ToArray();
            if (values.All(string.IsNullOrWhiteSpace))
                continue; // Spreadsheets leave such lines at the end.

            read++;
            references.Add(((int)reader.LineNumber, values[referenceAt].Trim()));
            var typed = TypedOf(columns, values);
            var errors = typed.Check(limits.MaxAmountInCents, settings.Mode);
            mistakes.AddRange(errors.Take(MostMistakesOfLine).Select(error => new BatchMistake((int)reader.LineNumber, ColumnOf(error), error.Message)));
            if (errors.Count > 0)
                continue;

            lines.Add(new BatchLine((int)reader.LineNumber, typed.Json));
            total += typed.AmountInCents;
        }

        return (read + broken.Count) switch
        {
            0 => BatchFile.Refused("The file has no payments: there is nothing below the first line."),
            > BatchFile.MostLines => BatchFile.Refused($"The file has more than {BatchFile.MostLines:N0} payments. Divide it."),
            _ => new BatchFile([], lines, [.. broken.Concat(mistakes).OrderBy(static mistake => mistake.Line)], total) { Repeated = RepeatedReferences.Among(references) },
        };
    }

    private static TypedPayment TypedOf(List<string> columns, string[] values)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var metadata = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < columns.Count; i++)
        {
            if (IsField(columns[i]))
            {
                known[columns[i]] = values[i];
            }
            else
            {
                metadata.Add(new(columns[i], values[i]));
            }
        }

        return new TypedPayment(name => known.GetValueOrDefault(name, ""), metadata, items: []);
    }

    /// <summary>Why the bytes are no text to read; null: they are.</summary>
    private static string? WhyNoText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExcept((byte)' ', (byte)'\r', (byte)'\n') < 0)
            return "The file is empty.";

        if (bytes.StartsWith(Zip))
            return "This is a workbook. Save the sheet as “CSV UTF-8” and choose that file.";

        if (bytes.Contains((byte)0))
            return "The file is not text in UTF-8. Save it as “CSV UTF-8”.";

        var wrong = FirstThatIsNotUtf8(bytes);
        return wrong < 0 ? null : $"Line {bytes[..wrong].Count((byte)'\n') + 1} has characters that are not in UTF-8. Save the file as “CSV UTF-8”.";
    }

    private static int FirstThatIsNotUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return -1;

        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;

        return at;
    }

    /// <summary>What is wrong with the line that names the columns; empty: nothing.</summary>
    private static List<string> WhyNoHeader(List<string> columns)
    {
        if (columns is [var only] && only.IndexOfAny([';', '\t', '|']) >= 0)
            return ["The columns must be separated by commas. Save the file as “CSV (comma delimited)” or “CSV UTF-8”."];

        if (columns.Count > MostColumns)
            return [$"The first line names {columns.Count:N0} columns, and a file has at most {MostColumns}. Take those away that have no name or are not needed."];

        if (columns.Count == 0)
            return ["The first line must name the columns, and its quotation marks must come in pairs."];

        var refusals = new List<string>();
        var names = columns.ConvertAll(ColumnOf);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0)
                refusals.Add($"Column {i + 1} has no name in the first line.");
        }

        refusals.AddRange(names.Where(static name => name.Length > 0).GroupBy(static name => name, StringComparer.OrdinalIgnoreCase).Where(static group => group.Count() > 1)
            .Select(static group => $"Column {group.Key} is there {(group.Count() == 2 ? "twice" : $"{group.Count()} times")}."));
        refusals.AddRange(TypedPayment.Fields.Where(field => field.IsRequired && !names.Contains(field.Name, StringComparer.Ordinal)).Select(static field => $"Column {field.Name} is missing."));
        var others = names.Where(static name => name.Length > 0 && !IsField(name)).ToList();
        if (others.Count > MostMetadata)
            refusals.Add($"At most {MostMetadata} columns may be your own, and there are {others.Count}.");

        refusals.AddRange(others.Where(static name => name.Length > LongestMetadata).Select(static name => $"Column {TextStart.Of(name, LongestMetadata)}… has a name of more than {LongestMetadata} characters."));
        return refusals;
    }

    private static string WordsOf(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.FieldCountMismatch => "has more or fewer values than there are columns. A value with a comma in it needs quotation marks around it.",
        CsvMalformedReason.UnterminatedQuote => "has a quotation mark that opens and never closes.",
        _ => "has a quotation mark in the middle of a value. Put the whole value into quotation marks, and write each one within it twice.",
    };

    /// <summary>The field of a payment that a column is, however it is written: <c>Payer name</c> is <c>payer_name</c>. Others are as they are.</summary>
    private static string ColumnOf(string name)
    {
        var field = name.ToLowerInvariant().Replace(' ', '_');
        return IsField(field) ? field : name;
    }

    /// <summary>The column that a mistake is in: metadata is in columns of the sender's own.</summary>
    private static string ColumnOf(FieldError error) =>
        error.Field.StartsWith(TypedPayment.MetadataPrefix, StringComparison.Ordinal) ? error.Field[TypedPayment.MetadataPrefix.Length..] : error.Field;

    private static bool IsField(string name) => TypedPayment.Fields.Any(field => field.Name == name);
}
