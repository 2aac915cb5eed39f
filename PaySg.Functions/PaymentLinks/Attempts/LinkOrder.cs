using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>What a payer asks for on a link.</summary>
/// <param name="Claim">The link.</param>
/// <param name="ChosenMethod">The method that the payer chose.</param>
/// <param name="Customer">What the payer said of themselves.</param>
/// <param name="Method">What the gateway needs to charge by it.</param>
public sealed record LinkOrder(PaymentLinkClaim Claim, PaymentLinkMethod ChosenMethod, LinkCustomer Customer, PaymentMethod Method);
