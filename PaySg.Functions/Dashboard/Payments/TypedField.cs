namespace PaySg.Functions.Dashboard.Payments;

/// <summary>A field of a payment, as officers type it.</summary>
/// <param name="Name">What it is called in a form and in a file.</param>
/// <param name="Label">What officers call it.</param>
/// <param name="MaxLength">How many characters it takes.</param>
/// <param name="IsRequired">Whether a payment must have it.</param>
internal sealed record TypedField(string Name, string Label, int MaxLength, bool IsRequired = false);
