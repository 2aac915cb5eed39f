using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>The first page: the payment services that the person is a member of.</summary>
internal sealed class ShowDashboard(MemberStore members, PaymentServiceStore services, DashboardPages pages)
{
    /// <summary>200 and the list, which may be empty.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Person person)
    {
        var entries = new List<Html>();
        foreach (var member in await members.ListOfAsync(person, call.ClientLeft))
        {
            if (await services.FindRememberedAsync(member.PaymentServiceId, call.ClientLeft) is { } service)
            {
                entries.Add(Html.Of($"""
                    <div><dt><a href="{pages.FirstPartOf(service.Id, member.Permissions)}">{service.Name}</a></dt><dd>You may: {string.Join(", ", PermissionNames.Of(member.Permissions))}</dd></div>
                    """));
            }
        }

        return pages.Page(200, person, "Payment services", Html.Of($"""
            <h1>Payment services</h1>
            {(entries.Count > 0 ? Html.Of($"<dl>\n{Html.Join(entries)}\n</dl>") : Nothing(person))}
            """));
    }

    private static Html Nothing(Person person) => Html.Of($"""
        <p>You are not a member of any payment service yet. Ask an administrator to invite you{Html.When(person.Email is not null, $" by the address <strong>{person.Email}</strong>")}.</p>
        """);
}
