using System.Text;
using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What a payer scans.</summary>
internal static class StripePayNow
{
    public const long LeastCents = 50;
    public const long MostCents = 20_000_000;
    public static readonly TimeSpan RefundWindow = TimeSpan.FromDays(90);

    public static JsonObject NextAction(StripeIntent intent) => new()
    {
        ["type"] = "paynow_display_qr_code",
        ["paynow_display_qr_code"] = new JsonObject
        {
            ["data"] = Text(intent),
            ["hosted_instructions_url"] = $"https://payments.stripe.com/qr/instructions/{intent.Id}",
            ["image_url_png"] = $"https://qr.stripe.com/{intent.Id}.png",
            ["image_url_svg"] = $"https://qr.stripe.com/{intent.Id}.svg",
        },
    };

    /// <summary>An <c>SGQR</c> text (EMV merchant presented mode) with the intent's end as bill number.</summary>
    private static string Text(StripeIntent intent)
    {
        var account = Part("00", "SG.PAYNOW") + Part("01", "2") + Part("02", "201716150DSTR") + Part("03", "0");
        var amount = FormattableString.Invariant($"{intent.Amount / 100m:0.00}");
        var text = Part("00", "01") + Part("01", "12") + Part("26", account) + Part("52", "0000") + Part("53", "702") + Part("54", amount)
            + Part("58", "SG") + Part("59", "STRIPE") + Part("60", "Singapore") + Part("62", Part("01", intent.Id[^20..])) + "6304";
        return text + Checksum(text).ToString("X4", provider: null);
    }

    private static string Part(string tag, string value) => $"{tag}{value.Length:00}{value}";

    // CRC-16/CCITT-FALSE, as the EMV text asks for.
    private static ushort Checksum(string text)
    {
        ushort sum = 0xFFFF;
        foreach (var octet in Encoding.ASCII.GetBytes(text))
        {
            sum ^= (ushort)(octet << 8);
            for (var bit = 0; bit < 8; bit++)
                sum = (ushort)((sum & 0x8000) == 0 ? sum << 1 : (sum << 1) ^ 0x1021);
        }

        return sum;
    }
}
