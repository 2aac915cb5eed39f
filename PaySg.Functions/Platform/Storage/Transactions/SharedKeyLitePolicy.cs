using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage.Transactions;

/// <summary>Signs requests with an account's key (REST API of Table Storage, "Authorize with Shared Key", Shared Key Lite).</summary>
/// <param name="account">The account's name.</param>
/// <param name="key">Its key. Not logged: of the headers that a pipeline logs, <c>Authorization</c> is none.</param>
internal sealed class SharedKeyLitePolicy(string account, byte[] key) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        // Storage compares it with its own clock, so it is the machine's, whatever clock the product has.
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var signed = $"{date}\n/{account}{message.Request.Uri.ToUri().AbsolutePath}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, $"SharedKeyLite {account}:{signature}");
    }
}
