using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

/// <summary>What is signed by a hash that others used before, or use at the same time, is signed as by one of its own.</summary>
[Trait("Category", "Rules")]
public sealed class RequestSignatureTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 64).Select(number => (byte)number)];

    [Fact]
    public void A_hash_that_is_used_again_knows_nothing_of_what_it_hashed_before()
    {
        var signature = new RequestSignature("SharedKey", "acc", Key);

        foreach (var signed in (string[])["", "a", "", new string('x', 1000), "a"])
            Assert.Equal(Expected(signed), signature.Of(Encoding.UTF8.GetBytes(signed)));
    }

    [Fact]
    public void Requests_at_the_same_time_are_signed_each_by_itself()
    {
        var signature = new RequestSignature("SharedKey", "acc", Key);

        Parallel.For(0, 2000, number => Assert.Equal(Expected($"{number}"), signature.Of(Encoding.UTF8.GetBytes($"{number}"))));
    }

    private static string Expected(string signed) => $"SharedKey acc:{Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(signed)))}";
}
