using System.Text.RegularExpressions;
using NetArchTest.Rules;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Architecture;

/// <summary>Arrows run down only. What is wrong is moved to the floor where it belongs, or handed in from above; there is no list of exceptions.</summary>
public sealed partial class RoomsTests
{
    private static readonly System.Reflection.Assembly Product = typeof(PaySgServices).Assembly;

    public static TheoryData<string> Names => [.. Rooms.MayUse.Keys];

    private static IEnumerable<Type> OwnTypes => Product.GetTypes().Where(type => type.Namespace?.StartsWith(Rooms.Product, StringComparison.Ordinal) == true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_room_uses_those_below_it_alone(string room)
    {
        var forbidden = OwnTypes
            .Where(type => Rooms.Of(type.Namespace) is { } other && other != room && !Rooms.MayUse[room].Contains(other))
            .Select(type => type.FullName!)
            .ToArray();

        var result = Types.InAssembly(Product).That().MeetCustomRule(new InRoom(room)).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, string.Join('\n', result.FailingTypeNames ?? []));
    }

    /// <summary>A constant leaves no trace in the compiled code, so the sources are read as well.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_source_file_of_a_room_names_one_above_it(string room)
    {
        var wrong =
            from path in Sources()
            let source = File.ReadAllText(path)
            where Rooms.Of(Space().Match(source).Groups["space"].Value) == room
            from space in Using().Matches(source).Select(line => line.Groups["space"].Value)
            let other = Rooms.Of(space)
            where other is not null && other != room && !Rooms.MayUse[room].Contains(other)
            select $"{Path.GetFileName(path)}: {space}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_source_file_is_in_a_room_that_the_rules_know() =>
        Assert.Equal(["PaySgServices.cs", "Program.cs"], Sources()
            .Where(path => Rooms.Of(Space().Match(File.ReadAllText(path)).Groups["space"].Value) is null)
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void No_two_rooms_use_each_other()
    {
        var arrows = (
            from path in Sources()
            let source = File.ReadAllText(path)
            let room = Rooms.Of(Space().Match(source).Groups["space"].Value)
            where room is not null
            from space in Using().Matches(source).Select(line => line.Groups["space"].Value)
            let other = Rooms.Of(space)
            where other is not null && other != room
            select (room, other)).ToHashSet();

        Assert.NotEmpty(arrows);
        Assert.DoesNotContain(arrows, arrow => arrows.Contains((arrow.other, arrow.room)));
    }

    [Fact]
    public void Nothing_depends_on_a_function()
    {
        var functions = OwnTypes.Where(type => type.Name.EndsWith("Function", StringComparison.Ordinal)).ToList();

        var result = Types.InAssembly(Product).That().MeetCustomRule(new InAnyRoom())
            .ShouldNot().HaveDependencyOnAny([.. functions.Select(function => function.FullName!)]).GetResult();

        Assert.NotEmpty(functions);

        // The functions' own compiler-made types are of the functions.
        Assert.DoesNotContain(result.FailingTypeNames ?? [], name => !functions.Exists(function => name.StartsWith(function.FullName!, StringComparison.Ordinal)));
    }

    /// <summary>
    /// Records are the domain: they do no I/O. Not of it are the ground's, what stores return (with a row's version), what a request or a row is read into, and
    /// what an operation comes to (with the caller's answer).
    /// </summary>
    [Fact]
    public void Domain_records_know_neither_storage_nor_http()
    {
        string[] forbidden = ["Azure", "Microsoft.AspNetCore", "Microsoft.Azure", $"{Rooms.Product}.Platform.Storage", $"{Rooms.Product}.Platform.Http"];
        var records = OwnTypes.Where(type => Rooms.Of(type.Namespace) is "Gateway" or "Events" or "Payments" or "PaymentLinks" or "Webhooks" or "Access" && IsDomainRecord(type)).ToList();

        var result = Types.InAssembly(Product).That().MeetCustomRule(new Among(records)).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(records.Count > 40, $"{records.Count} records");
        Assert.True(result.IsSuccessful, string.Join('\n', result.FailingTypeNames ?? []));
    }

    private static bool IsDomainRecord(Type type) =>
        type is { IsNested: false } && type.GetMethod("<Clone>$") is not null
        && !OfRequestOrRow().IsMatch(type.Name)
        && !type.GetProperties().Any(property => property.PropertyType.Name == "ApiAnswer" || property.PropertyType.Namespace!.StartsWith("Azure", StringComparison.Ordinal));

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, Rooms.Product), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex("(Fields|Request|Query|Rows)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfRequestOrRow();

    [GeneratedRegex(@"^namespace (?<space>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"^using (static )?(?<space>PaySg\.Functions\.[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();

    /// <summary>What the worker's SDK generates is in none.</summary>
    private sealed class InAnyRoom : ICustomRule
    {
        public bool MeetsRule(Mono.Cecil.TypeDefinition type) => Rooms.Of(InRoom.Outermost(type).Namespace) is not null;
    }

    private sealed class InRoom(string room) : ICustomRule
    {
        public bool MeetsRule(Mono.Cecil.TypeDefinition type) => Rooms.Of(Outermost(type).Namespace) == room;

        public static Mono.Cecil.TypeDefinition Outermost(Mono.Cecil.TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
    }

    private sealed class Among(IReadOnlyList<Type> types) : ICustomRule
    {
        private readonly HashSet<string> names = [.. types.Select(type => type.FullName!.Replace('+', '/'))];

        public bool MeetsRule(Mono.Cecil.TypeDefinition type) => names.Contains(type.FullName);
    }
}
