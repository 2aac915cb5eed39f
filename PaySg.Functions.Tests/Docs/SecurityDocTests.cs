using System.Reflection;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Docs;

/// <summary>An item that promises something names the test that shows it, and that test exists.</summary>
public sealed partial class SecurityDocTests
{
    private static readonly ILookup<string, Type> Classes = typeof(SecurityDocTests).Assembly.GetTypes()
        .Where(type => type.IsPublic && TestsOf(type).Any())
        .ToLookup(type => type.Name, StringComparer.Ordinal);

    public static TheoryData<string, int> Lists => new()
    {
        { "## OWASP API Security Top 10 (2023)", 10 },
        { "## OWASP ASVS 5.0", 17 },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Each_item_names_tests_that_there_are(string heading, int count)
    {
        var items = Document.Read("docs/operate/security.md").Section(heading).Items();

        Assert.Equal(count, items.Count);
        Assert.All(items, item =>
        {
            var named = Name().Matches(item).Select(name => name.Groups["name"].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(Exists(name), $"{item.Split(':')[0]}: there is no test {name}."));
        });
    }

    [Theory]
    [InlineData("SecurityDocTests", true)]
    [InlineData("SecurityDocTests.Each_item_names_tests_that_there_are", true)]
    [InlineData("SecurityDocTests.Exists", false)]
    [InlineData("SecurityDocTests.Each_item", false)]
    [InlineData("NoSuchTests", false)]
    public void A_name_is_of_a_test_or_not(string name, bool expected) => Assert.Equal(expected, Exists(name));

    [Fact]
    public void Weaknesses_are_reported_in_private_and_to_nobody_by_name()
    {
        var policy = Document.Read("SECURITY.md");

        Assert.Contains("private vulnerability reporting", policy.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", policy.Text, StringComparison.Ordinal);
        Assert.Contains("docs/operate/security.md", policy.LinkedFiles());
    }

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        return Classes[parts[0]].Any(type => parts.Length == 1 || TestsOf(type).Any(test => test.Name == parts[1]));
    }

    private static IEnumerable<MethodInfo> TestsOf(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any());

    [GeneratedRegex("`(?<name>[A-Za-z_0-9.]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
