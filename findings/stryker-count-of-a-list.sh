#!/usr/bin/env bash
# dotnet-stryker 5.1.0: the property Count of a list is taken for LINQ's Count() and mutated to Sum, which does not compile. What stands around it is taken
# out together with it: `guests.Count == 2` gets no mutant at all, and neither mutant is in the score. Nothing warns of it. Ignoring the mutation in the
# configuration ("ignore-mutations": ["linq"]) does not help, because mutants are ignored after they were compiled.
#
# Seen: of the four functions below, which differ in how they count to two, `!=` in place of `==` is a compile error in the first and is tested in the others:
# with an array's Length, a property pattern, and a comment that disables the mutation, because then it is not compiled.
#
# It matters here because the score must be 100 %, and a rule whose mutants are dropped counts as one that is tested: files that are listed in
# stryker-config.json count by patterns or arrays. Exits 1 when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
echo '<Project />' | tee Directory.Build.props > Directory.Packages.props
mkdir app tests
cat > app/app.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
</Project>
XML
cat > app/Room.cs <<'CS'
public static class Room
{
    public static bool ByProperty(IReadOnlyList<int> guests) => guests.Count == 2;

    public static bool ByLength(int[] guests) => guests.Length == 2;

    public static bool ByPattern(IReadOnlyList<int> guests) => guests is { Count: 2 };

    // Stryker disable once Linq: a property, which is not LINQ's.
    public static bool WithComment(IReadOnlyList<int> guests) => guests.Count == 2;
}
CS
cat > tests/tests.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <IsPackable>false</IsPackable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="17.14.1" />
    <PackageReference Include="xunit" Version="2.9.3" />
    <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
    <ProjectReference Include="../app/app.csproj" />
  </ItemGroup>
</Project>
XML
cat > tests/RoomTests.cs <<'CS'
using Xunit;

public class RoomTests
{
    [Fact]
    public void Two_are_two() => Assert.True(Room.ByProperty([1, 2]) && Room.ByLength([1, 2]) && Room.ByPattern([1, 2]) && Room.WithComment([1, 2]));
}
CS
echo '{ "stryker-config": { "reporters": ["json"], "ignore-mutations": ["linq"] } }' > tests/stryker-config.json
dotnet tool install dotnet-stryker --version 5.1.0 --tool-path tools >/dev/null
(cd tests && ../tools/dotnet-stryker --concurrency 1 >log 2>&1) || { cat tests/log; exit 1; }
# Mutants of one file in the order of its lines: its status, and the text in the place of the original.
seen=$(cat tests/StrykerOutput/*/reports/mutation-report.json | node -e '
  const report = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  const mutants = Object.values(report.files).flatMap(file => file.mutants).filter(mutant => mutant.mutatorName === "Equality mutation");
  console.log(mutants.sort((a, b) => a.location.start.line - b.location.start.line).map(mutant => `${mutant.replacement}: ${mutant.status}`).join("; "));')
echo "$seen"
[[ $seen == "guests.Count != 2: CompileError; guests.Length != 2: Killed; guests is not { Count: 2 }: Killed; guests.Count != 2: Killed" ]]
