namespace PaySg.Functions.Platform.Errors;

/// <summary>One mistake in a request.</summary>
/// <param name="Field">The field's path, such as <c>line_items[2].description</c>.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record FieldError(string Field, string Message);
