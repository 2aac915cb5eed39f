using System.Reflection;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Tests of what the whole run has shown: they run when all others have.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AtTheEnd : ITestCollectionOrderer
{
    public const string Name = "at the end";

    // What xunit calls the collection of a class that is in no other.
    private const string OfClass = "Test collection for ";

    // Collections that take nobody beside them come after all others, in this order. The longest begin first, so that no core waits for the last of them in the
    // end: browser tests, which are chains, then classes with a test that is not in the fast set.
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName switch { Browser.Name or OfficersBrowser.Name => 0, Name => 3, var name => IsLong(name) ? 1 : 2 });

    private static bool IsLong(string name) =>
        name.StartsWith(OfClass, StringComparison.Ordinal) && typeof(AtTheEnd).Assembly.GetType(name[OfClass.Length..]) is { } type
        && type.GetMethods().Append<MemberInfo>(type).SelectMany(member => member.GetCustomAttributesData())
            .Any(attribute => attribute.AttributeType == typeof(TraitAttribute) && attribute.ConstructorArguments[1].Value is "Long");
}
