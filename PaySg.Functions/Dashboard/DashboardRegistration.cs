using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Dashboard.Audit;
using PaySg.Functions.Dashboard.Batches;
using PaySg.Functions.Dashboard.Members;
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
        services.AddSingleton<MembersView>();
        services.AddSingleton<ShowMembers>();
        services.AddSingleton<ChangeMember>();
        services.AddSingleton<AuditEntryView>();
        services.AddSingleton<ShowAuditLog>();
        services.AddSingleton<WriteAuditLog>();
        services.AddSingleton<SettingsView>();
        services.AddSingleton<ShowSettings>();
        services.AddSingleton<SubmitSettings>();
        return services;
    }
}
