namespace PaySg.Functions.Tests.Docs;

/// <summary>What a receiver is asked to verify, and what it must find.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Body">The raw body, in Base64.</param>
/// <param name="Header">The header <c>PaySG-Signature</c>.</param>
/// <param name="Secret">The endpoint's secret.</param>
/// <param name="NowMs">When it is verified, in Unix milliseconds.</param>
/// <param name="IsGenuine">Whether the receiver must take it.</param>
internal sealed record SignedDelivery(string Name, string Body, string Header, string Secret, long NowMs, bool IsGenuine);
