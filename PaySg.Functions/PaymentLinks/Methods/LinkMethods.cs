using System.Buffers.Binary;

namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary>What a payer needs to pay by a method: made here, as the sandbox has no banks that would give account numbers out.</summary>
internal sealed class LinkMethods(IRandomSource random)
{
    private const ulong Numbers = 10_000_000_000_000_000;

    /// <summary>The method, made out for one payment.</summary>
    /// <param name="method">One of <see cref="PaymentLinkMethods"/>.</param>
    /// <param name="rupiah">What is to be paid.</param>
    /// <param name="reffNo">The attempt.</param>
    public LinkMethod MakeOut(PaymentLinkMethod method, long rupiah, string reffNo) =>
        new LinkMethod(method.Code, method.Name, method.Group == PaymentLinkMethod.Qris ? QrisText.Of(rupiah, reffNo) : Number());

    private string Number() => (BinaryPrimitives.ReadUInt64BigEndian(random.Bytes(8)) % Numbers).ToString("D16", CultureInfo.InvariantCulture);
}
