using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;

namespace PaySg.Functions.Pages.Payments;

/// <summary>How a method of the gateway is offered to payers.</summary>
/// <param name="Offered">The method.</param>
/// <param name="Name">What payers call it.</param>
/// <param name="Hint">What it takes.</param>
internal sealed record PayerMethod(OfferedMethod Offered, string Name, string Hint)
{
    /// <summary>Its name in forms and at the gateway.</summary>
    public string Kind => Offered.Kind;

    /// <summary>The methods of a gateway, in its order. One that has no words here is a mistake of ours.</summary>
    public static IReadOnlyList<PayerMethod> Of(IReadOnlyList<OfferedMethod> methods, MethodsTexts say) => [.. methods.Select(method => method.Kind switch
    {
        MethodKinds.Card => new PayerMethod(method, say.Card, say.CardBrands),
        MethodKinds.PayNow => new PayerMethod(method, say.PayNow, say.PayNowHint),
        _ => throw new InvalidOperationException($"The method {method.Kind} has no words on the page."),
    })];
}
