using PaySg.Functions.Languages;

namespace PaySg.Functions.Pages;

/// <summary>What is wrong in a form. It is put into words when it is shown: which language that is in may not be known before.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Message">What to do.</param>
internal sealed record FormError(string Field, Func<FormTexts, string> Message);
