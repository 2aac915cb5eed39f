namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary>The method that a payer chose on a link.</summary>
/// <param name="Code">Its code, such as <c>VA_BRI</c>.</param>
/// <param name="Name">Its name, such as <c>VA BRI</c>.</param>
/// <param name="Value">What the payer needs to pay by it: the text of a QR code, an account number, a code for the counter.</param>
public sealed record LinkMethod(string Code, string Name, string Value);
