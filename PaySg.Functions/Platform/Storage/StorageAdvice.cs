using Azure;
using Azure.Identity;

namespace PaySg.Functions.Platform.Storage;

/// <summary>What storage has against a request, in words that say what to do: they follow the name of a table, a queue or a service. No key and no token is in them.</summary>
internal sealed class StorageAdvice(StorageConnection connection, TimeProvider clock)
{
    private const string CheckKey = "Copy the connection string again from the account's page \"Access keys\", and check this machine's clock: 15 minutes off are too many.";

    /// <summary>How far this machine's clock may be off: receivers of webhooks and of access tokens refuse what is older. Azure Storage itself refuses signatures 15 minutes off.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong, and what to do.</summary>
    /// <param name="fault">What a client of storage threw.</param>
    public string For(Exception fault) => fault switch
    {
        _ when StorageFaults.IsForeign(fault) =>
            $"answered {Text((fault as RequestFailedException)?.Status ?? ((ForeignAnswerException)fault).Status)} with what is not an answer of Azure Storage. Look for a proxy or a firewall on the way, and at the address in AzureWebJobsStorage.",
        RequestFailedException { Status: 407 } => "is behind a proxy that wants a sign-in (407). Let the app reach storage without it.",
        RequestFailedException { ErrorCode: "AccountIsDisabled" } => "refuses everybody: the storage account is disabled. Look at the state of the subscription.",
        RequestFailedException { Status: 401 or 403, ErrorCode: "AuthenticationFailed" } denied =>
            "refuses the signature (AuthenticationFailed). "
            + (ClockProblem(denied.GetRawResponse()?.Headers.Date, clock.GetUtcNow()) ?? (connection.IsByKey ? CheckKey : "Check this machine's clock: 15 minutes off are too many.")),
        RequestFailedException { ErrorCode: "KeyBasedAuthenticationNotPermitted" } =>
            "takes no keys (KeyBasedAuthenticationNotPermitted). Set AzureWebJobsStorage__accountName in place of the connection string, and give the app an identity.",
        RequestFailedException { Status: 401 or 403, ErrorCode: null or "" } denied when connection.IsByKey => $"refuses the key ({Text(denied.Status)}, without a reason). {CheckKey}",
        RequestFailedException { ErrorCode: "AuthorizationPermissionMismatch" } when connection.IsBySignature =>
            "grants the signature in the connection string too little (AuthorizationPermissionMismatch). Make one that may read, add, update, process and delete in tables and queues.",
        // A key may do everything: this code tells of an identity, whatever the settings hold by now.
        RequestFailedException { Status: 401 or 403, ErrorCode: not "AuthorizationPermissionMismatch" } denied when connection.IsByKey =>
            $"refuses the connection string ({denied.ErrorCode}). Look at the account's firewall, and copy the connection string again from its page \"Access keys\".",
        RequestFailedException { Status: 507 } full => $"is full ({full.Status} {full.ErrorCode}). Make room, or raise the limit of the account.",
        RequestFailedException { Status: 401 or 403 } denied =>
            $"refuses the app ({denied.ErrorCode ?? Text(denied.Status)}). Give its identity the roles Storage Table Data Contributor and Storage Queue Data Contributor on the account, and look at the account's firewall.",
        RequestFailedException { ErrorCode: "TableNotFound" } =>
            "does not exist. Deploy the infrastructure again, or write PaySg__TablePrefix as the names of the tables begin, in the same letter case.",
        RequestFailedException { Status: 404 } => "does not exist. Deploy the infrastructure again.",
        RequestFailedException { Status: 429 or >= 500 } busy =>
            $"is over its limits or has a fault ({busy.Status} {busy.ErrorCode}). It passes as a rule; where it stays, look under \"Limits\" in docs/operate/operations.md.",
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
