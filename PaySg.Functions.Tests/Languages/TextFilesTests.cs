using System.Reflection;
using System.Text.RegularExpressions;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Languages;

/// <summary>What payers read stands in the text files and nowhere else, and what code says is in them.</summary>
public sealed partial class TextFilesTests
{
    /// <summary>Where pages and mails are made.</summary>
    private static readonly string[] Speaking = ["Pages", "Payments/Receipts", "Payments/Emails"];

    /// <summary>What is in these is read by operators and developers.</summary>
    private static readonly string[] Others = ["EmailSettingsReader.cs", "MailFaults.cs", "MailTransitions.cs", "RecipientCounts.cs", "PageSettings.cs"];

    public static TheoryData<string> Tags => [.. Language.All.Select(language => language.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Each_language_has_each_sentence_once_with_the_same_places(string tag)
    {
        var english = TextFile.Of("en").All.Select(entry => (entry.Group, entry.Key, Places: string.Join(',', PlacesOf(entry.Sentence)))).Order();

        Assert.Equal(english, TextFile.Of(tag).All.Select(entry => (entry.Group, entry.Key, Places: string.Join(',', PlacesOf(entry.Sentence)))).Order());
    }

    [Fact]
    public void There_is_a_file_for_each_language_and_no_other() => Assert.Equal(
        Language.All.Select(language => $"PaySg.Functions.Languages.Texts.{language.Tag}.json").Order(StringComparer.Ordinal),
        typeof(Texts).Assembly.GetManifestResourceNames().Where(name => name.Contains(".Languages.Texts.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    /// <summary>Names and brands stay as they are.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void No_sentence_of_another_language_is_English(string tag)
    {
        var english = TextFile.Of("en").All.ToDictionary(entry => (entry.Group, entry.Key), entry => entry.Sentence);

        Assert.DoesNotContain(TextFile.Of(tag).All, entry => tag != "en" && entry.Sentence.Contains(' ', StringComparison.Ordinal)
            && entry.Group + entry.Key is not ("HomeName" or "FactsGst" or "LinkTransfer") && !entry.Sentence.StartsWith('{') && english[(entry.Group, entry.Key)] == entry.Sentence);
    }

    [Fact]
    public void Code_says_each_sentence_of_the_file_and_no_other()
    {
        var said = Groups.SelectMany(group => MembersOf(group.Value).Select(member => $"{group.Name}.{member.Name}"));

        Assert.Equal(TextFile.Of("en").All.Select(entry => $"{entry.Group}.{entry.Key}").Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_sentence_has_the_places_that_code_fills()
    {
        foreach (var (group, key, sentence) in TextFile.Of("en").All)
        {
            var member = MembersOf(Groups.Single(each => each.Name == group).Value).Single(member => member.Name == key);
            IEnumerable<string> places = member is MethodInfo method ? method.GetParameters().Select(parameter => parameter.Name!).Order(StringComparer.Ordinal) : [];
            Assert.Equal(places, PlacesOf(sentence));
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Each_sentence_can_be_said(string tag)
    {
        foreach (var (_, group) in GroupsOf(Language.Find(Language.All, tag)!.Texts))
        {
            foreach (var member in MembersOf(group))
            {
                var said = member is MethodInfo method
                    ? (string)(Sentence)method.Invoke(group, [.. method.GetParameters().Select(parameter => (object)(SentenceValue)$"<{parameter.Name}>")])!
                    : (string)((PropertyInfo)member).GetValue(group)!;
                Assert.DoesNotContain('{', said);
                Assert.NotEmpty(said);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void No_sentence_is_markup(string tag) => Assert.DoesNotContain(TextFile.Of(tag).All, entry => entry.Sentence.Any(character => character is '<' or '>' or '&' || char.IsControl(character)));

    [Fact]
    public void No_text_of_a_page_or_a_mail_stands_outside_of_the_files()
    {
        var outside =
            from room in Speaking
            from path in Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions", room), "*.cs", SearchOption.AllDirectories)
            where !Others.Contains(Path.GetFileName(path))
            from text in SourceText.LiteralsOf(File.ReadAllText(path))
            where IsForPayers(text)
            select $"{Path.GetFileName(path)}: {text}";

        Assert.True(!outside.Any(), string.Join('\n', outside));
    }

    [Theory]
    [InlineData("""Html.Of($"<p>{name} paid</p>")""", true)]
    [InlineData("""Html.Of($"<p class=\"quiet\">{name}</p>")""", false)]
    [InlineData("""Html.Of($"<form data-once=\"Paying\">{name}</form>")""", true)]
    [InlineData("""throw new ArgumentException("No file."); new Page("Payment not made")""", true)]
    [InlineData("""new Page("Payment not made")""", true)]
    [InlineData("""Facts.Line("Reference", value)""", true)]
    [InlineData("""form["card_number"]""", false)]
    [InlineData("""throw new ArgumentException("There is no file.")""", false)]
    [InlineData("""answer.WithHeader("Location", path)""", false)]
    [InlineData("""Settlement(path, "button second")""", false)]
    [InlineData("// \"Pay here\"", false)]
    public void The_test_above_knows_a_text_when_it_sees_one(string source, bool isForPayers) =>
        Assert.Equal(isForPayers, SourceText.LiteralsOf(source).Any(IsForPayers));

    private static IEnumerable<(string Name, TextGroup Value)> Groups => GroupsOf(Texts.English);

    private static IEnumerable<(string Name, TextGroup Value)> GroupsOf(Texts texts) =>
        from property in typeof(Texts).GetProperties()
        where property.PropertyType.IsSubclassOf(typeof(TextGroup))
        select (property.Name, (TextGroup)property.GetValue(texts)!);

    private static IEnumerable<MemberInfo> MembersOf(TextGroup group) =>
        group.GetType().GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo || (member is MethodInfo { IsSpecialName: false } method && method.ReturnType == typeof(Sentence)));

    private static IEnumerable<string> PlacesOf(string sentence) =>
        Place().Matches(sentence).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Whether a literal, without its holes, has words that somebody is to read: a word between tags, three words, or fewer with a capital.</summary>
    private static bool IsForPayers(string literal)
    {
        var isMarkup = Tag().IsMatch(literal);
        var text = Tag().Replace(literal, " ").Trim();
        return isMarkup ? Letters().IsMatch(text) || SpokenAttribute().IsMatch(literal) : Words().IsMatch(text);
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex("<[!/a-zA-Z][^>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("(alt|aria-label|title|placeholder|data-once)=\"\\p{L}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(@"\p{L}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();

    [GeneratedRegex(@"^\p{Lu}[\p{L}’']*[,.:]? \p{L}|\p{L}[,.:]? \p{L}+[,.:]? \p{L}|^\p{Lu}\p{Ll}+[.:]?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
