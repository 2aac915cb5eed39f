using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Pages.PaymentLinks;

public sealed class FormKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly string Key = new IdGenerator(new SkippingClock(Now), FixedRandom.Middle).NewFormKey(Now);

    [Fact]
    public void A_form_is_good_until_its_time_is_over()
    {
        Assert.True(FormKey.IsGood(Key, Now));
        Assert.True(FormKey.IsGood(Key, Now + FormKey.GoodFor - TimeSpan.FromMilliseconds(1)));
        Assert.False(FormKey.IsGood(Key, Now + FormKey.GoodFor));
    }

    [Fact]
    public void A_clock_may_be_late_but_a_key_of_the_future_is_none_of_ours()
    {
        Assert.True(FormKey.IsGood(Key, Now - TimeSpan.FromMinutes(5)));
        Assert.False(FormKey.IsGood(Key, Now - TimeSpan.FromMinutes(6)));
    }

    [Fact]
    public void No_form_outlives_the_record_of_what_it_did() => Assert.True(FormKey.GoodFor + TimeSpan.FromHours(1) < ForgetIdempotencyKeys.KeptFor);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("att_01234567-89ab-7def-8123-456789abcdef")]
    [InlineData("form_01234567-89AB-7DEF-8123-456789ABCDEF")]
    [InlineData("form_x")]
    public void Another_text_is_no_key(string? text)
    {
        Assert.False(FormKey.IsKey(text));
        Assert.False(FormKey.IsGood(text, Now));
    }
}
