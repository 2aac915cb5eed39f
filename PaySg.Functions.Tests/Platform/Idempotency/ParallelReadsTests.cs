using System.Text.RegularExpressions;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Platform.Idempotency;

[Trait("Category", "Rules")]
public sealed partial class ParallelReadsTests
{
    [Fact]
    public async Task Both_reads_have_ended_before_the_fault_of_the_first_is_told()
    {
        var other = new TaskCompletionSource();
        var both = Task.FromException<int>(new InvalidOperationException("the first")).BesideAsync(other.Task);

        Assert.False(both.IsCompleted);
        other.SetException(new InvalidOperationException("the other"));

        Assert.Equal("the first", (await Assert.ThrowsAsync<InvalidOperationException>(() => both)).Message);
    }

    [Fact]
    public async Task The_fault_of_the_other_read_is_told_by_who_awaits_it()
    {
        var other = Task.FromException(new InvalidOperationException("the other"));

        Assert.Equal(1, await Task.FromResult(1).BesideAsync(other));
        Assert.Equal("the other", (await Assert.ThrowsAsync<InvalidOperationException>(() => other)).Message);
    }

    /// <summary>A read that is started and left for later is lost with its fault where one that is awaited before it throws: so both are awaited together first.</summary>
    [Fact]
    public void No_read_is_left_alone_while_another_is_awaited()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var started = 0;
        var alone = new List<string>();
        foreach (var file in files)
        {
            var source = File.ReadAllText(file);
            foreach (Match read in Started().Matches(source))
            {
                started++;
                var name = read.Groups["name"].Value;
                var rest = source[(read.Index + read.Length)..];
                var next = Awaited().Matches(rest).FirstOrDefault();
                if (next is not null && !Regex.IsMatch(next.Value, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(5)))
                    alone.Add($"{Path.GetFileName(file)}: {name}");
            }
        }

        Assert.InRange(started, 20, 200);
        Assert.Empty(alone);
    }

    /// <summary>A task that is put into a variable without being awaited. What is lazy is not begun yet.</summary>
    [GeneratedRegex(@"\bvar (?<name>\w+) = (?!new Lazy<|[^;]*\bawait\b)[^;{}]*?\b\w+Async(<\w+>)?\([^;]*?\);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Started();

    /// <summary>The next statement that awaits something.</summary>
    [GeneratedRegex(@"\bawait\b[^;{]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Awaited();
}
