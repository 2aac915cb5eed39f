using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Dashboard.Audit;
using PaySg.Functions.Dashboard.Accounts;
using PaySg.Functions.Dashboard.Batches;
using PaySg.Functions.Dashboard.Members;
using PaySg.Functions.Dashboard.Developers;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Dashboard.Reports;
using PaySg.Functions.Dashboard.Settings;

namespace PaySg.Functions.Dashboard;

/// <summary>What the officers' dashboard is made of.</summary>
internal static class DashboardRegistration
{
    public static IServiceCollection AddDashboard(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSingleton(DashboardSettings.Read(settings));
        services.AddSingleton<FormTokens>();
        services.AddSingleton<OfficerForms>();
        services.AddSingleton<DashboardPages>();
        services.AddSingleton<DashboardDoor>();
        services.AddSingleton<ShowDashboard>();
        services.AddSingleton<ShowPaymentList>();
        services.AddSingleton<PaymentDeliveries>();
        services.AddSingleton<PaymentTimeline>();
        services.AddSingleton<PaymentView>();
        services.AddSingleton<ShowPayment>();
        services.AddSingleton<ChangePayment>();
        services.AddSingleton<NewPaymentView>();
        services.AddSingleton<SubmitNewPayment>();
        services.AddSingleton<ReadBatchFile>();
        services.AddSingleton<BatchListView>();
        services.AddSingleton<BatchView>();
        services.AddSingleton<ShowBatch>();
        services.AddSingleton<UploadBatch>();
        services.AddSingleton<ChangeBatch>();
        services.AddSingleton<WriteBatchMistakes>();
        services.AddSingleton<ReportsView>();
        services.AddSingleton<ShowReports>();
        services.AddSingleton<WriteReport>();
        services.AddSingleton<MembersView>();
        services.AddSingleton<ShowMembers>();
        services.AddSingleton<ChangeMember>();
        services.AddSingleton<AuditEntryView>();
        services.AddSingleton<ShowAuditLog>();
        services.AddSingleton<WriteAuditLog>();
        services.AddSingleton<SettingsView>();
        services.AddSingleton<ShowSettings>();
        services.AddSingleton<SubmitSettings>();
        services.AddSingleton<DeveloperPages>();
        services.AddSingleton<ApiKeysView>();
        services.AddSingleton<ApiKeyView>();
        services.AddSingleton<ShowApiKeys>();
        services.AddSingleton<ShowApiKey>();
        services.AddSingleton<IssueApiKey>();
        services.AddSingleton<ChangeApiKey>();
        services.AddSingleton<WebhooksView>();
        services.AddSingleton<WebhookView>();
        services.AddSingleton<ShowWebhooks>();
        services.AddSingleton<ShowWebhook>();
        services.AddSingleton<RegisterWebhook>();
        services.AddSingleton<ChangeWebhook>();
        services.AddSingleton<DeliveryView>();
        services.AddSingleton<ShowWebhookDelivery>();
        services.AddSingleton<ChangeWebhookDelivery>();
        services.AddSingleton<RecoveryView>();
        services.AddSingleton<ShowWebhookRecovery>();
        services.AddSingleton<ShowWebhookEvents>();
        services.AddSingleton<ShowWebhookEvent>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton<ShowLinkList>();
        services.AddSingleton<LinkView>();
        services.AddSingleton<LinkFormView>();
        services.AddSingleton<ShowLink>();
        services.AddSingleton<ChangeLink>();
        services.AddSingleton<SubmitNewLink>();
        services.AddSingleton<ShowHistoryList>();
        services.AddSingleton<ShowHistory>();
        services.AddSingleton<AccountReportsView>();
        services.AddSingleton<WriteHistoriesReport>();
        services.AddSingleton<AccountSettingsView>();
        services.AddSingleton<ShowAccountSettings>();
        services.AddSingleton<ChangeAccount>();
        return services;
    }
}
