using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Management.Accounts;
using PaySg.Functions.Management.Audit;
using PaySg.Functions.Management.Members;
using PaySg.Functions.Management.PaymentServices;
using PaySg.Functions.Management.Redaction;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Management;

/// <summary>What the management API is made of.</summary>
internal static class ManagementRegistration
{
    public static IServiceCollection AddManagement(this IServiceCollection services)
    {
        services.AddSingleton<FetchLogo>();
        services.AddSingleton<KeepLogo>();
        services.AddSingleton<CreatePaymentService>();
        services.AddSingleton<UpdatePaymentService>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<RevokeApiKey>();
        services.AddSingleton<InviteMember>();
        services.AddSingleton<RemoveMember>();
        services.AddSingleton<AccountGate>();
        services.AddSingleton<CreateAccount>();
        services.AddSingleton<GetAccount>();
        services.AddSingleton<UpdateAccount>();
        services.AddSingleton<CreateCredential>();
        services.AddSingleton<RevokeCredential>();
        services.AddSingleton<AuditPlaces>();
        services.AddSingleton<ReadAuditLog>();
        services.AddSingleton<ListAuditLog>();
        services.AddSingleton<RedactPayment>();
        services.AddSingleton<RedactHistory>();
        services.AddSingleton<RedactCopies>();
        services.AddOutboxWork<RedactPaymentCopies>();
        services.AddOutboxWork<RedactHistoryCopies>();
        return services;
    }
}
