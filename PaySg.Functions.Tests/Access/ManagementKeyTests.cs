using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

/// <summary>The gate of the management API by itself. <see cref="ManagementGateTests"/> calls through it.</summary>
[Trait("Category", "Rules")]
public sealed class ManagementKeyTests : IDisposable
{
    private const string Key = "the-key-of-this-year-1234";
    private const string PreviousKey = "the-key-of-last-year-1234";
    private const string Inside = "10.20.30.40";
    private const string Outside = "10.21.0.1";
    private readonly SkippingClock clock = new();
    private readonly LogLines log = new();
    private readonly ILoggerFactory logs;

    public ManagementKeyTests() => logs = LoggerFactory.Create(logging => logging.AddProvider(log));

    public void Dispose()
    {
        logs.Dispose();
        log.Dispose();
    }

    [Fact]
    public void The_key_and_the_one_before_it_let_in_and_no_other()
    {
        var gate = Gate(Digest(Key), Digest(PreviousKey));

        gate.Authorize(Request(Key));
        gate.Authorize(Request(PreviousKey));
        foreach (var other in (string[])["", Key + "5", Key[..^1], Key.ToUpperInvariant(), "another"])
            Assert.Equal((401, "invalid_management_key"), Refused(() => gate.Authorize(Request(other))));
    }

    [Fact]
    public void Where_there_is_no_key_before_it_that_one_does_not_let_in()
    {
        var gate = Gate(Digest(Key));

        gate.Authorize(Request(Key));
        Assert.Equal((401, "invalid_management_key"), Refused(() => gate.Authorize(Request(PreviousKey))));
    }

    [Fact]
    public void Without_a_key_there_is_no_such_API_not_even_for_who_sends_none()
    {
        var gate = Gate(null);

        Assert.Equal((404, "not_found"), Refused(() => gate.Authorize(Request(Key))));
        Assert.Equal((404, "not_found"), Refused(() => gate.Authorize(Request(""))));
        Assert.Equal((404, "not_found"), Refused(() => gate.ThrowIfClosed(Request(Key, path: "/management/payment-services"))));
        gate.ThrowIfClosed(Request(Key, path: "/managements"));
        gate.ThrowIfClosed(Request(Key, path: "/v1/management"));
    }

    [Theory]
    [InlineData("/management")]
    [InlineData("/Management/accounts")]
    public void Where_it_is_open_its_paths_take_methods(string path)
    {
        Gate(Digest(Key)).ThrowIfClosed(Request("", path: path));
        Networks(Digest(Key)).ThrowIfClosed(Request("", Inside, path));
        Assert.Equal((404, "not_found"), Refused(() => Networks(Digest(Key)).ThrowIfClosed(Request("", Outside, path))));
    }

    [Fact]
    public void From_another_network_there_is_no_such_API_whatever_the_key_and_a_line_says_who_asked()
    {
        var gate = Networks(Digest(Key));

        gate.Authorize(Request(Key, Inside));
        Assert.Empty(log.All);
        Assert.Equal((404, "not_found"), Refused(() => gate.Authorize(Request(Key, Outside))));
        Assert.Equal((404, "not_found"), Refused(() => gate.Authorize(Request(Key, address: null))));
        Assert.Equal([Outside, "unknown"], log.Of(1302).Select(line => line.Properties["Address"]));
    }

    [Fact]
    public void An_address_has_so_many_wrong_keys_at_once_and_gets_more_by_the_minute()
    {
        var gate = Gate(Digest(Key));
        for (var i = 0; i < ManagementGate.WrongAtOnce; i++)
            Assert.Equal(401, Refused(() => gate.Authorize(Request("wrong", Outside))).Status);

        var slowed = Assert.ThrowsAny<ApiException>(() => gate.Authorize(Request("wrong", Outside))).Error;

        Assert.Equal((429, "too_many_wrong_keys", TimeSpan.FromSeconds(60.0 / ManagementGate.WrongPerMinute)), (slowed.Status, slowed.Code, slowed.RetryAfter));
        Assert.Equal(401, Refused(() => gate.Authorize(Request("wrong", Inside))).Status);
        Assert.Equal(401, Refused(() => gate.Authorize(Request("", Outside))).Status);
        gate.Authorize(Request(Key, Outside));
        clock.Advance(slowed.RetryAfter!.Value - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.ThrowsAny<ApiException>(() => gate.Authorize(Request("wrong", Outside))).Error.RetryAfter);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(401, Refused(() => gate.Authorize(Request("wrong", Outside))).Status);
    }

    [Fact]
    public void A_wrong_key_is_noted_and_a_call_without_one_is_not()
    {
        var gate = Gate(Digest(Key));

        Refused(() => gate.Authorize(Request("", Outside)));
        Refused(() => gate.Authorize(Request("0011223344556677889900aabbccddee", Outside)));

        var line = Assert.Single(log.Of(1301));
        Assert.Equal(
            ("management_key", "unknown", "0011… (32 characters)", Outside),
            (line.Properties["Kind"], line.Properties["Reason"], line.Properties["Key"], line.Properties["Address"]));
    }

    private static ReadOnlyMemory<byte>? Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static (int Status, string Code) Refused(Action call)
    {
        var error = Assert.ThrowsAny<ApiException>(call).Error;
        return (error.Status, error.Code);
    }

    private static HttpRequest Request(string key, string? address = "192.0.2.1", string path = "/management/payment-services")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Path = path;
        if (key.Length > 0)
            context.Request.Headers["x-management-key"] = key;
        return context.Request;
    }

    private ManagementGate Networks(ReadOnlyMemory<byte>? key) => Gate(key, networks: "10.20.0.0/16");

    private ManagementGate Gate(ReadOnlyMemory<byte>? key, ReadOnlyMemory<byte>? previous = null, string? networks = null)
    {
        var settings = ReadSettings.OfAccess() with
        {
            ManagementKeyDigest = key,
            PreviousManagementKeyDigest = previous,
            ManagementNetworks = networks is null ? [] : [new AllowedNetwork(IPNetwork.Parse("192.168.0.0/16")), new AllowedNetwork(IPNetwork.Parse(networks))],
        };
        var addresses = new CallerAddress(settings);
        return new ManagementGate(settings, addresses, new WrongKeys(addresses, logs.CreateLogger<WrongKeys>()), clock, logs.CreateLogger<ManagementGate>());
    }
}
