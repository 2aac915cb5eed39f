using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Dashboard.Accounts;
using PaySg.Functions.Dashboard.Batches;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Dashboard.Reports;

namespace PaySg.Functions.Dashboard;

/// <summary>What the officers' dashboard is made of.</summary>
internal static class DashboardRegistration
{
    public static IServiceCollection AddDashboard(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSingleton(DashboardSettings.Read(settings));
        services.AddSingleton<FormTokens>();
        services.AddSingleton<DashboardPages>();
        services.AddSingleton<DashboardDoor>();
        services.AddSingleton<ShowDashboard>();
        services.AddSingleton<ShowPaymentList>();
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
        services.AddSingleton<MembersView>();
        services.AddSingleton<ShowMembers>();
        services.AddSingleton<ChangeMembers>();
        services.AddSingleton<AccountSettingsView>();
        services.AddSingleton<ShowAccountSettings>();
        services.AddSingleton<ChangeAccount>();
        return services;
    }
}
