using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.LocalHost.Mailbox;
using PaySg.LocalHost.SignIn;

namespace PaySg.LocalHost.Demo;

/// <summary>
/// Makes what a demonstration needs: tables, queues, and on an empty store in test mode the owners of local.settings.json
/// (<c>PaySg__Demo__…</c>). LocalHost alone does this; a deployed app has no demo owners.
/// </summary>
internal static class DemoSeed
{
    /// <summary>Makes what is missing. Done before the functions run, with services of its own.</summary>
    public static async Task PrepareAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await using var services = ProductServices.Build(settings);
        try
        {
            await services.GetRequiredService<PaySgTables>().CreateMissingAsync(cancellationToken);
        }
        catch (PaySgConfigurationException otherCase)
        {
            throw LocalHostException.Of([.. otherCase.Problems]);
        }

        await services.GetRequiredService<PaySgQueues>().CreateMissingAsync(cancellationToken);
        if (services.GetRequiredService<PaySgSettings>().Mode == PaySgMode.Test && DemoOwners.Of(services.GetRequiredService<IConfiguration>()) is { } demo)
        {
            await SeedServiceAsync(services, demo, cancellationToken);
            await SeedMembersAsync(services, demo.PaymentServiceId, cancellationToken);
            if (demo.Account is { } account)
            {
                await SeedAccountAsync(services, account, cancellationToken);
                await SeedMembersAsync(services, account.AccountId, cancellationToken);
            }
        }
    }

    /// <summary>Says where to begin, and how to reach the demo owners. A payment that waits to be paid is made where there is none.</summary>
    /// <param name="services">What <see cref="ProductServices.Build"/> made.</param>
    /// <param name="address">Where the app listens.</param>
    /// <param name="output">Where the lines go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task PrintAsync(IServiceProvider services, Uri address, TextWriter output, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<PaySgSettings>().Mode != PaySgMode.Test || DemoOwners.Of(services.GetRequiredService<IConfiguration>()) is not { } demo)
            return;
        var paymentId = await services.GetRequiredService<DemoPayment>().PrepareAsync(cancellationToken);
        IEnumerable<(string Name, string Value)> lines =
        [
            ("start here", address.AbsoluteUri),
            ("API browser", new Uri(address, "/external/api").AbsoluteUri),
            ("dashboard", new Uri(address, "/dashboard").AbsoluteUri),
            ("a payment to pay", new Uri(address, $"/payments/{paymentId}").AbsoluteUri),
            ("webhook inbox", new Uri(address, WebhookInbox.Path).AbsoluteUri),
            ("mailbox", new Uri(address, MailboxPages.Path).AbsoluteUri),
            .. demo.Lines,
        ];
        await output.WriteLineAsync(
            $"""

            PaySG for Azure, test mode: no money moves.

            {string.Join(Environment.NewLine, lines.Select(line => $"  {line.Name,-26} {line.Value}"))}

            """);
    }

    private static async Task SeedServiceAsync(IServiceProvider services, DemoOwners demo, CancellationToken cancellationToken)
    {
        var paymentServices = services.GetRequiredService<PaymentServiceStore>();
        if (await paymentServices.FindAsync(demo.PaymentServiceId, cancellationToken) is not null)
            return;

        // The service is saved last: a seed that was cut short is done again as a whole.
        var service = await paymentServices.PrepareAsync("Demo agency", demo.PaymentServiceId, cancellationToken);
        var keys = services.GetRequiredService<ApiKeys>();
        var ids = services.GetRequiredService<IdGenerator>();
        foreach (var (secret, label, permissions) in new[] { (demo.ApiKey, "Demo", Permission.All), (demo.ViewOnlyApiKey, "Demo, view only", Permission.View) })
            await keys.IssueAsync(keys.Prepare(service, label, permissions), secret, new EntityGroup(ids.NewWriteId()));
        await paymentServices.SaveAsync(service, cancellationToken);
    }

    /// <summary>Invites the demo people, as the management API would.</summary>
    private static async Task SeedMembersAsync(IServiceProvider services, string ownerId, CancellationToken cancellationToken)
    {
        var members = services.GetRequiredService<MemberStore>();
        if (await members.FindCountAsync(ownerId, cancellationToken) is not null)
            return;

        var ids = services.GetRequiredService<IdGenerator>();
        var now = services.GetRequiredService<TimeProvider>().NowInMilliseconds();
        var invited = DemoPerson.All.Where(person => person.Permissions != Permission.None)
            .Select(person => new Member { Id = ids.NewMemberId(now), OwnerId = ownerId, Email = person.Email, Permissions = person.Permissions, InvitedAt = now })
            .ToList();
        var group = new EntityGroup(ids.NewWriteId()).Insert(MemberRows.WriteCount(ownerId, invited.Count(member => member.IsAdministrator)));
        foreach (var member in invited)
        {
            await members.PointAsync(MemberRows.EmailKey(member.Email), member.OwnerId);
            group.Insert(MemberRows.Write(member)).Insert(MemberRows.WriteEmail(member));
        }

        await services.GetRequiredService<PaySgTables>().Access.SubmitAsync(group, cancellationToken);
    }

    private static async Task SeedAccountAsync(IServiceProvider services, DemoAccount demo, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AccountStore>();
        if (await accounts.FindAsync(demo.AccountId, cancellationToken) is not null)
            return;

        // As above: the account is saved last.
        var now = services.GetRequiredService<TimeProvider>().NowInMilliseconds();
        var credentials = services.GetRequiredService<CredentialStore>();
        await credentials.IssueAsync(
            new Credential(demo.ClientId, demo.AccountId, demo.PartnerId, "Demo", now),
            demo.ClientSecret,
            new EntityGroup(services.GetRequiredService<IdGenerator>().NewWriteId()));
        var account = new Account
        {
            Id = demo.AccountId,
            Name = "Demo merchant",
            Email = "merchant@example.com",
            Phone = "08123993201",
            CreatedAt = now,
            UpdatedAt = now,
        };
        var endpoint = WebhookEndpoint.OfAccount(account.Id, url: null, now);
        await services.GetRequiredService<WebhookEndpointStore>().SaveAsync(endpoint, cancellationToken);
        await accounts.SaveAsync(account, cancellationToken);
    }
}
