using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PaySg.Functions.Tests.Docs;

public static class PaySgSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsValid(byte[] rawBody, string header, string secret, DateTimeOffset now)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        var sent = parts.FirstOrDefault(part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (!long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || Math.Abs(now.ToUnixTimeMilliseconds() - milliseconds) > Tolerance.TotalMilliseconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{sent}."), .. rawBody];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return parts
            .Where(part => part.StartsWith("v1=", StringComparison.Ordinal))
            .Any(part => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[3..]), Encoding.UTF8.GetBytes(expected)));
    }
}
