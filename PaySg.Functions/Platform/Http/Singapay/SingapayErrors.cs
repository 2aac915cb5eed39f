namespace PaySg.Functions.Platform.Http.Singapay;

/// <summary>
/// The catalogue of errors of the Singapay API. Callers see the status, as <c>code</c> too, and the message; the texts are Singapay's own
/// where they are known. <see cref="ApiError.Code"/> is for logs and tests.
/// </summary>
internal static class SingapayErrors
{
    private const string Type = "singapay_error";

    /// <summary>401: no bearer token, or one that is expired, forged or withdrawn.</summary>
    public static ApiException Unauthorized() =>
        new(new ApiError(401, Type, "unauthorized", "Unauthorized partner, please sign in"));

    /// <summary>401: no such client, or the secret or signature is wrong.</summary>
    public static ApiException InvalidCredentials() =>
        new(new ApiError(401, Type, "invalid_credentials", "Invalid credentials"));

    /// <summary>401: the header <c>X-PARTNER-ID</c> is missing.</summary>
    public static ApiException MissingPartnerId() =>
        new(new ApiError(401, Type, "missing_partner_id", "The header X-PARTNER-ID is required: the API key of your credential."));

    /// <summary>403: the header <c>X-PARTNER-ID</c> is not that of the credential.</summary>
    public static ApiException InvalidPartnerId() =>
        new(new ApiError(403, Type, "invalid_partner_id", "Invalid X-PARTNER-ID"));

    /// <summary>404: no such account, or not one of the credential.</summary>
    public static ApiException AccountNotFound() =>
        new NotFoundException(new ApiError(404, Type, "account_not_found", "Account not found."));

    /// <summary>403: the account is not in use.</summary>
    public static ApiException AccountInactive() =>
        new(new ApiError(403, Type, "account_inactive", "This account is not active: no payment link can be created for it."));

    /// <summary>403: payers have begun to pay on the link, so it stays.</summary>
    public static ApiException PaymentLinkHasHistories() =>
        new(new ApiError(403, Type, "payment_link_has_histories", "This Payment Link has payment histories and cannot be deleted. Set its status to closed instead."));

    /// <summary>404: no such payment link, or not one of this account.</summary>
    public static ApiException PaymentLinkNotFound() =>
        new NotFoundException(new ApiError(404, Type, "payment_link_not_found", "Payment Link not found."));

    /// <summary>404: no such history, or not one of this account.</summary>
    public static ApiException HistoryNotFound() =>
        new NotFoundException(new ApiError(404, Type, "payment_link_history_not_found", "Payment Link history not found."));

    /// <summary>404: no such path.</summary>
    public static ApiException RouteNotFound(string path) =>
        new NotFoundException(new ApiError(404, Type, "route_not_found", $"The route {path} could not be found."));

    /// <summary>405: the path exists, for other methods.</summary>
    public static ApiException MethodNotAllowed(string method, string path, string allow) =>
        new(new ApiError(405, Type, "method_not_allowed", $"The {method} method is not supported for route {path}. Supported methods: {allow}.") { Allow = allow });

    /// <summary>422: one or more fields are missing or wrong.</summary>
    public static ApiException Invalid(IReadOnlyList<FieldError> fields) =>
        new(new ApiError(422, Type, "validation_error", "Validation error") { Fields = fields });

    /// <summary>422: one field is missing or wrong.</summary>
    public static ApiException Invalid(string field, string message) => Invalid([new FieldError(field, message)]);
}
