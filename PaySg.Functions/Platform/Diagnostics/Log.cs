namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>Every line that the product logs, with its constant event id. Ids of things only: no secret, no card data, no payer data.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "Request {RequestId} failed by a fault of ours: answered 500")]
    public static partial void UnhandledFault(ILogger log, string requestId, Exception fault);

    [LoggerMessage(1011, LogLevel.Warning, "The caller of request {RequestId} has waited for as long as callers wait: answered 503, {Outcome}")]
    public static partial void CallerWaitedTooLong(ILogger log, string requestId, string outcome);

    [LoggerMessage(1012, LogLevel.Information, "Request {RequestId} came to nothing; its caller had been told that nothing was written")]
    public static partial void EndedUnanswered(ILogger log, string requestId, Exception fault);

    [LoggerMessage(1002, LogLevel.Warning, "Request {RequestId} met a storage outage: answered 503")]
    public static partial void StorageUnavailable(ILogger log, string requestId, Exception fault);

    [LoggerMessage(1003, LogLevel.Warning, "Request {RequestId} lost on a hot row for too long: answered 503")]
    public static partial void HotRow(ILogger log, string requestId);

    [LoggerMessage(1004, LogLevel.Information, "The client of request {RequestId} left before anything was written")]
    public static partial void ClientLeft(ILogger log, string requestId);

    [LoggerMessage(1005, LogLevel.Warning, "Not ready: {What} {Advice}")]
    public static partial void NotReady(ILogger log, string what, string advice, Exception fault);

    [LoggerMessage(1006, LogLevel.Error, "Request {RequestId} was answered 503: its table or queue {Advice}")]
    public static partial void StorageRefuses(ILogger log, string requestId, string advice, Exception fault);

    [LoggerMessage(1007, LogLevel.Error, "Not ready: {Problem}")]
    public static partial void ClockIsOff(ILogger log, string problem);

    [LoggerMessage(1008, LogLevel.Information, "Request {RequestId} was refused: {Status} {Code}")]
    public static partial void Refused(ILogger log, string requestId, int status, string code);

    [LoggerMessage(1009, LogLevel.Error, "Not ready: {Problem}")]
    public static partial void SecretKeyMissing(ILogger log, string problem);

    [LoggerMessage(1013, LogLevel.Warning, "When API keys were used and what was refused to them could not be written; it is tried again")]
    public static partial void KeyActivityNotWritten(ILogger log, Exception fault);

    [LoggerMessage(1101, LogLevel.Information, "Payment service {PaymentService} was created by the management API")]
    public static partial void PaymentServiceCreated(ILogger log, string paymentService);

    [LoggerMessage(1102, LogLevel.Information, "Payment service {PaymentService} was changed by the management API: {Fields}")]
    public static partial void PaymentServiceChanged(ILogger log, string paymentService, string fields);

    [LoggerMessage(1103, LogLevel.Information, "API key {KeyId} of {PaymentService} was issued with the permissions {Permissions}")]
    public static partial void ApiKeyIssued(ILogger log, string keyId, string paymentService, string permissions);

    [LoggerMessage(1104, LogLevel.Information, "API key {KeyId} of {PaymentService} was revoked")]
    public static partial void ApiKeyRevoked(ILogger log, string keyId, string paymentService);

    [LoggerMessage(1105, LogLevel.Information, "Member {MemberId} of {Owner} has the permissions {Permissions}")]
    public static partial void MemberInvited(ILogger log, string memberId, string owner, string permissions);

    [LoggerMessage(1106, LogLevel.Information, "Member {MemberId} of {Owner} was removed")]
    public static partial void MemberRemoved(ILogger log, string memberId, string owner);

    [LoggerMessage(1201, LogLevel.Information, "An access token was issued to client {ClientId} of account {Account}")]
    public static partial void AccessTokenIssued(ILogger log, string clientId, string account);

    [LoggerMessage(1202, LogLevel.Information, "Account {Account} was created by the management API")]
    public static partial void AccountCreated(ILogger log, string account);

    [LoggerMessage(1203, LogLevel.Information, "Account {Account} was changed by the management API: {Fields}")]
    public static partial void AccountChanged(ILogger log, string account, string fields);

    [LoggerMessage(1204, LogLevel.Information, "Credential {ClientId} of account {Account} was issued")]
    public static partial void CredentialIssued(ILogger log, string clientId, string account);

    [LoggerMessage(1205, LogLevel.Information, "Credential {ClientId} of account {Account} was revoked")]
    public static partial void CredentialRevoked(ILogger log, string clientId, string account);

    [LoggerMessage(1301, LogLevel.Warning, "A wrong {Kind} ({Reason}): {Key}, from {Address}")]
    public static partial void WrongKey(ILogger log, string kind, string reason, string key, string address);

    [LoggerMessage(1302, LogLevel.Warning, "A call of the management API from {Address}, which is in none of the networks of PaySg__Management__AllowedNetworks: answered 404")]
    public static partial void ManagementClosed(ILogger log, string address);

    [LoggerMessage(2001, LogLevel.Warning, "The nudge for outbox row {Row} of {Owner} was not sent; the sweeper will send it. Queue {Queue} {Advice}")]
    public static partial void NudgeNotSent(ILogger log, string owner, string row, string queue, string advice, Exception fault);

    [LoggerMessage(2002, LogLevel.Error, "Outbox row {Row} of {Owner} names an event that does not exist: the row is removed")]
    public static partial void OutboxEventMissing(ILogger log, string owner, string row);

    [LoggerMessage(2003, LogLevel.Error, "Outbox row {Row} of {Owner} is of a kind that this release does not know: it is left for a newer one")]
    public static partial void OutboxKindUnknown(ILogger log, string owner, string row);

    [LoggerMessage(2004, LogLevel.Information, "The sweeper sent {Outbox} outbox nudges and {Due} delivery alarms")]
    public static partial void Swept(ILogger log, int outbox, int due);

    [LoggerMessage(2005, LogLevel.Error, "The sweeper could not sweep {Owner}; the others go on. {Advice}")]
    public static partial void SweepFailed(ILogger log, string owner, string advice, Exception fault);

    [LoggerMessage(2006, LogLevel.Error, "A message of queue {Queue} failed five times and was moved to the poison queue; the row that it names still exists, and the sweep will find it: {Message}")]
    public static partial void Poisoned(ILogger log, string queue, string message);

    [LoggerMessage(2007, LogLevel.Information, "The housekeeping deleted {Count} idempotency records")]
    public static partial void KeysForgotten(ILogger log, int count);

    [LoggerMessage(2008, LogLevel.Error, "The housekeeping could not clean up after {Owner}; the others go on")]
    public static partial void HousekeepingFailed(ILogger log, string owner, Exception fault);

    [LoggerMessage(2009, LogLevel.Information, "The housekeeping deleted {Events} old events, {Deliveries} old deliveries, {Attempts} old attempts to pay, {Batches} old batches and {Payments} old payments")]
    public static partial void OldRowsDeleted(ILogger log, int events, int deliveries, int attempts, int batches, int payments);

    [LoggerMessage(2010, LogLevel.Information, "The housekeeping re-encrypted {Renewed} secrets and left {Left}")]
    public static partial void SecretsRenewed(ILogger log, int renewed, int left);

    [LoggerMessage(2011, LogLevel.Error, "The secret of {Row} of {Owner} cannot be read under the key {KeyName}")]
    public static partial void SecretUnreadable(ILogger log, string row, string owner, string keyName, Exception fault);

    [LoggerMessage(2012, LogLevel.Information, "The housekeeping wrote the search rows of {Count} payments")]
    public static partial void PaymentsIndexed(ILogger log, int count);

    [LoggerMessage(2021, LogLevel.Information, "Backup {Run} is whole: {Rows} rows in {Bytes} bytes, in {Took}")]
    public static partial void BackedUp(ILogger log, string run, long rows, long bytes, TimeSpan took);

    [LoggerMessage(2022, LogLevel.Error, "No backup was made, and the next hour tries again: container {Container} {Advice}")]
    public static partial void BackupFailed(ILogger log, string container, string advice, Exception fault);

    [LoggerMessage(2023, LogLevel.Information, "The payer's data of {Subject} of {Owner} is taken away, also from {Events} events, {Deliveries} deliveries and {Answers} stored answers")]
    public static partial void Redacted(ILogger log, string subject, string owner, int events, int deliveries, int answers);

    [LoggerMessage(2024, LogLevel.Information, "A copy of {Subject} of {Owner} is in use, so its payer's data is taken away later")]
    public static partial void RedactionWaits(ILogger log, string subject, string owner);

    [LoggerMessage(3001, LogLevel.Information, "Event {Event} delivered to endpoint {EndpointId} by attempt {Attempt}: {Status}")]
    public static partial void Delivered(ILogger log, string @event, string endpointId, int attempt, int? status);

    [LoggerMessage(3002, LogLevel.Warning, "Attempt {Attempt} to deliver event {Event} to endpoint {EndpointId} failed: {Status} {Error}")]
    public static partial void AttemptFailed(ILogger log, string @event, string endpointId, int attempt, int? status, string? error);

    [LoggerMessage(3003, LogLevel.Information, "A message for attempt {Attempt} of event {Event} at endpoint {EndpointId} is out of date: nothing to do")]
    public static partial void StaleAlarm(ILogger log, string @event, string endpointId, int attempt);

    [LoggerMessage(3004, LogLevel.Warning, "The alarm for event {Event} at endpoint {EndpointId} was not sent; the sweeper will send it. Queue {Queue} {Advice}")]
    public static partial void AlarmNotSent(ILogger log, string @event, string endpointId, string queue, string advice, Exception fault);

    [LoggerMessage(3005, LogLevel.Warning, "Endpoint {EndpointId}: {Host} was not contacted: {Reason}")]
    public static partial void EgressRefused(ILogger log, string endpointId, string host, string reason);

    [LoggerMessage(3006, LogLevel.Warning, "Endpoint {EndpointId} is disabled: {Reason}")]
    public static partial void EndpointDisabled(ILogger log, string endpointId, string reason);

    [LoggerMessage(3007, LogLevel.Information, "Endpoint {EndpointId} or its host gets as much as it may at the moment: event {Event} is put back for {Delay}")]
    public static partial void PutBack(ILogger log, string endpointId, string @event, TimeSpan delay);

    [LoggerMessage(3008, LogLevel.Information, "{Count} deliveries of the deleted endpoint {EndpointId} have ended")]
    public static partial void DeletedEndpointEnded(ILogger log, string endpointId, int count);

    [LoggerMessage(3009, LogLevel.Information, "Recovery {RecoveryId} of endpoint {EndpointId} is {Status}: {Sent} of {Examined} deliveries sent")]
    public static partial void RecoveryEnded(ILogger log, string recoveryId, string endpointId, string status, int sent, int examined);

    [LoggerMessage(3010, LogLevel.Information, "Event {Event} is not sent to endpoint {EndpointId}: {Reason}")]
    public static partial void NotSent(ILogger log, string @event, string endpointId, string reason);

    [LoggerMessage(3011, LogLevel.Information, "A message for attempt {Attempt} of event {Event} at endpoint {EndpointId} came {Early} too early: it is put back")]
    public static partial void EarlyAlarm(ILogger log, string @event, string endpointId, int attempt, TimeSpan early);

    [LoggerMessage(4001, LogLevel.Warning, "Attempt {AttemptId} on payment {PaymentId} is in doubt; the repair will find out")]
    public static partial void ChargeInDoubt(ILogger log, string paymentId, string attemptId, Exception? fault);

    [LoggerMessage(4002, LogLevel.Information, "Attempt {AttemptId} on payment {PaymentId} was in doubt and is now {Status}")]
    public static partial void ChargeRepaired(ILogger log, string paymentId, string attemptId, string status);

    [LoggerMessage(4003, LogLevel.Error, "Attempt {AttemptId} charged payment {PaymentId}, which is {Status}: the money goes back at once")]
    public static partial void LateCharge(ILogger log, string paymentId, string attemptId, string status);

    [LoggerMessage(4004, LogLevel.Warning, "Refund {RefundId} of payment {PaymentId} is in doubt; it will be looked up, and sent again with the same key if it never arrived")]
    public static partial void RefundInDoubt(ILogger log, string paymentId, string refundId, Exception? fault);

    [LoggerMessage(4005, LogLevel.Error, "The gateway refused refund {RefundId} of payment {PaymentId}: {Reason}")]
    public static partial void RefundRefused(ILogger log, string paymentId, string refundId, string? reason);

    [LoggerMessage(4006, LogLevel.Information, "Refund {RefundId} of payment {PaymentId} was in doubt and is now {Status}")]
    public static partial void RefundRepaired(ILogger log, string paymentId, string refundId, string status);

    [LoggerMessage(4007, LogLevel.Information, "Attempt {AttemptId} on payment {PaymentId} was pending for too long and is now {Status}")]
    public static partial void PendingChargeEnded(ILogger log, string paymentId, string attemptId, string status);

    [LoggerMessage(4008, LogLevel.Information, "A notice of the gateway about attempt {AttemptId} of {OwnerId}: it is {State}")]
    public static partial void NoticeTaken(ILogger log, string ownerId, string attemptId, string state);

    [LoggerMessage(4009, LogLevel.Warning, "What the gateway says of attempt {AttemptId} of {OwnerId} could not be looked up; it will be later")]
    public static partial void NoticeNotLookedUp(ILogger log, string ownerId, string attemptId);

    [LoggerMessage(4010, LogLevel.Warning, "The gateway gave no clear answer to the call '{Call}' about {ChargeId}, by the key {Key}; what became of it will be found out")]
    public static partial void GatewaySilent(ILogger log, string call, string chargeId, string key, Exception fault);

    [LoggerMessage(4011, LogLevel.Error, "{ObjectId} at Stripe does not belong to what is stored here: {Difference}. Nothing is believed of it; look at it in Stripe's dashboard")]
    public static partial void StripeMismatch(ILogger log, string objectId, string difference);

    [LoggerMessage(4012, LogLevel.Warning, "Attempt {AttemptId} has ended, and what Stripe may have made for it could not be ended there. Nobody has seen it, so nobody can pay by it")]
    public static partial void StripeObjectLeft(ILogger log, string attemptId, Exception fault);

    [LoggerMessage(4013, LogLevel.Error, "Event {StripeEvent} of Stripe is of {Mode} mode, and this app is not: it has no effect. Check which webhook endpoint sends it here")]
    public static partial void StripeNoticeOfOtherMode(ILogger log, string stripeEvent, string mode);

    [LoggerMessage(4014, LogLevel.Error, "Event {StripeEvent} of Stripe is about account '{StripeAccount}', which is not that of the payment, or not connected: it has no effect")]
    public static partial void StripeNoticeOfOtherAccount(ILogger log, string stripeEvent, string stripeAccount);

    [LoggerMessage(4015, LogLevel.Information, "Event {StripeEvent} of Stripe is about {ObjectId}, which is not here: it has no effect")]
    public static partial void StripeNoticeOfOthers(ILogger log, string stripeEvent, string objectId);

    [LoggerMessage(4016, LogLevel.Warning, "What event {StripeEvent} of Stripe is about, {ObjectId}, could not be read; it will be later")]
    public static partial void StripeNoticeNotRead(ILogger log, string stripeEvent, string objectId, Exception fault);

    [LoggerMessage(4017, LogLevel.Error, "Payment {PaymentId} is disputed by its payer: {Reason}, {AmountInCents} cents. Answer it in the gateway's dashboard in time")]
    public static partial void DisputeOpened(ILogger log, string paymentId, string reason, long amountInCents);

    [LoggerMessage(4018, LogLevel.Error, "What attempt {AttemptId} charged too late went back to the payer of {PaymentId} and did not arrive: it is given back again")]
    public static partial void LateRefundCameBack(ILogger log, string paymentId, string attemptId);

    [LoggerMessage(5001, LogLevel.Information, "Mail {MailId} of payment {PaymentId} was taken by the relay at attempt {Attempt}")]
    public static partial void MailSent(ILogger log, string paymentId, string mailId, int attempt);

    [LoggerMessage(5002, LogLevel.Warning, "Attempt {Attempt} to send mail {MailId} of payment {PaymentId} failed: {Reason}")]
    public static partial void MailAttemptFailed(ILogger log, string paymentId, string mailId, int attempt, string reason);

    [LoggerMessage(5003, LogLevel.Error, "Mail {MailId} of payment {PaymentId} was given up after attempt {Attempt}: {Reason}")]
    public static partial void MailGivenUp(ILogger log, string paymentId, string mailId, int attempt, string reason);

    [LoggerMessage(5004, LogLevel.Information, "Mail {MailId} of payment {PaymentId} was dropped: the payment is no longer unpaid")]
    public static partial void MailSuperseded(ILogger log, string paymentId, string mailId);

    [LoggerMessage(5005, LogLevel.Information, "A message for attempt {Attempt} of mail {MailId} of payment {PaymentId} is out of date: nothing to do")]
    public static partial void StaleMailAlarm(ILogger log, string paymentId, string mailId, int attempt);

    [LoggerMessage(5006, LogLevel.Information, "A message for attempt {Attempt} of mail {MailId} of payment {PaymentId} came {Early} too early: it is put back")]
    public static partial void EarlyMailAlarm(ILogger log, string paymentId, string mailId, int attempt, TimeSpan early);

    [LoggerMessage(5007, LogLevel.Warning, "Mail {MailId} of payment {PaymentId} waits until {Until}: its recipient has received as many mails today as are allowed")]
    public static partial void MailPostponed(ILogger log, string paymentId, string mailId, DateTimeOffset until);

    [LoggerMessage(5051, LogLevel.Information, "Batch {BatchId} of {Owner} is done: {Created} payments were created, {Failed} lines failed")]
    public static partial void BatchDone(ILogger log, string batchId, string owner, int created, int failed);

    [LoggerMessage(5052, LogLevel.Information, "The links of batch {BatchId} of {Owner} were sent: {Mailed} are mailed, {NotMailed} are not")]
    public static partial void BatchMailed(ILogger log, string batchId, string owner, int mailed, int notMailed);

    [LoggerMessage(6001, LogLevel.Information, "Payment link {LinkId} of account {Account} was deleted")]
    public static partial void PaymentLinkDeleted(ILogger log, long linkId, string account);

    [LoggerMessage(6002, LogLevel.Warning, "The count of payment links of account {Account} was not moved on; a later list will do it")]
    public static partial void PaymentLinkCountNotMoved(ILogger log, string account, Exception fault);

    [LoggerMessage(6050, LogLevel.Warning, "Attempt {AttemptNo} on payment link {LinkId} is in doubt; the repair will find out")]
    public static partial void LinkChargeInDoubt(ILogger log, long linkId, string attemptNo, Exception? fault);

    [LoggerMessage(6051, LogLevel.Information, "Attempt {AttemptNo} on payment link {LinkId} was in doubt or pending and is now {Status}")]
    public static partial void LinkChargeRepaired(ILogger log, long linkId, string attemptNo, string status);

    [LoggerMessage(6052, LogLevel.Error, "Attempt {AttemptNo} charged a payer on payment link {LinkId} too late ({Reason}): the money goes back at once")]
    public static partial void LinkLateCharge(ILogger log, long linkId, string attemptNo, string reason);

    [LoggerMessage(6053, LogLevel.Error, "The gateway refused to give back what attempt {AttemptNo} on payment link {LinkId} charged too late: {Reason}")]
    public static partial void LinkRefundRefused(ILogger log, long linkId, string attemptNo, string? reason);
}
