using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments;

/// <summary>What payments, their refunds and the mails about them is made of.</summary>
internal static class PaymentsRegistration
{
    public static IServiceCollection AddPayments(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSingleton(PaymentSettings.Read(settings));
        services.AddSingleton<PaymentUrls>();
        services.AddSingleton<IPayerPage>(static provider => provider.GetRequiredService<PaymentUrls>());
        services.AddSingleton<PaymentJson>();
        services.AddSingleton<PaymentStore>();
        services.AddSingleton<PaymentEvents>();
        services.AddSingleton<MakePayment>();
        services.AddSingleton<CreatePayment>();
        services.AddSingleton<CancelPayment>();
        services.AddSingleton<SearchPayments>();
        services.AddSingleton<ReadPaidPayments>();
        services.AddSingleton<IndexPayments>();
        services.AddSingleton<ListPayments>();

        services.AddSingleton<BatchStore>();
        services.AddSingleton<StartBatch>();
        services.AddSingleton<DiscardBatch>();
        services.AddSingleton<DeleteOldBatches>();
        services.AddOutboxWork<RunBatch>();
        services.AddOutboxWork<MailBatchLinks>();

        services.AddSingleton<ChargeAttemptAnswer>();
        services.AddSingleton<PayPayment>();
        services.AddSingleton<SettleAttempt>();
        services.AddSingleton<SimulatePayment>();
        services.AddSingleton<WithdrawAttempt>();
        services.AddOutboxWork<RepairCharge>();
        services.AddOutboxWork<FollowPendingCharge>();
        services.AddOutboxWork<RefundLateCharge>();
        services.AddSingleton<IChargeBook, PaymentChargeBook>();
        services.AddSingleton<IChargeFacts, PaymentFacts>();

        services.AddSingleton<RefundPayment>();
        services.AddSingleton<SettleRefund>();
        services.AddOutboxWork<RepairRefund>();
        services.AddOutboxWork<FollowPendingRefund>();

        // A host may have a transport of its own.
        services.TryAddSingleton<IMailTransport, SmtpMailTransport>();
        services.AddSingleton<MailContent>();
        services.AddSingleton<PaymentMails>();
        services.AddSingleton<RecipientCounts>();
        services.AddSingleton<RequestLinkMail>();
        services.AddSingleton<SendMail>();
        services.AddSingleton<IMovingSchedule, MoveMail>();
        return services;
    }
}
