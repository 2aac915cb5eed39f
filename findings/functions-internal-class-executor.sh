#!/usr/bin/env bash
# Microsoft.Azure.Functions.Worker.Sdk 2.1.0 with Microsoft.Azure.Functions.Worker.Core 2.52.0: a function whose class is internal is found and runs like any other, but the generated
# executor does not call it. For every call it makes a new DefaultFunctionExecutor and puts it into a field that all calls share. That executor keeps the
# compiled call of each function in a dictionary of its own, so the call is compiled anew each time. Nothing warns of it.
#
# Seen: the generated source assigns `_defaultExecutor` inside ExecuteAsync, and the branch of the internal function awaits it; the branch of the public
# function calls the method. The cache of DefaultFunctionExecutor is an instance field. With FunctionsEnableExecutorSourceGen=false no executor is generated
# and one DefaultFunctionExecutor serves all calls.
#
# It matters here because nothing of the app is public: PaySg.Functions.csproj turns the generated executor off. Exits 1 when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '<Project />' | tee Directory.Build.props > Directory.Packages.props
cat > app.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
    <AzureFunctionsVersion>v4</AzureFunctionsVersion>
    <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
    <NoWarn>NU1603</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="Microsoft.Azure.Functions.Worker" Version="2.52.0" />
    <PackageReference Include="Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore" Version="2.1.1" />
    <PackageReference Include="Microsoft.Azure.Functions.Worker.Sdk" Version="2.1.0" />
  </ItemGroup>
</Project>
XML
cat > App.cs <<'CS'
using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

var executor = typeof(FunctionContext).Assembly.GetType("Microsoft.Azure.Functions.Worker.Invocation.DefaultFunctionExecutor", throwOnError: true)!;
foreach (var field in executor.GetFields(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Where(field => typeof(IDictionary).IsAssignableFrom(field.FieldType)))
    Console.WriteLine($"cache: {(field.IsStatic ? "static" : "instance")}");

internal sealed class Inner
{
    [Function("Inner")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();
}

public sealed class Outer
{
    [Function("Outer")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();
}
CS
dotnet build -v q -nologo | grep -E "error" && exit 1
generated=$(find obj -name GeneratedFunctionExecutor.g.cs)
body=$(sed -n '/ExecuteAsync(/,/private .*CreateDefaultExecutorInstance/p' "$generated")
seen=$(dotnet bin/Debug/net10.0/app.dll)
assigned=$(grep -c '_defaultExecutor = new Lazy' <<<"$body" || true)
inner=$(grep -A2 '"Inner.Run"' <<<"$body" | grep -c '_defaultExecutor.Value.ExecuteAsync' || true)
outer=$(grep -A5 '"Outer.Run"' <<<"$body" | grep -c 'i.Run(' || true)
echo "assigned for each call: $assigned; internal function by the default executor: $inner; public function called directly: $outer; $seen"
[[ $assigned == 1 && $inner == 1 && $outer == 1 && $seen == "cache: instance" ]]
