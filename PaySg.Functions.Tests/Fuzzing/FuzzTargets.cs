using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Events;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Payments;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Http.Singapay;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.LocalHost;
using PaySg.LocalHost.Backup;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>All that reads bytes from outside.</summary>
internal static class FuzzTargets
{
    private const string OfRequests =
        "it is answered with less than 500 and in headers that can be sent; JSON is JSON; pages hold no markup of the request; no secret and no card number is shown or logged; "
        + "what was created reads as it was answered, and a repetition with the same key is answered the same";

    /// <summary>Microsoft's reader of configurations takes seconds for a key of thousands of parts; the file is the developer's own.</summary>
    private const int LongestHostJson = 2048;

    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] RequestNames = ["requests-paysg", "requests-singapay", "requests-pages", "requests-management", "requests-webhooks", "requests-sandbox"];

    /// <summary>The names of all targets.</summary>
    public static IEnumerable<string> Names => [.. RequestNames, .. Plain().Select(target => target.Name), "backup-file", "webhook-answer", "webhook-inbox"];

    /// <summary>A target with all that it needs.</summary>
    public static async Task<FuzzTarget> MakeAsync(string name)
    {
        if (Plain().FirstOrDefault(target => target.Name == name) is { } plain)
            return plain;
        var product = await FuzzProduct.StartAsync();
        return name switch
        {
            "backup-file" => new FuzzTarget(name, "a file that is no backup is refused as such, and never restored in part without a word", input => RestoreAsync(product, input)),
            "webhook-answer" => new FuzzTarget(name, "the attempt has a result: at most 1,024 characters of the answer and a wait of at most 12 hours; it is stored, read and shown again", Posting(product)),
            "webhook-inbox" => new FuzzTarget(name, "a webhook is shown, whatever it holds, and no forged one verifies", input => ReceiveAsync(product, input)),
            _ => new FuzzTarget(name, OfRequests, product.TakeAsync) { Fill = product.Fill, Tokens = product.Tokens },
        };
    }

    private static IReadOnlyList<FuzzTarget> Plain() =>
    [
        OfText("cursor", "what is taken is a payment's id, and prints as it was read", text =>
            PaymentCursor.Parse(text) is { } id && (PaymentId.IsValid(id) && PaymentCursor.Of(id) == text ? true : throw new FuzzFinding($"It prints as {PaymentCursor.Of(id)}."))),
        OfText("id", "an id that is taken leads to its place and back", CheckIds),
        OfText("time", "a time that is taken is one from 1970 to 9998, and is the same when it is printed and read again", CheckTimes),
        OfText("url", "a URL that is taken is in ASCII and has a host; its form to compare by is its own", CheckUrl),
        OfText("email", "an address that is taken can be put on a mail, and has no second line", CheckEmail),
        OfText("number", "a number is read to the digit", CheckNumber),
        OfText("basic-credentials", "what is taken prints as it was read", text => BasicCredentials.Parse(text) is { } read
            && (BasicCredentials.Parse("Basic " + Convert.ToBase64String(Strict.GetBytes($"{read.ClientId}:{read.ClientSecret}"))) == read ? true : throw new FuzzFinding("It prints otherwise."))),
        OfText("token-signature", "nothing but the day's own signature is taken", text =>
            TokenRequestSignature.Matches("demo-client", "demo-client-secret", text, Now)
            && (text.Equals(Convert.ToHexString(TokenRequestSignature.Of("demo-client", "demo-client-secret", "20260115")), StringComparison.OrdinalIgnoreCase)
                ? true : throw new FuzzFinding("A forged signature is taken."))),
        new FuzzTarget("content-coding", "it is unpacked to 64 KiB at most", UnpackAsync),
        OfText("backup-row", "a row that is taken prints as it was read", CheckRow),
        OfText("local-settings", "a file that is none is refused in words", text => Refusing<LocalHostException>(() => LocalSettings.Parse(text).Under([]))),
        OfText("host-json", "a file that is none is refused in words", text => Refusing<LocalHostException>(() => HostJsonReader.Read(text[..Math.Min(text.Length, LongestHostJson)], new Dictionary<string, string>()))),
        OfText("command-line", "what is no command is refused in words", text => Refusing<LocalHostException>(() => CommandLine.Parse(text.Replace("\0", "", StringComparison.Ordinal).Split('\n')))),
        OfText("settings", "settings that are not usable are all named, with what to do, and without the keys among them", CheckSettings),
    ];

    private static FuzzTarget OfText(string name, string property, Func<string, bool> take) =>
        new(name, property, input => Task.FromResult(take(Encoding.UTF8.GetString(input))));

    private static bool Refusing<T>(Action take)
        where T : Exception
    {
        try
        {
            take();
            return true;
        }
        catch (T refusal)
        {
            return refusal.Message.Length > 0 ? false : throw new FuzzFinding("It is refused without a word.");
        }
    }

    private static bool CheckIds(string text)
    {
        var taken = false;
        if (PaymentId.IsValid(text))
            taken = SortableAlphabet.Complement(SortableAlphabet.Complement(text)) == text && PaymentId.ServiceCodeOf(text).Length == PaymentId.ServiceCodeLength ? true : throw new FuzzFinding("The complement.");
        if (Ulid.IsValid(text))
            taken = OwnerIds.KindOf(text) == OwnerKind.Account && Ulid.ValueOf(text) >= 0 ? true : throw new FuzzFinding("A ULID.");
        if (PaymentLinkId.Parse(text) is { } link)
            taken = PaymentLinkId.OfComplement(PaymentLinkId.Complement(link)) == link && PaymentLinkId.TimeOf(link) >= PaymentLinkId.TimeOf(0) ? true : throw new FuzzFinding("A link's id.");
        if (LinkAttemptNo.IdOf(text) is { } attempt)
            taken = PaymentLinkId.OfComplement(PaymentLinkId.Complement(attempt)) == attempt ? true : throw new FuzzFinding("An attempt's number.");
        if (SortableUuid.IsPrefixed(text, EventRows.IdPrefix))
            taken = SortableUuid.Complement(SortableUuid.Complement(text[4..])) == text[4..] && EventRows.Key(text).Length > 0 ? true : throw new FuzzFinding("An event's id.");
        if (PaymentLinkReffNo.IsValid(text))
            taken = RowKeys.Range("owner", "a" + text, "b").Length > 0;
        return taken;
    }

    private static bool CheckTimes(string text)
    {
        var times = new[] { RequestTime.Parse(text), SingapayDate.OfText(text) }.OfType<DateTimeOffset>().ToList();
        _ = RequestTime.WhyNot(text);
        foreach (var time in times)
        {
            if (!RequestTime.IsWithinBounds(time))
                throw new FuzzFinding($"Out of bounds: {time:O}");
            if (RequestTime.Parse(SingaporeTime.Format(time)) != time)
                throw new FuzzFinding($"{SingaporeTime.Format(time)} is not read as it was printed.");
            _ = RowKeys.Milliseconds(time);
        }

        return times.Count > 0;
    }

    private static bool CheckUrl(string text)
    {
        if (RequestUrl.Read(text, out var why) is not { } url)
            return why is { Length: > 0 } ? false : throw new FuzzFinding("It is refused without a reason.");
        if (url.Host.Length == 0 || !text.All(char.IsAscii))
            throw new FuzzFinding("It has no host, or is beyond ASCII.");
        _ = (RequestUrl.IsThisMachine(url), RequestUrl.IsLocalPage(url), WebhookUrl.HostOf(text));
        var form = WebhookUrl.Normalise(text);
        return WebhookUrl.Normalise(form) == form && WebhookUrl.AreOne(text, form) ? true : throw new FuzzFinding($"Its form {form} has another: {WebhookUrl.Normalise(form)}.");
    }

    private static bool CheckEmail(string text)
    {
        if (!EmailAddress.IsValid(text))
            return false;
        var message = new MimeKit.MimeMessage();
        message.To.Add(new MimeKit.MailboxAddress("", text));
        _ = EmailAddress.NeedsSmtpUtf8(text);
        return text.Contains('\n', StringComparison.Ordinal) || text.Contains('\r', StringComparison.Ordinal) ? throw new FuzzFinding("It has a second line.") : true;
    }

    private static bool CheckNumber(string text)
    {
        JsonElement number;
        try
        {
            number = JsonSerializer.Deserialize<JsonElement>(text);
            if (number.ValueKind == JsonValueKind.String)
                number.GetString();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }

        _ = WrittenNumber.Read(number);
        if (number.ValueKind != JsonValueKind.Number || ExactNumber.WholeOf(number) is not { } whole)
            return false;
        if (Math.Abs(whole) < ExactNumber.Huge && number.GetRawText().Length < 100 && ByHand(number.GetRawText()) != (BigInteger)whole)
            throw new FuzzFinding($"It is read as {whole}.");
        return true;
    }

    /// <summary>The same number, by long division.</summary>
    private static BigInteger? ByHand(string text)
    {
        var parts = text.Split('e', 'E');
        var exponent = parts.Length > 1 ? BigInteger.Parse(parts[1].TrimStart('+'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        exponent -= point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return digits.IsZero ? 0
            : BigInteger.Abs(exponent) > 400 ? null
            : exponent >= 0 ? digits * BigInteger.Pow(10, (int)exponent)
            : digits % BigInteger.Pow(10, -(int)exponent) == 0 ? digits / BigInteger.Pow(10, -(int)exponent) : null;
    }

    /// <summary>The first line is <c>Content-Encoding</c>, the rest the body.</summary>
    private static async Task<bool> UnpackAsync(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        if (end < 0)
            return false;
        var context = new DefaultHttpContext();
        context.Request.Headers.ContentEncoding = Encoding.Latin1.GetString(input, 0, end);
        context.Request.Body = new MemoryStream(input, end + 1, input.Length - end - 1);
        try
        {
            var bytes = await RequestBody.ReadAsync(context.Request, CancellationToken.None);
            return bytes.Length <= RequestBody.Limit ? true : throw new FuzzFinding($"It is unpacked to {bytes.Length} bytes.");
        }
        catch (ApiException refusal) when (refusal.Error.Status is 400 or 413 or 415)
        {
            return false;
        }
    }

    private static bool CheckRow(string text)
    {
        try
        {
            var row = RowJson.Read(text, "file", 1);
            var printed = RowJson.Write(row);
            return RowJson.Write(RowJson.Read(Encoding.UTF8.GetString(printed), "file", 1)).AsSpan().SequenceEqual(printed) ? true : throw new FuzzFinding("It prints otherwise.");
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Lines of <c>name=value</c> over the settings of local.settings.json.</summary>
    private static bool CheckSettings(string text)
    {
        var settings = new Dictionary<string, string>(PaySgApp.SettingsFor(Simulation.StorageModel.Connection), StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n'))
        {
            if (line.Split('=', 2) is [{ Length: > 0 } name, var value])
                settings[name] = value;
        }

        var configuration = new AppSettings(settings).WithDefault(AppSettings.PublicBaseUrl, "https://pay.agency.gov.sg").ToConfiguration();
        try
        {
            using var services = new ServiceCollection().AddLogging().AddPaySg(configuration).BuildServiceProvider();
            return true;
        }
        catch (PaySgConfigurationException refusal)
        {
            var told = string.Join('\n', refusal.Problems);
            foreach (var (name, value) in settings.Where(each => each.Value.Length > 12 && (each.Key.EndsWith("Key", StringComparison.OrdinalIgnoreCase) || each.Key.EndsWith("Password", StringComparison.OrdinalIgnoreCase))))
            {
                // What is written into another setting is shown as that one's.
                if (told.Contains(value, StringComparison.Ordinal) && settings.Count(each => each.Value.Contains(value, StringComparison.Ordinal)) == 1)
                    throw new FuzzFinding($"The value of {name} is shown: {told}");
            }

            return refusal.Problems.Count > 0 ? false : throw new FuzzFinding("It is refused without a word.");
        }
    }

    /// <summary>The file of a backup's table, as it lies in the folder.</summary>
    private static async Task<bool> RestoreAsync(FuzzProduct product, byte[] input)
    {
        product.Begin(mayScan: true);
        var folder = Directory.CreateTempSubdirectory("paysg-fuzz-");
        try
        {
            var tables = product.Services.GetRequiredService<PaySgTables>();
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, BackUpTables.FileOf(tables.Sandbox)), input);
            await new RestoreTables(tables, null!, "paysg", TimeProvider.System, TextWriter.Null).RunAsync(new FolderBackup(folder.FullName), new RestoreChoice(folder.FullName, IsConfirmed: true), CancellationToken.None);
            return IsWhole(input) ? true : throw new FuzzFinding("A part of a file was restored as if it were the whole.");
        }
        catch (Exception refusal) when (refusal is LocalHostException or InvalidDataException or RequestFailedException)
        {
            return false;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether a file of gzip ends with the length of what is in it.</summary>
    private static bool IsWhole(byte[] input)
    {
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(input), CompressionMode.Decompress))
            packed.CopyTo(unpacked);
        return input.Length == 0 || (input.Length >= 18 && BitConverter.ToUInt32(input, input.Length - 4) == (uint)unpacked.Length);
    }

    /// <summary>What a receiver answers: the status, headers, an empty line and the body.</summary>
    private static Func<byte[], Task<bool>> Posting(FuzzProduct product)
    {
        byte[] answer = [];
        var client = product.Services.GetRequiredService<Functions.Webhooks.Egress.WebhookHttpClient>();
        var field = client.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(each => each.FieldType == typeof(HttpClient));
        field.SetValue(client, new HttpClient(new Answering(() => answer)));
        var post = ActivatorUtilities.GetServiceOrCreateInstance<PostEvent>(product.Services);
        return async input =>
        {
            answer = input;
            var endpoint = (await product.Services.GetRequiredService<WebhookEndpointStore>().ListAllAsync(ApiClient.ServiceId, CancellationToken.None))[0].Endpoint;
            var told = new WebhookEvent("evt_01234567-89ab-7def-8123-456789abcdef", "payment.succeeded", ApiClient.ServiceId, Now, "{}"u8.ToArray());
            var result = await post.RunAsync(told, endpoint);
            if (result.Excerpt?.Length > PostEvent.ExcerptLength || result.RetryAfter <= TimeSpan.Zero || result.RetryAfter > RetrySchedule.LongestRetryAfter)
                throw new FuzzFinding($"{result.Excerpt?.Length} characters, and a wait of {result.RetryAfter}.");
            var delivery = WebhookDelivery.Of(told, endpoint.Id, Now) is var fresh ? fresh.Record(result, fresh.NextAttemptAt, Now, FixedRandom.Middle) : null!;
            var read = DeliveryRows.Read(DeliveryRows.WriteNew(delivery));
            if (read.Attempts[^1] != delivery.Attempts[^1] || read.State != delivery.State)
                throw new FuzzFinding($"It reads otherwise: {read.Attempts[^1]}.");
            using var shown = JsonDocument.Parse(DeliveryJson.Answer(200, read).Body);
            return result.Succeeded;
        };
    }

    /// <summary>Headers, an empty line, and the body of a webhook that reaches LocalHost's inbox.</summary>
    private static async Task<bool> ReceiveAsync(FuzzProduct product, byte[] input)
    {
        var head = input.AsSpan().IndexOf("\n\n"u8) is var end && end < 0 ? input.Length : end;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Encoding.UTF8.GetString(input, 0, head).Split('\n'))
        {
            if (line.Split(':', 2) is [var name, var value])
                headers[name.Trim()] = value.Trim();
        }

        var check = new InboxSignatures(
            product.Services.GetRequiredService<WebhookEndpointStore>(),
            product.Services.GetRequiredService<Functions.Access.SecretProtector>(),
            product.Services.GetRequiredService<Functions.Access.Accounts.AccountStore>(),
            product.Services.GetRequiredService<Functions.Access.Accounts.CredentialStore>(),
            TimeProvider.System);
        var webhook = await check.CheckAsync(new ReceivedWebhook(Now, "/sandbox/webhook-inbox?a=b", headers, head + 2 < input.Length ? input[(head + 2)..] : []), CancellationToken.None);
        _ = (webhook.Type, webhook.EventId);
        return webhook is { PaySgValid: true } or { StandardValid: true } or { SingapayValid: true } ? throw new FuzzFinding("A forged webhook verifies.") : webhook.Json is not null;
    }

    /// <summary>Answers with bytes: what is no status is 200, what is no header is left out.</summary>
    private sealed class Answering(Func<byte[]> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var bytes = answer();
            var head = bytes.AsSpan().IndexOf("\n\n"u8) is var end && end < 0 ? bytes.Length : end;
            var lines = Encoding.Latin1.GetString(bytes, 0, head).Split('\n');
            var response = new HttpResponseMessage(int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 999 ? (HttpStatusCode)status : HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(head + 2 < bytes.Length ? bytes[(head + 2)..] : []),
            };
            foreach (var line in lines[1..])
            {
                if (line.Split(':', 2) is [{ Length: > 0 } name, var value] && name.All(char.IsAsciiLetterOrDigit) | name.Contains('-', StringComparison.Ordinal) && !value.AsSpan().ContainsAny("\r\n\0"))
                    _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        }
    }
}
