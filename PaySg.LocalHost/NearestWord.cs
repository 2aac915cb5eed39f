namespace PaySg.LocalHost;

/// <summary>Finds what somebody meant who mistyped.</summary>
internal static class NearestWord
{
    /// <summary>The known word that takes the fewest edits to reach; null: none is near, so none was meant.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        // A word that is twice as long takes as many edits as the other has letters, whatever it is: it may be as long as a file.
        var nearest = known.Where(candidate => word.Length < 2 * candidate.Length).Select(candidate => (Word: candidate, Distance: Distance(word, candidate))).OrderBy(pair => pair.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(2, word.Length / 3) && nearest.Distance < nearest.Word.Length ? nearest.Word : null;
    }

    /// <summary>How many characters to insert, delete, replace or swap with their neighbour; letters are the same in either case.</summary>
    public static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                        rows[i - 1, j - 1] + (AreSame(from[i - 1], to[j - 1]) ? 0 : 1)),
                };
                if (i > 1 && j > 1 && AreSame(from[i - 1], to[j - 2]) && AreSame(from[i - 2], to[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[from.Length, to.Length];
    }

    private static bool AreSame(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
