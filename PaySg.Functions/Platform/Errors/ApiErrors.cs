namespace PaySg.Functions.Platform.Errors;

/// <summary>The catalogue of errors: every error that a caller can see is made here.</summary>
internal static class ApiErrors
{
    private const string InvalidRequest = "invalid_request_error";
    private const string Authentication = "authentication_error";
    private const string Idempotency = "idempotency_error";
    private const string Api = "api_error";
    private const string External = "external_error";

    private const string UnsupportedMediaTypeCode = "unsupported_media_type";

    /// <summary>400: one or more fields are missing or wrong.</summary>
    public static ApiException InvalidParameters(IReadOnlyList<FieldError> fields)
    {
        return new(new ApiError(400, InvalidRequest, "invalid_parameters", string.Join(' ', fields.Select(field => $"{field.Field}: {field.Message}")))
        {
            Fields = fields,
        });
    }

    /// <summary>400: one field is missing or wrong.</summary>
    public static ApiException InvalidParameter(string field, string message) => InvalidParameters([new FieldError(field, message)]);

    /// <summary>400: the body is not JSON, or not an object.</summary>
    public static ApiException InvalidBody(string message) =>
        new(new ApiError(400, InvalidRequest, "invalid_body", message) { Fields = [new FieldError("body", message)] });

    /// <summary>400: a notice that the gateway has not signed.</summary>
    public static ApiException InvalidNoticeSignature() => new(new ApiError(
        400, InvalidRequest, "invalid_signature", "The header Stripe-Signature is missing, malformed, old, or not made with the secret of this endpoint. Check PaySg__Stripe__WebhookSecret."));

    /// <summary>401: no API key, or one that is unknown, revoked or of the other mode.</summary>
    public static ApiException InvalidApiKey() =>
        new(new ApiError(401, Authentication, "invalid_api_key", "The header x-api-key is missing or does not hold a valid key of this mode. Send a key that your administrator issued."));

    /// <summary>401: no management key, or a wrong one.</summary>
    public static ApiException InvalidManagementKey() =>
        new(new ApiError(401, Authentication, "invalid_management_key", "The header x-management-key is missing or wrong. Send the value of the app's setting PaySg__ManagementKey."));

    /// <summary>402: the payment is paid already.</summary>
    public static ApiException PaymentAlreadyPaid() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_already_paid", "This payment is already paid. Nothing was charged by this request."));

    /// <summary>402: the payment is cancelled.</summary>
    public static ApiException PaymentCancelled() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_cancelled", "This payment is cancelled and cannot be paid. Nothing was charged."));

    /// <summary>402: an earlier attempt is being processed and can no longer be withdrawn.</summary>
    public static ApiException PaymentProcessing() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_processing", "An earlier attempt on this payment is still being processed. Read the payment again before you try again."));

