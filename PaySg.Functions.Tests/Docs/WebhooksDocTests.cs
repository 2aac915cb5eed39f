using System.Text;
using System.Text.Json;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Docs;

public sealed class WebhooksDocTests(ITestOutputHelper output)
{
    private static Document Webhooks => Document.Read("docs/integrate/webhooks.md");

    [Fact]
    public void The_schedule_is_the_one_of_the_code()
    {
        var documented = Webhooks.Table("attempt").Select(row => $"{row[0]}: {row[1]}");
        var scheduled = RetrySchedule.Delays.Select((delay, index) => $"{index + 1}: {(delay == TimeSpan.Zero ? "at once" : Durations.Print(delay))}");
        Assert.Equal(scheduled, documented);

        var hours = RetrySchedule.Delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay).TotalHours;
        Assert.Contains($"Ten attempts in {hours:0.0} hours", Webhooks.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_event_types_are_those_that_can_be_subscribed_to() =>
        Assert.Equal(EventTypes.Subscribable, Webhooks.Table("type").Select(row => row[0].Trim('`')));

    [Fact]
    public void The_sample_in_CSharp_is_the_one_that_is_tested() =>
        Assert.Equal(
            Document.Repository.Read("PaySg.Functions.Tests/Docs/PaySgSignature.cs").Replace($"namespace {typeof(PaySgSignature).Namespace};\n\n", "", StringComparison.Ordinal),
            Assert.Single(Webhooks.Code("csharp")));

    [Fact]
    public async Task The_samples_take_a_real_delivery_and_refuse_a_changed_an_old_and_a_foreign_one()
    {
        var cases = await DeliveriesAsync();
        var expected = cases.Select(each => each.IsGenuine);

        Assert.Equal(expected, cases.Select(each => PaySgSignature.IsValid(
            Convert.FromBase64String(each.Body), each.Header, each.Secret, DateTimeOffset.FromUnixTimeMilliseconds(each.NowMs))));
        Assert.Equal(expected, await RunNodeAsync(cases));
        if (!ChildProcess.Exists("python3"))
        {
            output.WriteLine("The sample in Python was not run: python3 is not installed.");
            return;
        }

        Assert.Equal(expected, await RunPythonAsync(cases));
    }

    /// <summary>A delivery as a receiver got it, and what others might make of it.</summary>
    private static async Task<IReadOnlyList<SignedDelivery>> DeliveriesAsync()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        var (_, secret) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        await app.Client.CreatedPaymentAsync(A.Payment().With("payer_name", "陈大文 <O'Neil> 🦁"));
        var webhook = (await receiver.WaitForAsync(1))[0];

        var header = webhook.Headers["PaySG-Signature"];
        var body = Convert.ToBase64String(webhook.Body);
        var changed = Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(webhook.Body).Replace("1130", "1", StringComparison.Ordinal)));
        var now = webhook.At.ToUnixTimeMilliseconds();
        const long sixMinutes = 6 * 60 * 1000;
        var genuine = new SignedDelivery("as it came", body, header, secret, now, IsGenuine: true);
        return
        [
            genuine,
            genuine with { Name = "with a space after the comma", Header = header.Replace(",", ", ", StringComparison.Ordinal) },
            genuine with { Name = "with a second signature", Header = header.Replace(",v1=", ",v1=00ff,v1=", StringComparison.Ordinal) },
            genuine with { Name = "changed", Body = changed, IsGenuine = false },
            genuine with { Name = "of another endpoint", Secret = "whsec_" + Convert.ToBase64String(new byte[32]), IsGenuine = false },
            genuine with { Name = "old", NowMs = now + sixMinutes, IsGenuine = false },
            genuine with { Name = "from the future", NowMs = now - sixMinutes, IsGenuine = false },
            genuine with { Name = "with another time", Header = header.Replace("t=", "t=1", StringComparison.Ordinal), IsGenuine = false },
            genuine with { Name = "without a signature", Header = header.Split(',')[0], IsGenuine = false },
            genuine with { Name = "with an empty header", Header = "", IsGenuine = false },
        ];
    }

    private static Task<IEnumerable<bool>> RunNodeAsync(IReadOnlyList<SignedDelivery> cases) => RunAsync(
        "node",
        "receiver.mjs",
        Assert.Single(Webhooks.Code("js")) + """
            import { readFileSync } from 'node:fs';
            const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
            console.log(JSON.stringify(cases.map((c) => isFromPaySg(Buffer.from(c.Body, 'base64'), c.Header, c.Secret, c.NowMs))));
            """,
        cases);

    private static Task<IEnumerable<bool>> RunPythonAsync(IReadOnlyList<SignedDelivery> cases) => RunAsync(
        "python3",
        "receiver.py",
        Assert.Single(Webhooks.Code("python")) + """

            import base64, json, sys
            cases = json.load(open(sys.argv[1], encoding="utf-8"))
            print(json.dumps([is_from_paysg(base64.b64decode(c["Body"]), c["Header"], c["Secret"], c["NowMs"]) for c in cases]))
            """,
        cases);

    private static async Task<IEnumerable<bool>> RunAsync(string program, string file, string script, IReadOnlyList<SignedDelivery> cases)
    {
        var folder = Directory.CreateTempSubdirectory("paysg-receiver-").FullName;
        try
        {
            var scriptPath = Path.Combine(folder, file);
            var casesPath = Path.Combine(folder, "cases.json");
            await File.WriteAllTextAsync(scriptPath, script);
            await File.WriteAllTextAsync(casesPath, JsonSerializer.Serialize(cases));
            return JsonSerializer.Deserialize<bool[]>(await ChildProcess.RunAsync(program, scriptPath, casesPath))!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
