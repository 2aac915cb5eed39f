using MailKit.Security;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Emails;

public sealed class EmailSettingsTests
{
    [Fact]
    public void Without_settings_no_mails_are_sent() => Assert.Null(Read());

    [Fact]
    public void Host_and_sender_are_enough()
    {
        var email = Read(("SmtpHost", "smtp.agency.gov.sg"), ("From", "no-reply@agency.gov.sg"))!;

        Assert.Equal(587, email.SmtpPort);
        Assert.True(email.UseTls);
        Assert.Null(email.SmtpUser);
        Assert.Null(email.FromName);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var email = Read(
            ("SmtpHost", "127.0.0.1"), ("SmtpPort", "2525"), ("SmtpUser", "u"), ("SmtpPassword", "secret-word"), ("UseTls", "false"), ("From", "a@b.sg"), ("FromName", "Agency"));

        Assert.Equal(
            new EmailSettings { SmtpHost = "127.0.0.1", SmtpPort = 2525, SmtpUser = "u", SmtpPassword = "secret-word", UseTls = false, From = "a@b.sg", FromName = "Agency" },
            email);
        Assert.DoesNotContain("secret-word", email!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("587", "true", SecureSocketOptions.StartTls)]
    [InlineData("25", "true", SecureSocketOptions.StartTls)]
    [InlineData("465", "true", SecureSocketOptions.SslOnConnect)]
    [InlineData("465", "false", SecureSocketOptions.None)]
    [InlineData("587", "false", SecureSocketOptions.None)]
    public void The_port_says_how_a_connection_is_secured(string port, string useTls, SecureSocketOptions expected) =>
        Assert.Equal(expected, Read(("SmtpHost", "relay"), ("From", "a@b.sg"), ("SmtpPort", port), ("UseTls", useTls))!.Tls);

    [Theory]
    [InlineData("PaySg__Email__SmtpHost: missing, although PaySg__Email__From is set", "From=a@b.sg")]
    [InlineData("PaySg__Email__SmtpHost: 'smtp://relay' is not a host name", "SmtpHost=smtp://relay", "From=a@b.sg")]
    [InlineData("PaySg__Email__From: missing", "SmtpHost=relay")]
    [InlineData("PaySg__Email__From: 'Agency <a@b.sg>' is not an e-mail address alone", "SmtpHost=relay", "From=Agency <a@b.sg>")]
    [InlineData("PaySg__Email__FromName: must be", "SmtpHost=relay", "From=a@b.sg", "FromName=x\r\nBcc: y")]
    [InlineData("PaySg__Email__SmtpPort: '0' is not a port", "SmtpHost=relay", "From=a@b.sg", "SmtpPort=0")]
    [InlineData("PaySg__Email__SmtpPort: 'smtp' is not a port", "SmtpHost=relay", "From=a@b.sg", "SmtpPort=smtp")]
    [InlineData("PaySg__Email__From: 'a.@b.sg' is not an e-mail address alone", "SmtpHost=relay", "From=a.@b.sg")]
    [InlineData("PaySg__Email__From: 'é@b.sg' is not an e-mail address alone", "SmtpHost=relay", "From=é@b.sg")]
    [InlineData("PaySg__Email__ReminderDays: '0' is not a number of days from 1 to 90", "SmtpHost=relay", "From=a@b.sg", "ReminderDays=0")]
    [InlineData("PaySg__Email__ReminderDays: '91' is not a number of days from 1 to 90", "SmtpHost=relay", "From=a@b.sg", "ReminderDays=91")]
    [InlineData("PaySg__Email__ReminderDays: '3 days' is not a number of days from 1 to 90", "SmtpHost=relay", "From=a@b.sg", "ReminderDays=3 days")]
    [InlineData("PaySg__Email__SmtpHost: missing, although PaySg__Email__ReminderDays is set", "ReminderDays=3")]
    [InlineData("PaySg__Email__UseTls: 'yes' is neither true nor false", "SmtpHost=relay", "From=a@b.sg", "UseTls=yes")]
    [InlineData("PaySg__Email__UseTls: false would send the password in the clear", "SmtpHost=relay", "From=a@b.sg", "UseTls=false", "SmtpUser=u", "SmtpPassword=p")]
    [InlineData("PaySg__Email__SmtpUser and PaySg__Email__SmtpPassword: set both", "SmtpHost=relay", "From=a@b.sg", "SmtpUser=u")]
    [InlineData("PaySg__Email__SmtpPassword: the Key Vault reference was not resolved", "SmtpHost=relay", "From=a@b.sg", "SmtpUser=u", "SmtpPassword=@Microsoft.KeyVault(x)")]
    public void A_mistake_is_named(string problem, params string[] settings)
    {
        var refused = Assert.Throws<PaySgConfigurationException>(() => Read([.. settings.Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], parts[1]))]));

        Assert.StartsWith(problem, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    private static EmailSettings? Read(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["PaySg:Mode"] = "test",
            ["PaySg:PublicBaseUrl"] = "https://pay.agency.gov.sg",
            ["PaySg:Secrets:CurrentKey"] = "k1:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=",
            ["PaySg:Tokens:CurrentKey"] = "k1:j1pZx7QmT0cV4uKd9RwHq3BsYfLeNg8Xa6vCi2DoMkE=",
        };
        foreach (var (name, value) in settings)
            all[$"PaySg:Email:{name}"] = value;
        return ReadSettings.From(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).Payments.Email;
    }
}
