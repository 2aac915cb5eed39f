using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Ids;

public sealed class IdGeneratorTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(0x0123456789AB);
    private readonly SkippingClock clock = new(Now);

    [Fact]
    public void Ids_that_sort_are_uuids_of_version_7()
    {
        var lowest = new IdGenerator(clock, FixedRandom.Lowest);
        var highest = new IdGenerator(clock, FixedRandom.Highest);

        Assert.Equal("evt_01234567-89ab-7000-8000-000000000000", lowest.NewEventId(Now));
        Assert.Equal("evt_01234567-89ab-7fff-bfff-ffffffffffff", highest.NewEventId(Now));
        Assert.Equal("att_01234567-89ab-7000-8000-000000000000", lowest.NewAttemptId(Now));
        Assert.Equal("we_01234567-89ab-7fff-bfff-ffffffffffff", highest.NewWebhookEndpointId());
        Assert.Equal("key_01234567-89ab-7fff-bfff-ffffffffffff", highest.NewApiKeyId());
    }

    [Fact]
    public void Ids_that_tell_nothing_are_uuids_of_version_4()
    {
        Assert.Equal("payment_service_00000000-0000-4000-8000-000000000000", new IdGenerator(clock, FixedRandom.Lowest).NewPaymentServiceId());
        Assert.Equal("user_ffffffff-ffff-4fff-bfff-ffffffffffff", new IdGenerator(clock, FixedRandom.Highest).NewCreatorId());
    }

    [Fact]
    public void Ids_come_from_the_random_source_each_time_anew()
    {
        var ids = new IdGenerator(clock, new SystemRandomSource());
        Func<string>[] makers =
        [
            () => PaymentId.New("code", Now, ids.Random), () => ids.NewEventId(Now), () => ids.NewAttemptId(Now), ids.NewWebhookEndpointId,
            ids.NewPaymentServiceId, ids.NewApiKeyId, ids.NewCreatorId, ids.NewWebhookSecret, ids.NewRequestId, ids.NewWriteId,
        ];

        Assert.All(makers, make => Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => make()).Distinct(StringComparer.Ordinal).Count()));
    }

    [Fact]
    public void A_webhook_secret_is_32_bytes_in_base64()
    {
        var secret = new IdGenerator(clock, new FixedRandom(7)).NewWebhookSecret();

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat((byte)7, 32), Convert.FromBase64String(secret["whsec_".Length..]));
    }

    [Fact]
    public void Request_ids_service_codes_and_write_ids_have_their_forms()
    {
        var ids = new IdGenerator(clock, new SystemRandomSource());

        Assert.Matches("^req_[0-9a-f]{24}$", ids.NewRequestId());
        Assert.Matches("^[A-Za-z0-9_-]{4}$", PaymentService.NewCode(ids.Random));
        Assert.Matches("^[0-9a-f]{24}$", ids.NewWriteId());
    }

    [Fact]
    public void A_drawn_number_is_at_least_0_and_less_than_1()
    {
        Assert.Equal(0.0, FixedRandom.Lowest.NextDouble());
        Assert.InRange(FixedRandom.Highest.NextDouble(), 0.999_999_999, Math.BitDecrement(1.0));
    }
}
