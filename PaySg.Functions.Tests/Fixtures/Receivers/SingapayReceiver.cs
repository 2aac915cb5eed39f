namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A merchant's receiver in Node.js, written from Singapay's documentation: it shares no line with what signs.</summary>
internal static class SingapayReceiver
{
    private const string Script =
        """
        const { createHash, createHmac, timingSafeEqual } = require('crypto');
        const sorted = (value) => Array.isArray(value) ? value.map(sorted)
          : value && typeof value === 'object'
            ? Object.fromEntries(Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((key) => [key, sorted(value[key])]))
          : value;
        const verify = ({ body, headers, endpoint, secret, now }) => {
          if (Math.abs(now - Number(headers['x-timestamp'])) > 300) return false;
          const digest = createHash('sha256').update(JSON.stringify(sorted(JSON.parse(Buffer.from(body, 'base64').toString('utf8'))))).digest('hex');
          const token = headers.authorization.replace(/^Bearer /, '');
          const message = ['POST', endpoint, token, digest, headers['x-timestamp']].join(':');
          const expected = Buffer.from(createHmac('sha512', secret).update(message).digest('hex'));
          const given = Buffer.from(headers['x-signature']);
          return given.length === expected.length && timingSafeEqual(given, expected);
        };
        process.stdout.write(JSON.stringify(verify(JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')))));
        """;

    /// <summary>Whether it takes a webhook to be genuine.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="endpoint">Path and query of the URL that the merchant registered.</param>
    /// <param name="secret">The client secret that the merchant keeps.</param>
    /// <param name="now">The time on the merchant's clock.</param>
    public static Task<bool> AcceptsAsync(Received webhook, string endpoint, string secret, DateTimeOffset now)
    {
        var headers = webhook.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value, StringComparer.Ordinal);
        return Node.AskAsync<bool>(
            ["-e", Script], new { body = Convert.ToBase64String(webhook.Body), headers, endpoint, secret, now = now.ToUnixTimeSeconds() });
    }
}
