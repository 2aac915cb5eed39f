namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// What a column may hold. The client writes more without a word: <c>decimal</c> and <c>float</c> as numbers that come back as others, <c>TimeSpan</c> as text,
/// a <c>ulong</c> above <see cref="long.MaxValue"/> as a number that nobody can read again.
/// </summary>
internal static class RowValues
{
    /// <summary>Checks every column of a row that is to be written. Money is a <c>long</c>, time a <see cref="DateTimeOffset"/>.</summary>
    /// <exception cref="InvalidOperationException">A column holds something else.</exception>
    public static void Check(TableEntity row)
    {
        foreach (var (column, value) in row)
        {
            if (value is not (null or string or byte[] or bool or int or long or DateTimeOffset))
                throw new InvalidOperationException($"Column {column} holds a {value.GetType().Name}, which is not stored as what it is: text, bytes, true or false, int, long and DateTimeOffset are.");
        }
    }
}
