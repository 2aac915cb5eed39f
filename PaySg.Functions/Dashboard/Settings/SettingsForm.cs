using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>The form of the settings as it is shown.</summary>
/// <param name="Stored">The payment service as it is, and the version that the form is of.</param>
/// <param name="TextOf">What stands in a field, by its name.</param>
/// <param name="Errors">What is wrong, by fields.</param>
/// <param name="Refusal">Why nothing was saved although no field is wrong; null: nothing is to be said.</param>
/// <param name="IsSaved">Whether it was just saved.</param>
internal sealed record SettingsForm(StoredPaymentService Stored, Func<string, string> TextOf, IReadOnlyList<FieldError> Errors, string? Refusal, bool IsSaved)
{
    /// <summary>The settings as they are.</summary>
    public static SettingsForm Of(StoredPaymentService stored, bool isSaved) => new(stored, field => TypedSettings.TextOf(stored.Service, field), [], Refusal: null, isSaved);

    /// <summary>What was typed, and was not saved.</summary>
    public static SettingsForm Again(StoredPaymentService stored, Func<string, string> typed, IReadOnlyList<FieldError> errors, string? refusal) => new(stored, typed, errors, refusal, IsSaved: false);
}
