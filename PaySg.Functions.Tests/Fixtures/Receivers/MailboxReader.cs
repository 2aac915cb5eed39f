using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Asks for mails as an e-service does, and reads LocalHost's mailbox as a payer does.</summary>
public static class MailboxReader
{
    public static Task<Answer> SendEmailAsync(this ApiClient client, string paymentId, string body = "{}", string? apiKey = ApiClient.ApiKey) =>
        client.PostAsync($"{ApiClient.PaymentsPath}/{paymentId}/send-email", body, apiKey);

    /// <summary>Waits until the mailbox holds so many mails; newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MailsAsync(this ApiClient client, int count)
    {
        IReadOnlyList<JsonElement> mails = [];
        await Eventually.TrueAsync(async () =>
        {
            mails = [.. (await client.GetAsync("/sandbox/mailbox", apiKey: null)).Expect(HttpStatusCode.OK).Json.GetProperty("mails").EnumerateArray()];
            return mails.Count >= count;
        });
        Assert.Equal(count, mails.Count);
        return mails;
    }
}
