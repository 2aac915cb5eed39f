namespace PaySg.Functions.Dashboard.Payments;

/// <summary>The steps of a payment's page, as its address and its forms name them.</summary>
internal static class PaymentSteps
{
    public const string Refund = "refund";
    public const string Confirm = "confirm";
    public const string Cancel = "cancel";
    public const string Send = "send";
    public const string Created = "created";
    public const string Done = "done";
}
