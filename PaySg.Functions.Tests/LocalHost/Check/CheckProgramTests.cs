using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Check;

namespace PaySg.Functions.Tests.LocalHost.Check;

public sealed class CheckProgramTests
{
    /// <summary>A mistake in the settings, and what the line about it says.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "PaySg__Mode", "demo", "PaySg__Mode: 'demo' is not a mode. Set it to test or live." },
        { "PaySg__Mode", "live", "PaySg__Stripe__SecretKey: is missing. Live mode needs a gateway that moves real money" },
        { "PaySg__PublicBaseUrl", "pay.agency.gov.sg", "PaySg__PublicBaseUrl: 'pay.agency.gov.sg' is not an absolute https URL" },
        { "PaySg__PublicBaseUrl", "http://pay.agency.gov.sg", "PaySg__PublicBaseUrl: 'http://pay.agency.gov.sg' is not an absolute https URL" },
        { "PaySg__MaxAmountInCents", "1000.50", "PaySg__MaxAmountInCents: '1000.50' is not a number of cents" },
        { "PaySg__TablePrefix", "pay-sg", "PaySg__TablePrefix: 'pay-sg' is not usable" },
        { "PaySg__Secrets__CurrentKey", "k1:short", "PaySg__Secrets__CurrentKey: not a key. It must be a name, a colon and 32 bytes in base64" },
        { "PaySg__Secrets__CurrentKey", "@Microsoft.KeyVault(SecretUri=https://kv/secrets/s)", "PaySg__Secrets__CurrentKey: the Key Vault reference was not resolved" },
        { "PaySg__Secrets__PreviousKey", "gone", "PaySg__Secrets__PreviousKey: not a key" },
        { "PaySg__Webhooks__AllowedNetworks", "10.1.0.0", "PaySg__Webhooks__AllowedNetworks: '10.1.0.0' is not a range in CIDR form" },
        { "PaySg__ManagementKey", "short", "PaySg__ManagementKey: not usable. On a developer's machine it must be 20 or more visible ASCII characters" },
        { "PaySg__ManagementKey", "@Microsoft.KeyVault(SecretUri=https://kv/secrets/m)", "PaySg__ManagementKey: the Key Vault reference was not resolved" },
        { "PaySg__RateLimit__RequestsPerMinute", "-1", "PaySg__RateLimit__RequestsPerMinute: '-1' is not a number of requests" },
        { "PaySg__Retention__PaymentYears", "5", "PaySg__Retention__PaymentYears: '5' is not a number of years from 6 to 100." },
        { "PaySg__Retention__Days", "7", "PaySg__Retention__Days: '7' is not a number of days from 30 to 3650." },
        { "PaySg__Email__From", "no-reply@agency.gov.sg", "PaySg__Email__SmtpHost: missing, although PaySg__Email__From is set." },
        { "PaySg__Email__SmtpHost", "smtp.agency.gov.sg", "PaySg__Email__From: missing." },
        { "PaySg__PreviousManagementKey", "short", "PaySg__PreviousManagementKey: not usable." },
        { "PaySg__Tokens__CurrentKey", "t1:short", "PaySg__Tokens__CurrentKey: not a key." },
        { "PaySg__Tokens__PreviousKey", "local1:bG9jYWwtYWNjZXNzLXRva2VuLWtleS1uby1zZWNyZXQ=", "PaySg__Tokens__PreviousKey: has the name of PaySg__Tokens__CurrentKey" },
        { "PaySg__Tokens__LifetimeSeconds", "forever", "PaySg__Tokens__LifetimeSeconds: 'forever' is not a number of seconds" },
        { "AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=x", "AzureWebJobsStorage: not a connection string of a storage account." },
        { "AzureWebJobsStorage__accountName", "stpaysg", "AzureWebJobsStorage: set, and AzureWebJobsStorage__… names an account, too." },
    };

    [Fact]
    public async Task All_is_well_where_all_is_well()
    {
        await using var app = await PaySgApp.StartAsync();

        var (isWell, lines) = await CheckAsync(app.Connection);

        Assert.True(isWell, string.Join('\n', lines));
        Assert.Equal(
            ["ok    settings", "ok    storage", "ok    tables and queues", "ok    clock", "ok    mail relay", "All is well."],
            lines.Select(line => line.Split(':')[0]));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_the_settings_has_a_line_of_its_own(string setting, string value, string line)
    {
        var (isWell, lines) = await CheckAsync("UseDevelopmentStorage=true", (setting, value));

        Assert.False(isWell);
        Assert.Contains(lines, printed => printed.StartsWith("FAIL", StringComparison.Ordinal) && printed.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once_and_local_settings_do_not_fill_in_for_a_deployed_app()
    {
        var (isWell, lines) = await CheckAsync("", ("AZURE_FUNCTIONS_ENVIRONMENT", "Production"));

        Assert.False(isWell);
        Assert.Contains(lines, line => line.Contains("PaySg__Mode", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("PaySg__Secrets__CurrentKey: missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_table_is_named()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Services.GetRequiredService<PaySgTables>().Payments.DeleteAsync(CancellationToken.None);

        var (isWell, lines) = await CheckAsync(app.Connection);

        Assert.False(isWell);
        Assert.Contains("FAIL  tables and queues: Table paysgpayments does not exist. Deploy the infrastructure again, or write PaySg__TablePrefix as the names of the tables begin, in the same letter case.", lines);
    }

    [Fact]
    public async Task Storage_that_nobody_answers_for_says_so()
    {
        var nobody = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;";

        var (isWell, lines) = await CheckAsync(nobody);

        Assert.False(isWell);
        Assert.Contains(lines, line => line.StartsWith("FAIL  storage: The table service cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_that_refuses_us_says_what_to_give_the_identity_or_the_clock()
    {
        var wrongKey = string.Join(';', (await TestAzurite.NewAccountAsync()).Split(';')
            .Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={Convert.ToBase64String(new byte[64])}" : part));

        var (isWell, lines) = await CheckAsync(wrongKey);

        Assert.False(isWell);
        Assert.Contains(lines, line => line.StartsWith("FAIL  storage: The table service refuses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, "This machine is 20 minutes behind storage. Set its clock (NTP): signatures and tokens would be refused.")]
    [InlineData(-20, "This machine is 20 minutes ahead of storage. Set its clock (NTP): signatures and tokens would be refused.")]
    public async Task A_clock_that_is_20_minutes_off_says_so(int storageIsAhead, string line)
    {
        await using var app = await PaySgApp.StartAsync();
        await using var proxy = await StorageProxy.StartAsync(app.Connection);
        proxy.ClockAhead = TimeSpan.FromMinutes(storageIsAhead);

        var (isWell, lines) = await CheckAsync(proxy.Connection);

        Assert.False(isWell);
        Assert.Contains($"FAIL  clock: {line}", lines);
    }

    [Fact]
    public async Task A_signature_that_is_refused_because_of_the_clock_names_the_clock()
    {
        await using var proxy = await StorageProxy.StartAsync(await TestAzurite.NewAccountAsync());
        proxy.ClockAhead = TimeSpan.FromMinutes(20);
        proxy.Refuses = static _ => (403, "AuthenticationFailed");

        var (isWell, lines) = await CheckAsync(proxy.Connection);

        Assert.False(isWell);
        Assert.Contains(
            "FAIL  storage: The table service refuses the signature (AuthenticationFailed). This machine's clock is 20 minutes behind storage's. Set it (NTP): signatures and tokens are refused.",
            lines);
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "The queue service refuses the app (AuthorizationPermissionMismatch). Give its identity the roles")]
    [InlineData(507, "InsufficientStorage", "The queue service is full (507 InsufficientStorage). Make room")]
    [InlineData(503, "ServerBusy", "The queue service is over its limits or has a fault (503 ServerBusy).")]
    public async Task A_queue_that_takes_no_message_says_why(int status, string code, string line)
    {
        await using var app = await PaySgApp.StartAsync();
        await using var proxy = await StorageProxy.StartAsync(app.Connection);
        proxy.Refuses = request => request.Method == "POST" && request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal) ? (status, code) : null;

        var (isWell, lines) = await CheckAsync(proxy.Connection);

        Assert.False(isWell);
        Assert.Contains(lines, printed => printed.StartsWith($"FAIL  storage: {line}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_queue_is_named()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Services.GetRequiredService<PaySgQueues>().Outbox.DeleteAsync(CancellationToken.None);

        var (isWell, lines) = await CheckAsync(app.Connection);

        Assert.False(isWell);
        Assert.Contains("FAIL  tables and queues: Queue paysg-outbox does not exist. Deploy the infrastructure again.", lines);
    }

    [Fact]
    public async Task A_mail_relay_is_greeted_and_one_without_tls_is_no_relay_for_us()
    {
        await using var app = await PaySgApp.StartAsync();
        await using var relay = SmtpServer.Start();

        var (isWell, lines) = await CheckAsync(app.Connection, Relay(relay));
        Assert.False(isWell);
        Assert.Contains(lines, line => line.Contains("offers no STARTTLS", StringComparison.Ordinal));

        (isWell, lines) = await CheckAsync(app.Connection, [.. Relay(relay), ("PaySg__Email__UseTls", "false")]);
        Assert.True(isWell, string.Join('\n', lines));
        Assert.DoesNotContain("DATA", relay.Commands);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_mail_relay_that_hangs_is_given_up()
    {
        await using var app = await PaySgApp.StartAsync();
        await using var relay = SmtpServer.Start();
        relay.Hangs = true;

        var (isWell, lines) = await CheckAsync(app.Connection, Relay(relay));

        Assert.False(isWell);
        Assert.Contains(lines, line => line.StartsWith("FAIL  mail relay", StringComparison.Ordinal) && line.Contains("did not answer within 10 seconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_command_ends_with_code_1_where_anything_is_wrong()
    {
        var (code, printed) = await RunAsync("check", "PaySg__Mode", "demo");

        Assert.Equal(1, code);
        Assert.Equal("FAIL  settings: PaySg__Mode: 'demo' is not a mode. Set it to test or live.\n", printed);
    }

    /// <summary>Which lines there are is said above, without a process: here is one of each way that a setting is read.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [InlineData("PaySg__Mode", "demo", "PaySg__Mode: 'demo' is not a mode. Set it to test or live.")]
    [InlineData("PaySg__ManagementKey", "@Microsoft.KeyVault(SecretUri=https://kv/secrets/m)", "PaySg__ManagementKey: the Key Vault reference was not resolved")]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=x", "AzureWebJobsStorage: not a connection string of a storage account.")]
    public async Task A_mistake_ends_the_command_and_localhost_itself_with_its_line_and_code_1(string setting, string value, string line)
    {
        var (checkCode, checkPrinted) = await RunAsync("check", setting, value);

        Assert.Equal(1, checkCode);
        Assert.Contains(line, checkPrinted, StringComparison.Ordinal);

        // In memory LocalHost has a storage account of its own, whatever the settings say of one.
        if (setting.StartsWith("PaySg__", StringComparison.Ordinal))
        {
            var (hostCode, hostPrinted) = await RunAsync("--in-memory", setting, value);
            Assert.Equal(1, hostCode);
            Assert.Contains(line, hostPrinted, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Printed)> RunAsync(string argument, string setting, string value)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PaySg.LocalHost.dll"), argument])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [setting] = value },
        };
        using var program = Process.Start(start)!;
        var error = program.StandardError.ReadToEndAsync();
        var printed = await program.StandardOutput.ReadToEndAsync() + await error;
        await program.WaitForExitAsync();
        return (program.ExitCode, printed.ReplaceLineEndings("\n"));
    }

    private static (string Setting, string Value)[] Relay(SmtpServer relay) =>
        [("PaySg__Email__SmtpHost", "127.0.0.1"), ("PaySg__Email__SmtpPort", $"{relay.Port}"), ("PaySg__Email__From", "no-reply@agency.gov.sg")];

    private static async Task<(bool IsWell, IReadOnlyList<string> Lines)> CheckAsync(string connection, params (string Setting, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = connection };
        foreach (var (setting, value) in settings)
            environment[setting] = value;
        await using var output = new StringWriter();
        var isWell = await new CheckProgram(environment, output).RunAsync(CancellationToken.None);
        return (isWell, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
