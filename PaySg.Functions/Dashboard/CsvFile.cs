using CsvHelper;

namespace PaySg.Functions.Dashboard;

/// <summary>Writes files for spreadsheets: UTF-8 with a mark, lines that end in CR LF, and no text that a spreadsheet would take for a formula.</summary>
internal static class CsvFile
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>A writer, which leaves the stream open. A text that begins with =, +, -, @, a tab or a line break gets an apostrophe in front, so that it stays a text.</summary>
    public static CsvWriter To(Stream stream) => CsvWriter.Create(
        stream, new CsvWriterOptions { WriteByteOrderMark = true, NewLine = "\r\n", Injection = CsvInjection.Escape, InjectionCharacters = "=+-@\t\r\n", FormatProvider = CultureInfo.InvariantCulture }, leaveOpen: true);

    /// <summary>Writes the time in Singapore as spreadsheets read it; null: nothing.</summary>
    public static void WriteTime(this CsvWriter csv, DateTimeOffset? time) => csv.WriteField(time?.ToOffset(SingaporeTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}
