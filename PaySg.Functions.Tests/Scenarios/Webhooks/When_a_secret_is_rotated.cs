using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Tests.Fixtures;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Receivers verify with the published library of Standard Webhooks, and with PaySG's own header.</summary>
public sealed class When_a_secret_is_rotated
{
    [Fact]
    public async Task Should_sign_by_both_secrets_until_the_old_one_expires()
    {
        await using var app = await WebhookApp.StartAsync();
        var (id, old) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.Receiver.Url));
        await app.EventAsync();
        var before = (await app.Receiver.WaitForAsync(1))[0];

        var rotated = (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/rotate-secret", """{"expires_in_seconds":3600}""")).Expect(HttpStatusCode.OK);
        var current = rotated["secret"]!;
        app.Clock.Shift += TimeSpan.FromSeconds(11);
        await app.EventAsync();
        var during = (await app.Receiver.WaitForAsync(2))[1];
        app.Clock.Shift += TimeSpan.FromHours(1);
        await app.EventAsync();
        var after = (await app.Receiver.WaitForAsync(3))[2];

        Assert.Equal(["y/n", "y/y", "n/y"], await VerifyAsync("standardwebhooks", old, current, before, during, after));
        Assert.Equal(["y/n", "y/y", "n/y"], await VerifyAsync("svix", old, current, before, during, after));
        Assert.Equal(["y/n", "y/y", "n/y"], new[] { before, during, after }.Select(webhook => $"{TakenInDotNet(old, webhook)}/{TakenInDotNet(current, webhook)}"));
        Assert.Equal([1, 2, 1], new[] { before, during, after }.Select(webhook => webhook.Headers["PaySG-Signature"].Split("v1=").Length - 1));
        Assert.True(Docs.PaySgSignature.IsValid(during.Body, during.Headers["PaySG-Signature"], old, app.Clock.GetUtcNow() - TimeSpan.FromHours(1)));
        Assert.True(Docs.PaySgSignature.IsValid(during.Body, during.Headers["PaySG-Signature"], current, app.Clock.GetUtcNow() - TimeSpan.FromHours(1)));
        Assert.False(Docs.PaySgSignature.IsValid(after.Body, after.Headers["PaySG-Signature"], old, app.Clock.GetUtcNow()));
        Assert.DoesNotContain(await StoredRows.OfAsync(app.App.Connection, "paysgwebhooks", ""), row =>
            row.Keys.Select(name => row[name]).OfType<string>().Any(text => text.Contains(old, StringComparison.Ordinal) || text.Contains(current, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"expires_in_seconds":-1}""")]
    [InlineData("""{"expires_in_seconds":604801}""")]
    [InlineData("""{"expires_in_seconds":"1"}""")]
    public async Task Should_refuse_an_overlap_that_is_none(string body)
    {
        await using var app = await WebhookApp.StartAsync();
        var id = await app.EndpointAsync("*");

        Assert.Equal(["expires_in_seconds"], (await app.Client.PostAsync(ApiClient.EndpointPath(id) + "/rotate-secret", body)).Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    /// <summary>
    /// Whether the library for .NET takes the webhook. It knows no other clock than the machine's: so the headers are made as the product makes them, and its
    /// own signatures of this moment stand in the places of those that were sent.
    /// </summary>
    private static string TakenInDotNet(string secret, Received webhook)
    {
        var library = new StandardWebhook(secret);
        var body = Encoding.UTF8.GetString(webhook.Body);
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(webhook.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        var now = TimeProvider.System.GetUtcNow();
        var own = library.Sign(webhook.EventId, sentAt, body);
        var signatures = webhook.Headers["webhook-signature"].Split(' ').Select(sent => sent == own ? library.Sign(webhook.EventId, now, body) : sent);
        try
        {
            library.Verify(body, new HeaderDictionary
            {
                ["webhook-id"] = webhook.EventId,
                ["webhook-timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["webhook-signature"] = string.Join(' ', signatures),
            });
            return "y";
        }
        catch (WebhookVerificationException)
        {
            return "n";
        }
    }

    /// <summary>For each webhook, whether the library takes it under either secret. Its clock is that of the delivery.</summary>
    private static Task<string[]> VerifyAsync(string library, string old, string current, params Received[] webhooks) => Node.AskAsync<string[]>(
        [
            "-e",
            """
            const [module, old, current, input] = process.argv.slice(1);
            const { Webhook } = require(module);
            const takes = (secret, webhook) => {
              const now = Date.now;
              Date.now = () => Number(webhook.headers['webhook-timestamp']) * 1000;
              try { new Webhook(secret).verify(Buffer.from(webhook.body, 'base64').toString('utf8'), webhook.headers); return 'y'; } catch { return 'n'; } finally { Date.now = now; }
            };
            const webhooks = JSON.parse(require('fs').readFileSync(input, 'utf8'));
            process.stdout.write(JSON.stringify(webhooks.map(webhook => takes(old, webhook) + '/' + takes(current, webhook))));
            """,
            Path.Combine(Docs.Document.Repository.Root, "node_modules", library),
            old,
            current,
        ],
        webhooks.Select(webhook => new
        {
            body = Convert.ToBase64String(webhook.Body),
            headers = webhook.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
        }));
}
