using PaySg.Functions.Access;
using PaySg.Functions.Management.Audit;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>Shows the settings as they are now, and the newest changes: two requests.</summary>
internal sealed class ShowSettings(PaymentServiceStore services, ReadAuditLog readLog, SettingsView view)
{
    private const int MostChanges = 10;

    /// <summary>200 and the form.</summary>
    public Task<ApiAnswer> RunAsync(ApiCall call, Visit visit) =>
        PrintAsync(200, visit, stored => SettingsForm.Of(stored, isSaved: call.Request.Query["done"] == "saved"), call.ClientLeft);

    /// <summary>The page with a form of the settings as they are now.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> PrintAsync(int status, Visit visit, Func<StoredPaymentService, SettingsForm> formOf, CancellationToken cancellationToken)
    {
        var changes = readLog.NewestOfSettingsAsync(visit.Service.Id, MostChanges, cancellationToken);
        var stored = services.FindStoredAsync(visit.Service.Id, cancellationToken);
        await Task.WhenAll(stored, changes);
        return view.Print(status, visit, formOf(await stored ?? throw ApiErrors.PaymentServiceNotFound()), await changes);
    }
}
