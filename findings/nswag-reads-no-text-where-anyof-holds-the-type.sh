#!/usr/bin/env bash
# NSwag 14.7.1 (NuGet tool NSwag.ConsoleCore): a schema { "anyOf": [ { "type": "string", "enum": [...] }, { "type": "string" } ] } becomes a class without
# members, so its client throws on every good answer that holds such a text. OpenAPI 3.1 and JSON Schema say that the schema is any text; the list is there
# for readers, and this is the usual way to write a choice that will grow. With "type": "string" beside "anyOf", which changes nothing in what the schema
# takes, the member is a string.
#
# Why it matters here: Event.type and other open choices of the API's document. They say their type twice, and a test keeps it so.
# Exit code 1: NSwag does otherwise now, and the second "type" may go.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet tool install NSwag.ConsoleCore --version 14.7.1 --tool-path tools >/dev/null

# $1: what stands beside "anyOf".
document() {
  cat <<JSON
{ "openapi": "3.1.0", "info": { "title": "Events", "version": "1" }, "servers": [{ "url": "http://localhost" }],
  "paths": { "/event": { "get": { "operationId": "GetEvent", "responses": { "200": { "description": "It.",
    "content": { "application/json": { "schema": { "\$ref": "#/components/schemas/Event" } } } } } } } },
  "components": { "schemas": { "Event": { "type": "object", "required": ["type"], "properties": { "type": {
    $1 "anyOf": [{ "type": "string", "enum": ["created", "paid"] }, { "type": "string" }] } } } } } }
JSON
}

generate() {
  document "$1" >openapi.json
  tools/nswag openapi2csclient /input:openapi.json /output:Client.cs /namespace:Api /JsonLibrary:SystemTextJson /JsonLibraryVersion:9.0 >/dev/null
}

cat >read.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
</Project>
XML
cat >Program.cs <<'CS'
try { System.Console.WriteLine(System.Text.Json.JsonSerializer.Deserialize<Api.Event>("{\"type\":\"paid\"}").Type); }
catch (System.Text.Json.JsonException) { System.Console.WriteLine("JsonException"); }
CS
read_answer() { dotnet run --project read.csproj -v quiet 2>/dev/null | tail -1; }

generate ''
alone=$(read_answer)
generate '"type": "string",'
beside=$(read_answer)
echo "the type in the parts of anyOf alone: $alone"
echo "the type beside anyOf as well:        $beside"
[[ $alone == JsonException && $beside == paid ]]
