using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

public sealed class PaymentCursorTests
{
    private static readonly Gen<string> Ids =
        Gen.Choose(0, 63).ArrayOf(PaymentId.Length).Select(digits => string.Concat(digits.Select(digit => SortableAlphabet.Encode(digit, 1))));

    [Fact]
    public void A_cursor_leads_back_to_its_payment_and_needs_no_escape_in_a_URL() => Properties.Hold(Ids, id =>
    {
        Assert.Equal(id, PaymentCursor.Parse(PaymentCursor.Of(id)));
        Assert.True(SortableAlphabet.Contains(PaymentCursor.Of(id)));
    });

    [Fact]
    public void A_text_is_the_cursor_that_was_given_out_or_none() => Properties.Hold(Gen.OneOf(Properties.CodeUnits, Properties.Texts), text =>
        Assert.Null(PaymentCursor.Parse(text)));

    [Fact]
    public void A_cursor_with_one_character_changed_is_another_payments_or_none() =>
        Properties.Hold(Ids.Zip(Gen.Choose(0, 38)).Zip(Gen.Choose(0, 0xFF)), given =>
        {
            var ((id, place), character) = given;
            var cursor = PaymentCursor.Of(id);
            var changed = $"{cursor[..(place % cursor.Length)]}{(char)character}{cursor[((place % cursor.Length) + 1)..]}";

            if (PaymentCursor.Parse(changed) is { } found)
                Assert.Equal(changed, PaymentCursor.Of(found));
        });
}
