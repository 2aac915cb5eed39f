#!/usr/bin/env bash
# Azure.Data.Tables 12.13.0: a client for an endpoint whose host is an IPv6 address is made without a word, and then every request ends with a
# FormatException before anything is sent. Azure.Storage.Queues 12.28.1 uses the same address of the same account.
#
# Seen (nothing listens at the port):
#   127.0.0.1 tables: RequestFailedException (connection refused)    127.0.0.1 queues: RequestFailedException (connection refused)
#   [::1] tables: FormatException                                    [::1] queues: RequestFailedException (connection refused)
#
# It matters here because an app with such a setting would start, take queue messages and fail on each. PaySg.Functions/Platform/Storage/TableEndpoint.cs
# refuses the setting at the start. Exits 1 when this changes.
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
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Azure.Data.Tables" Version="12.13.0" />
    <PackageReference Include="Azure.Storage.Queues" Version="12.28.1" />
  </ItemGroup>
</Project>
XML
cat > App.cs <<'CS'
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Queues;

var key = Convert.ToBase64String(new byte[32]);
var tables = new TableClientOptions { Retry = { MaxRetries = 0 } };
var queues = new QueueClientOptions { Retry = { MaxRetries = 0 } };
foreach (var host in new[] { "127.0.0.1", "[::1]" })
{
    var endpoint = new Uri($"http://{host}:9/account");
    await TryAsync($"{host} tables", () => new TableClient(endpoint, "things", new TableSharedKeyCredential("account", key), tables).GetEntityAsync<TableEntity>("p", "r"));
    await TryAsync($"{host} queues", () => new QueueServiceClient(endpoint, new StorageSharedKeyCredential("account", key), queues).GetQueueClient("things").SendMessageAsync("m"));
}

static async Task TryAsync(string what, Func<Task> send)
{
    try
    {
        await send();
    }
    catch (Exception fault)
    {
        Console.WriteLine($"{what}: {fault.GetType().Name}");
    }
}
CS
seen=$(dotnet run -v q)
echo "$seen"
[[ $seen == *"127.0.0.1 tables: RequestFailedException"* && $seen == *"[::1] tables: FormatException"* && $seen == *"[::1] queues: RequestFailedException"* ]]
