namespace PaySg.Functions.PaymentLinks;

/// <summary>A method that payment links can be paid by.</summary>
/// <param name="Code">Its code, in which case matters, such as <c>VA_BRI</c>.</param>
/// <param name="Name">Its name, such as <c>VA BRI</c>.</param>
/// <param name="Group">Its kind: <c>qris</c>, <c>va</c>, <c>ewallet</c>, <c>offline_store</c> or <c>card</c>.</param>
/// <param name="Description">What it is, in words for payers.</param>
public sealed record PaymentLinkMethod(string Code, string Name, string Group, string Description);
