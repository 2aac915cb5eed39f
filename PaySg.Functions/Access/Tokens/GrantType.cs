using Microsoft.AspNetCore.WebUtilities;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Access.Tokens;

/// <summary>
/// The one field of a token request, <c>grant_type</c>, as JSON or as a form. Older clients call it <c>grantType</c>.
/// </summary>
internal static class GrantType
{
    private const string Field = "grant_type";
    private const string OldField = "grantType";
    private const string Expected = "client_credentials";
    private const string Form = "application/x-www-form-urlencoded";
    private const int MaxLength = 100;

    /// <summary>Reads the body, which must ask for the one grant that there is.</summary>
    /// <exception cref="ApiException">400, 413, 415, or 422 where the field is missing or another.</exception>
    public static async Task RequireClientCredentialsAsync(ApiCall call)
    {
        var isForm = call.Request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true;
        var grant = isForm ? await ReadFormAsync(call) : await ReadJsonAsync(call);
        if (string.IsNullOrEmpty(grant))
            throw SingapayErrors.Invalid(Field, $"The grant_type field is required: {Expected}.");

        if (grant != Expected)
            throw SingapayErrors.Invalid(Field, $"The selected grant_type is invalid: it must be {Expected}.");
    }

    private static async Task<string?> ReadFormAsync(ApiCall call)
    {
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString((await RequestBody.ReadAsync(call.Request, call.ClientLeft)).Span));
        return fields.TryGetValue(Field, out var grant) || fields.TryGetValue(OldField, out grant) ? grant.ToString() : null;
    }

    private static async Task<string?> ReadJsonAsync(ApiCall call)
    {
        var fields = await call.ReadOptionalFieldsAsync();
        var grant = fields.OptionalText(fields.Has(Field) ? Field : OldField, MaxLength);
        return fields.Errors.Count == 0 ? grant : throw SingapayErrors.Invalid(Field, $"The grant_type must be the text {Expected}.");
    }
}
