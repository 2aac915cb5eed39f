#!/usr/bin/env bash
# StandardWebhooks 1.1.2 (NuGet, MIT), the library of Standard Webhooks for .NET, never tries the last of several signatures.
#
# The specification lets a sender put several signatures, separated by spaces, into `webhook-signature`, so that a secret can be rotated: a receiver takes the
# request if any of them matches. This library takes a lone signature, and each of several but the last one. So a sender that signs with the new secret and then
# with the old one, as is natural, is refused by each .NET receiver that still has the old secret, for as long as the rotation lasts.
#
# Seen (secret A was rotated to B; "A B" is the header with the signatures of A and B in this order):
#     header "A"      secret A: taken
#     header "B"      secret A: refused
#     header "A B"    secret A: taken     secret B: refused   <- the surprise
#     header "B A"    secret A: refused   secret B: taken     <- the surprise
#     header "B A A"  secret A: taken     secret B: taken
#
# Why it matters here: webhooks are signed by both secrets during a rotation. The product sends "B A A": the last one twice, which every published verifier takes.
#
# Needs the .NET SDK and NuGet. Exits 0 while the behaviour is as described, 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > probe.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="StandardWebhooks" Version="[1.1.2]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

const string Id = "msg_1";
const string Body = "{\"a\":1}";
var now = DateTimeOffset.UtcNow;
var a = new StandardWebhook("whsec_" + Convert.ToBase64String(new byte[32]));
var b = new StandardWebhook("whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()));
var signatures = new Dictionary<char, string> { ['A'] = a.Sign(Id, now, Body), ['B'] = b.Sign(Id, now, Body) };

string Ask(StandardWebhook receiver, string header)
{
    try
    {
        receiver.Verify(Body, new HeaderDictionary
        {
            ["webhook-id"] = Id,
            ["webhook-timestamp"] = now.ToUnixTimeSeconds().ToString(),
            ["webhook-signature"] = string.Join(' ', header.Where(char.IsLetter).Select(letter => signatures[letter])),
        });
        return "taken";
    }
    catch (WebhookVerificationException)
    {
        return "refused";
    }
}

foreach (var header in new[] { "A", "B", "A B", "B A", "B A A" })
    Console.WriteLine($"{header}: A {Ask(a, header)}, B {Ask(b, header)}");
CS

seen=$(dotnet run 2>&1)
echo "$seen"
expected='A: A taken, B refused
B: A refused, B taken
A B: A taken, B refused
B A: A refused, B taken
B A A: A taken, B taken'
if [[ "$seen" != "$expected" ]]; then
  echo "StandardWebhooks 1.1.2 no longer behaves as described." >&2
  exit 1
fi
