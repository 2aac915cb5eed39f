using System.Globalization;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class PayNowQrTests
{
    private const string Reference = "-abcdefcode0123456789";
    private static readonly DateTimeOffset GoodUntil = new(2026, 1, 15, 17, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_bank_reads_who_is_paid_how_much_and_for_what()
    {
        var code = Parse(PayNowQr.Of("T99XX9999X", "Demo agency", 1130, Reference, GoodUntil));
        var account = Parse(code["26"]);

        Assert.Equal(["00", "01", "26", "52", "53", "54", "58", "59", "60", "62", "63"], code.Keys);
        Assert.Equal(("01", "12"), (code["00"], code["01"]));
        Assert.Equal(["00", "01", "02", "03", "04"], account.Keys);
        Assert.Equal(("SG.PAYNOW", "2", "T99XX9999X", "0", "20260116010405"), (account["00"], account["01"], account["02"], account["03"], account["04"]));
        Assert.Equal(("0000", "702", "11.30", "SG", "Demo agency", "Singapore"), (code["52"], code["53"], code["54"], code["58"], code["59"], code["60"]));
        Assert.Equal(Reference, Assert.Single(Parse(code["62"]), field => field.Key == "01").Value);
    }

    [Theory]
    [InlineData(1, "0.01")]
    [InlineData(50, "0.50")]
    [InlineData(100, "1.00")]
    [InlineData(20_000_000, "200000.00")]
    [InlineData(99_999_999, "999999.99")]
    public void An_amount_is_in_dollars_with_two_decimals(long cents, string expected)
    {
        Assert.Equal(expected, Parse(PayNowQr.Of("T99XX9999X", "A", cents, Reference, GoodUntil))["54"]);
    }

    [Theory]
    [InlineData("Ministry of Very Long Names and Longer Titles", "Ministry of Very Long")]
    [InlineData("Ministry of Very Long Na  me", "Ministry of Very Long Na")]
    [InlineData("Ministry of Very Long Nam es", "Ministry of Very Long Nam")]
    [InlineData("Ministry of Very Long Nam", "Ministry of Very Long Nam")]
    [InlineData("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsges")]
    [InlineData("卫生部 MOH", "MOH")]
    [InlineData("卫生部", "NA")]
    [InlineData("தமிழ் முரசு", "NA")]
    [InlineData("Café", "Cafe")]
    [InlineData("Café Ñandú & Müller Straße 1", "Cafe Nandu & Muller")]
    [InlineData("ＦＵＬＬ", "FULL")]
    [InlineData("😀", "NA")]
    [InlineData("", "NA")]
    public void A_name_is_cut_to_what_fits(string name, string expected)
    {
        Assert.Equal(expected, Parse(PayNowQr.Of("T99XX9999X", name, 1, Reference, GoodUntil))["59"]);
    }

    [Fact]
    public void The_sandbox_is_paid_at_a_UEN_of_no_entity_type()
    {
        Assert.Equal("XX", PayNowQr.SandboxUen.Substring(3, 2));
    }

    /// <summary>Reads as a bank's app does: objects one after the other, then the checksum, worked out bit by bit from the polynomial.</summary>
    private static Dictionary<string, string> Parse(string text)
    {
        var objects = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = 0;
        while (at < text.Length)
        {
            var length = int.Parse(text.AsSpan(at + 2, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            objects.Add(text.Substring(at, 2), text.Substring(at + 4, length));
            at += 4 + length;
        }

        Assert.Equal(text.Length, at);
        if (objects.TryGetValue("63", out var checksum))
            Assert.Equal(Remainder(text[..^4]), Convert.ToInt32(checksum, 16));
        return objects;
    }

    /// <summary>The remainder of the message, its first 16 bits inverted, times x^16, divided by x^16 + x^12 + x^5 + 1.</summary>
    private static int Remainder(string message)
    {
        var bits = message.SelectMany(character => Enumerable.Range(0, 8).Select(bit => (character >> (7 - bit)) & 1)).Concat(new int[16]).ToArray();
        for (var i = 0; i < 16; i++)
            bits[i] ^= 1;
        for (var i = 0; i + 16 < bits.Length; i++)
        {
            if (bits[i] == 0)
                continue;
            foreach (var power in (int[])[16, 12, 5, 0])
                bits[i + 16 - power] ^= 1;
        }

        return bits[^16..].Aggregate(0, (value, bit) => (value << 1) | bit);
    }
}
