using System.Globalization;
using Azure;
using Azure.Identity;

namespace PaySg.Functions.Storage;

/// <summary>What storage has against a request, in words that say what to do: they follow the name of a table, a queue or a service. No key and no token is in them.</summary>
public static class StorageAdvice
{
    /// <summary>How far this machine's clock may be off: receivers of webhooks and of access tokens refuse what is older. Azure Storage itself refuses signatures 15 minutes off.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong, and what to do.</summary>
    /// <param name="fault">What a client of storage threw.</param>
    /// <param name="now">The time of this machine: an answer tells that of storage.</param>
    public static string For(Exception fault, DateTimeOffset now) => fault switch
    {
        RequestFailedException { ErrorCode: "AccountIsDisabled" } => "refuses everybody: the storage account is disabled. Look at the state of the subscription.",
        RequestFailedException { Status: 401 or 403, ErrorCode: "AuthenticationFailed" } denied =>
            "refuses the signature (AuthenticationFailed). "
            + (ClockProblem(denied.GetRawResponse()?.Headers.Date, now) ?? "Check the account's key, and this machine's clock: 15 minutes off are too many."),
        RequestFailedException { Status: 507 } full => $"is full ({full.Status} {full.ErrorCode}). Make room, or raise the limit of the account.",
        RequestFailedException { Status: 401 or 403 } denied =>
            $"refuses the app ({denied.ErrorCode ?? Text(denied.Status)}). Give its identity the roles Storage Table Data Contributor and Storage Queue Data Contributor on the account, and look at the account's firewall.",
        RequestFailedException { Status: 404 } => "does not exist. Deploy the infrastructure again.",
        RequestFailedException { Status: 429 or >= 500 } busy =>
            $"is over its limits or has a fault ({busy.Status} {busy.ErrorCode}). It passes as a rule; where it stays, look under \"Limits\" in docs/operations.md.",
        RequestFailedException { Status: > 0 } answered => $"answered {answered.Status} {answered.ErrorCode}.",
        AuthenticationFailedException =>
            "cannot be asked: the app's identity got no token. Check AzureWebJobsStorage__clientId, and that the identity is assigned to the app.",
        OperationCanceledException => "does not answer.",
        _ => "cannot be reached.",
    };

    /// <summary>What is wrong with this machine's clock; null: nothing, or storage told no time.</summary>
    public static string? ClockProblem(DateTimeOffset? storageTime, DateTimeOffset now) =>
        storageTime is { } time && (now - time).Duration() > ClockTolerance
            ? $"This machine's clock is {(now - time).Duration().TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes {(now > time ? "ahead of" : "behind")} storage's. Set it (NTP): signatures and tokens are refused."
            : null;

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
