using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Languages;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Tests.Languages;

public sealed class LanguageTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 19, 7, 4, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "19 Jul 2026", "19 Jul 2026, 15:04 (Singapore time)", "19 Jul 2026, 14:04 (Jakarta time)")]
    [InlineData("zh", "2026年7月19日", "2026年7月19日 15:04（新加坡时间）", "2026年7月19日 14:04（雅加达时间）")]
    [InlineData("ms", "19 Jul 2026", "19 Jul 2026, 15:04 (waktu Singapura)", "19 Jul 2026, 14:04 (waktu Jakarta)")]
    [InlineData("ta", "19 ஜூலை, 2026", "19 ஜூலை, 2026, 15:04 (சிங்கப்பூர் நேரம்)", "19 ஜூலை, 2026, 14:04 (ஜகார்த்தா நேரம்)")]
    [InlineData("id", "19 Jul 2026", "19 Jul 2026 pukul 15.04 (waktu Singapura)", "19 Jul 2026 pukul 14.04 WIB")]
    public void Dates_are_written_as_the_language_writes_them(string tag, string date, string singapore, string jakarta)
    {
        var say = Of(tag);

        Assert.Equal((date, singapore, jakarta), (say.Date(July), say.SingaporeTime(July), say.JakartaTime(July)));
    }

    [Theory]
    [InlineData("en", "S$1,234,567.80")]
    [InlineData("zh", "S$1,234,567.80")]
    [InlineData("ms", "S$1,234,567.80")]
    [InlineData("ta", "S$1,234,567.80")]
    [InlineData("id", "S$1.234.567,80")]
    public void Dollars_are_grouped_as_the_language_groups_them(string tag, string expected) => Assert.Equal(expected, Of(tag).Dollars(123_456_780));

    [Fact]
    public void Each_language_has_its_own_names_of_months() =>
        Assert.Equal(
            ["Aug", "8月", "Ogo", "ஆக.", "Agu"],
            Language.All.Select(language => language.Culture.DateTimeFormat.GetAbbreviatedMonthName(8)));

    [Theory]
    [InlineData("", "", "", "en")]
    [InlineData("ta", "ms", "zh", "ta")]
    [InlineData("", "ms", "zh", "ms")]
    [InlineData("", "", "zh", "zh")]
    [InlineData("", "", "zh-Hant-TW, en", "zh")]
    [InlineData("", "", "MS-MY", "ms")]
    [InlineData("", "", "fr, de;q=0.9", "en")]
    [InlineData("", "", "en;q=0.5, ta;q=0.8, fr", "ta")]
    [InlineData("", "", "zh;q=0, ms;q=0.1", "ms")]
    [InlineData("", "", "*", "en")]
    [InlineData("", "", "id", "en")]
    [InlineData("", "", "zh;q=nonsense", "en")]
    [InlineData("", "", ";;;,,\u0001", "en")]
    [InlineData("id", "", "", "en")]
    [InlineData("zh\"; path=/", "", "ms", "ms")]
    [InlineData("ZH", "", "ms", "ms")]
    [InlineData("", "klingon", "ms", "ms")]
    public void A_page_of_a_payment_is_in_the_language_that_is_wished_most(string cookie, string locale, string accepted, string expected) =>
        Assert.Equal(expected, Read("/payments/x", cookie, locale, accepted));

    [Theory]
    [InlineData("", "", "", "en")]
    [InlineData("", "", "id-ID,id;q=0.9,en;q=0.8", "id")]
    [InlineData("", "", "in", "id")]
    [InlineData("", "id", "en", "id")]
    [InlineData("en", "id", "id", "en")]
    [InlineData("zh", "", "id", "id")]
    public void A_page_of_a_link_is_in_Indonesian_or_English(string cookie, string locale, string accepted, string expected) =>
        Assert.Equal(expected, Read("/b2b/x", cookie, locale, accepted));

    [Fact]
    public void No_thread_is_given_a_culture_and_the_process_has_none()
    {
        _ = Language.All.Select(language => language.Texts.SingaporeTime(July)).ToList();

        Assert.Equal(CultureInfo.InvariantCulture, CultureInfo.CurrentCulture);
        Assert.Equal(CultureInfo.InvariantCulture, CultureInfo.DefaultThreadCurrentCulture);
        Assert.False(AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant);
    }

    [Fact]
    public void The_switch_keeps_what_an_address_of_ours_says_and_nothing_else()
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString("?step=details&method=card&lang=ms&evil=%22%3E%3Cscript%3E&step2=x&reason=" + new string('x', 200));

        Assert.Equal("?step=details&method=card&lang=zh", Reader.Of(request).AddressIn(Language.Chinese));
    }

    private static Texts Of(string tag) => Language.Find(Language.All, tag)!.Texts;

    private static string Read(string path, string cookie, string locale, string accepted)
    {
        var request = new DefaultHttpContext().Request;
        request.Path = path;
        request.Headers.AcceptLanguage = accepted;
        if (cookie.Length > 0)
            request.Headers.Cookie = $"lang={cookie}";
        return Reader.Of(request, locale).Say.Language.Tag;
    }
}