    /// <summary>402: another attempt on the same payment took this one's place.</summary>
    public static ApiException AttemptSuperseded() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "attempt_superseded", "A newer attempt on this payment replaced this one. Nothing was charged by this request."));

    /// <summary>402: the account that the payment link belongs to is not in use.</summary>
    public static ApiException AccountInactive() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "account_inactive", "The account of this payment link is not in use, so the link cannot be paid. Nothing was charged."));

    /// <summary>402: the payment link is closed.</summary>
    public static ApiException PaymentLinkClosed() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_link_closed", "This payment link is closed and cannot be paid. Nothing was charged."));

    /// <summary>402: the payment link is past its date.</summary>
    public static ApiException PaymentLinkExpired() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_link_expired", "This payment link has expired and can no longer be paid. Nothing was charged."));

    /// <summary>402: the payment link was paid as often as it can be.</summary>
    public static ApiException PaymentLinkUsedUp() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_link_used_up", "This payment link has been paid as often as it allows. Nothing was charged."));

    /// <summary>402: the payment link does not take this method.</summary>
    public static ApiException PaymentMethodNotAllowed(string code) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_method_not_allowed", $"This payment link does not take {code}. Choose another method. Nothing was charged."));

    /// <summary>402: the charge came when the payment link had no use left, and is given back.</summary>
    public static ApiException LinkChargedTooLate() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "charged_too_late", "This payment link was used up or closed while you paid. What this attempt charged is refunded to you at once."));

    /// <summary>402: the attempt is decided, and otherwise than the caller wants.</summary>
    public static ApiException AttemptAlreadyDecided(string state) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "attempt_already_decided", $"This attempt has already been decided: it is {state}. Nothing was changed."));

    /// <summary>402: the payment names nobody to send a mail to.</summary>
    public static ApiException PayerEmailMissing() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payer_email_missing", "This payment has no payer_email, so there is no address to send an email to. Create the payment with one."));

    /// <summary>402: the payment can no longer be paid, so its link is not sent.</summary>
    public static ApiException PaymentNotPayable(string status) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_not_payable", $"This payment is {status}, so its link can no longer be used and is not sent."));

    /// <summary>402: this installation sends no mails.</summary>
    public static ApiException EmailNotConfigured() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "email_not_configured", "No mail relay is configured, so no email can be sent. Ask the operator to set PaySg__Email__SmtpHost and PaySg__Email__From."));

    /// <summary>402: the payment service has as many webhook endpoints as it may have.</summary>
    public static ApiException TooManyWebhookEndpoints(int limit) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "too_many_webhook_endpoints", $"This payment service already has {limit} webhook endpoints, which is the limit."));

    /// <summary>402: as many webhook endpoints of the payment service as may be have this URL.</summary>
    public static ApiException TooManyEndpointsOfUrl(int limit) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "too_many_endpoints_of_url", $"{limit} webhook endpoints of this payment service already have this URL, which is the limit; the case of the host, the default port, dot segments and percent-encoding do not make it a different URL. Use one of them, or delete one."));

    /// <summary>402: what a test event needs was refused.</summary>
    public static ApiException EventNotTriggered(string code, string message) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "event_not_triggered", $"What this event needs was refused with {code}: {message}"));

    /// <summary>402: nothing is sent to a disabled webhook endpoint.</summary>
    public static ApiException WebhookEndpointDisabled() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "webhook_endpoint_disabled", "This webhook endpoint is disabled. Enable it first."));

    /// <summary>402: the charge came when the payment was paid or cancelled already, and is given back.</summary>
    public static ApiException ChargedTooLate() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "charged_too_late", "This payment was paid or cancelled while you paid. What this attempt charged is refunded to you at once."));

    /// <summary>402: only an unpaid payment can be cancelled.</summary>
    public static ApiException PaymentNotCancellable(string status) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_not_cancellable", $"Only an unpaid payment can be cancelled; this one is {status}."));

    /// <summary>402: the payment's state does not allow a refund.</summary>
    public static ApiException PaymentNotRefundable(string why) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_not_refundable", $"This payment cannot be refunded: {why}"));

    /// <summary>402: there is a receipt of what is paid only.</summary>
    public static ApiException PaymentHasNoReceipt(string status) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "payment_not_paid", $"This payment is {status}, so it has no receipt. Ask again when it is paid."));

    /// <summary>402: more than may still be refunded.</summary>
    public static ApiException RefundAmountExceeded(long available) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "refund_amount_exceeded", $"Only {available} cents of this payment may still be refunded."));

    /// <summary>402: the caller believed another amount to be left than is.</summary>
    public static ApiException RefundAmountAvailableMismatch(long available) =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "refund_amount_available_mismatch", $"The amount that may still be refunded is {available} cents, not refund_amount_available_in_cents. Read the payment again."));

    /// <summary>402: one refund is processed at a time.</summary>
    public static ApiException RefundInProgress() =>
        new RefusedByStateException(new ApiError(402, InvalidRequest, "refund_in_progress", "An earlier refund of this payment is still being processed. Try again when it is decided."));

    /// <summary>402: the gateway refused the refund permanently.</summary>
    public static ApiException RefundFailed(string reason) =>
        new RefusedByStateException(new ApiError(402, External, "refund_failed", $"The payment gateway refused the refund: {reason}. Nothing was refunded; you may ask for a new refund."));

    /// <summary>403: the key lacks the permission.</summary>
    public static ApiException InsufficientPermissions(string permission) =>
        new(new ApiError(403, InvalidRequest, "insufficient_permissions", $"This API key lacks the permission '{permission}'. Use a key that has it."));

    /// <summary>403: a form of a payer's page that another site has sent.</summary>
    public static ApiException CrossSiteForm() =>
        new(new ApiError(403, InvalidRequest, "cross_site_form", "This form was sent by another site. Forms of a payer's page are accepted from that page only."));

    /// <summary>409: the account at Stripe cannot be changed any more.</summary>
    public static ApiException StripeAccountInUse() => new(new ApiError(
        409, InvalidRequest, "stripe_account_in_use", "A payer of this payment service has begun to pay, so its account at Stripe cannot be changed any more. Create another payment service."));

    /// <summary>404: no such path.</summary>
    public static ApiException UnknownPath() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "not_found", "There is nothing at this path. Check the URL against the API's documentation."));

    /// <summary>404: no such payment service, or not one of this key.</summary>
    public static ApiException PaymentServiceNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "payment_service_not_found", "There is no such payment service, or the API key is not one of it. Check the payment service's id in the path."));

    /// <summary>404: no such payment in this payment service.</summary>
    public static ApiException PaymentNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "payment_not_found", "There is no such payment. Check the payment's id in the path."));

    /// <summary>404: no such payment link.</summary>
    public static ApiException PaymentLinkNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "payment_link_not_found", "There is no such payment link. Check the link's reff_no in the path."));

    /// <summary>404: no such account.</summary>
    public static ApiException AccountNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "account_not_found", "There is no such account. Check the account's id in the path: 26 characters, in upper case."));

    /// <summary>404: no such credential of this account.</summary>
    public static ApiException CredentialNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "credential_not_found", "There is no such credential of this account. Check the client id in the path. A revoked credential no longer exists."));

    /// <summary>404: no such attempt, or one that was decided at once.</summary>
    public static ApiException AttemptNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "attempt_not_found", "There is no attempt with this id that the gateway decides later. Check the attempt's id in the path: it begins with att_, or is the reff_no of a history."));

    /// <summary>404: no such API key in this payment service.</summary>
    public static ApiException ApiKeyNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "api_key_not_found", "There is no such API key in this payment service. Check the key's id in the path: it begins with key_. A revoked key no longer exists."));

    /// <summary>404: no such member of this payment service.</summary>
    public static ApiException MemberNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "member_not_found", "There is no such member of this payment service. Check the member's id in the path: it begins with member_."));

    /// <summary>404: no such webhook endpoint in this payment service.</summary>
    public static ApiException WebhookEndpointNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "webhook_endpoint_not_found", "There is no such webhook endpoint in this payment service. Check its id in the path."));

    /// <summary>404: no such delivery at this webhook endpoint.</summary>
    public static ApiException WebhookDeliveryNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "webhook_delivery_not_found", "There is no delivery of such an event at this webhook endpoint. Check the event's id in the path."));

    /// <summary>404: no such recovery of this webhook endpoint.</summary>
    public static ApiException WebhookRecoveryNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "webhook_recovery_not_found", "There is no such recovery of this webhook endpoint. Check its id in the path."));

    /// <summary>404: no such event in this payment service.</summary>
    public static ApiException EventNotFound() =>
        new NotFoundException(new ApiError(404, InvalidRequest, "event_not_found", "There is no such event in this payment service. Check its id in the path."));

    /// <summary>405: the path exists, for other methods.</summary>
    public static ApiException MethodNotAllowed(string allow) =>
        new(new ApiError(405, InvalidRequest, "method_not_allowed", $"This path does not take this method. Use {allow}.") { Allow = allow });

    /// <summary>409: a payment service keeps one administrator at least.</summary>
    public static ApiException LastAdministrator() => new(new ApiError(
        409, InvalidRequest, "last_administrator", "This member is the only administrator of the payment service. Make somebody else one first."));

    /// <summary>409: the idempotency key was used for a different request.</summary>
    public static ApiException IdempotencyKeyMismatch() =>
        new(new ApiError(409, Idempotency, "idempotency_key_mismatch", "This Idempotency-Key was used before with other parameters. Use a new key for a new request."));

    /// <summary>409: the first request with this idempotency key is not decided yet.</summary>
    public static ApiException IdempotencyKeyInUse() =>
        new KeyInUseException(new ApiError(409, Idempotency, "idempotency_key_in_use", "The first request with this Idempotency-Key is not decided yet. Send it again later.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        });

    /// <summary>409: a recovery of the webhook endpoint is running.</summary>
    public static ApiException RecoveryRunning(string recoveryId) =>
        new(new ApiError(409, InvalidRequest, "webhook_recovery_running", $"A recovery of this webhook endpoint is running: {recoveryId}. Read it, and start another when it has finished."));

    /// <summary>413: the body is larger than the limit.</summary>
    public static ApiException BodyTooLarge(int limit) =>
        new(new ApiError(413, InvalidRequest, "body_too_large", $"The request body is larger than {limit} bytes. Send less."));

    /// <summary>415: the body is not declared as JSON.</summary>
    public static ApiException UnsupportedMediaType() =>
        new(new ApiError(415, InvalidRequest, UnsupportedMediaTypeCode, "The request body must be JSON. Send Content-Type: application/json."));

    /// <summary>415: the body's text is in another character set than UTF-8.</summary>
    public static ApiException UnsupportedCharset(string charset) =>
        new(new ApiError(415, InvalidRequest, UnsupportedMediaTypeCode, $"The character set {charset} is not supported. Send the request body in UTF-8."));

    /// <summary>415: the body is packed in a way that is not undone here.</summary>
    public static ApiException UnsupportedCoding(string coding, string taken) =>
        new(new ApiError(415, InvalidRequest, UnsupportedMediaTypeCode, $"The content coding {coding} is not supported. Send the request body in {taken}, or as it is.")
        {
            AcceptEncoding = taken,
        });

    /// <summary>499: the client left before anything was written; nobody reads this.</summary>
    public static ApiError ClientLeft() =>
        new(499, InvalidRequest, "client_left", "The client closed the connection before anything was written. Send the request again.");

    /// <summary>429: the API key sent more requests than it may.</summary>
    public static ApiException RateLimitExceeded(int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, InvalidRequest, "rate_limit_exceeded", "This API key sends too many requests. Wait as long as Retry-After says, and back off exponentially.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>429: as many mails were sent about the payment, or to its payer, as may be.</summary>
    public static ApiException TooManyMails(string why, int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, InvalidRequest, "too_many_mails", $"{why} This request sends no email. Send it again after the time in Retry-After.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>429: too many wrong management keys came from where this call comes from.</summary>
    public static ApiException TooManyWrongKeys(int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, Authentication, "too_many_wrong_keys", "Too many wrong management keys came from your address. Send the value of the app's setting PaySg__ManagementKey, which is accepted at once; another wrong one is checked only after the time in Retry-After.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>429: payers have tried this payment too often without success.</summary>
    public static ApiException TooManyAttempts(int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, InvalidRequest, "too_many_attempts", "There were too many failed attempts on this payment. Nothing was charged by this request. Try again after the time in Retry-After.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>429: more attempts on a payment or payment link are begun, or waited for, than may be.</summary>
    public static ApiException TooManyAttemptsAtOnce(int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, InvalidRequest, "too_many_attempts_at_once", "There are too many attempts to pay this at once, or too many that were begun and are neither paid nor expired. Nothing was charged by this request. Try again after the time in Retry-After.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>429: too much was asked for that does not exist.</summary>
    public static ApiException TooManyUnknownAddresses(int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, InvalidRequest, "too_many_unknown_addresses", "You asked for too many payments or payment links that do not exist. Check the id or reff_no, and try again after the time in Retry-After.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>429: the payment service tests its webhook endpoints too often.</summary>
    public static ApiException TooManyWebhookTests(int secondsToWait) =>
        new TooManyRequestsException(new ApiError(429, InvalidRequest, "too_many_webhook_tests", "This payment service tests its webhook endpoints too often. Nothing was sent. Try again after the time in Retry-After.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsToWait),
        });

    /// <summary>500: a fault of ours.</summary>
    public static ApiError Internal() =>
        new(500, Api, "internal_error", "Something went wrong on our side. Send the same request with the same Idempotency-Key again, and quote the request id when you report it.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    /// <summary>503: storage is not reachable or overloaded.</summary>
    public static ApiError StorageUnavailable() =>
        new(503, External, "storage_unavailable", "Storage is not reachable at the moment. Send the same request with the same Idempotency-Key again.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    /// <summary>503: the caller has waited for too long, and nothing was written.</summary>
    public static ApiError TookTooLong() =>
        new(503, External, "storage_unavailable", "Storage did not answer in time. This request wrote nothing. Send it again.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    /// <summary>503: the caller has waited for too long, and what was begun goes on.</summary>
    public static ApiError NotKnownYet() =>
        new(503, External, "storage_unavailable", "Storage did not answer in time. What this request started continues, and its outcome is not known yet. Send the same request with the same Idempotency-Key again, or read the resource first.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    /// <summary>503: too many requests at one payment at once.</summary>
    public static ApiError TooBusy() =>
        new(503, Api, "resource_busy", "Too many requests change the same resource at once. Send the same request again.")
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    /// <summary>503: the gateway did not say what became of the refund; it is being found out.</summary>
    public static ApiException RefundInDoubt() =>
        new(new ApiError(503, External, "refund_in_doubt", "The outcome of the refund is not known yet. It is pending and will be settled within minutes: read the payment, or repeat the request with the same Idempotency-Key.")
        {
            RetryAfter = TimeSpan.FromSeconds(30),
        });

    /// <summary>503: the gateway did not say what became of the charge; it is being found out.</summary>
    public static ApiException ChargeInDoubt() =>
        new(new ApiError(503, External, "charge_in_doubt", "The outcome of the charge is not known yet. The payment's status will be correct within minutes: read the payment before you try again.")
        {
            RetryAfter = TimeSpan.FromSeconds(30),
        });

    /// <summary>503: what became of the charge on a payment link is being found out.</summary>
    public static ApiException LinkChargeInDoubt() =>
        new(new ApiError(503, External, "charge_in_doubt", "The outcome of the charge is not known yet and will be settled within minutes: read the payment link's histories before you try again, or repeat the request with the same Idempotency-Key.")
        {
            RetryAfter = TimeSpan.FromSeconds(30),
        });
}
