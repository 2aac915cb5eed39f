using System.Text.Unicode;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Signs requests with an account's key (REST API of Table Storage, "Authorize with Shared Key", Shared Key Lite).</summary>
/// <param name="account">The account's name.</param>
/// <param name="key">Its key. Not logged: of the headers that a pipeline logs, <c>Authorization</c> is none.</param>
internal sealed class SharedKeyLitePolicy(string account, byte[] key) : HttpPipelineSynchronousPolicy
{
    private const int OnStack = 1024;
    private const int LongestUtf8 = 3;

    private readonly RequestSignature signature = new("SharedKeyLite", account, key);

    public override void OnSendingRequest(HttpMessage message)
    {
        var date = RequestDate.Now();
        message.Request.Headers.SetValue(RequestDate.Header, date);
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, Sign(date, message.Request.Uri.ToUri().AbsolutePath));
    }

    private string Sign(string date, string path)
    {
        var most = LongestUtf8 * (date.Length + signature.Account.Length + path.Length + 2);
        var signed = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        Utf8.TryWrite(signed, $"{date}\n/{signature.Account}{path}", out var length);
        return signature.Of(signed[..length]);
    }
}
