using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Management.Members;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Invites and removes members by the operations that the management API calls.</summary>
internal sealed class ChangeMembers(
    InviteMember inviteMember, RemoveMember removeMember, ShowMembers showMembers, AccountPages pages, FormTokens tokens, PaySgSettings settings)
{
    /// <summary>303 to the members; 400 and the form again where a field is wrong; 409 where nobody would be an administrator.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var form = await PageForm.ReadAsync(call.Request, settings.PublicBaseUrl, call.ClientLeft);
        if (!tokens.IsValid(form["token"], visit.Person))
            throw ApiErrors.CrossSiteForm();

        var path = pages.In(visit.Account.Id, AccountPages.Members);
        var action = form["action"];
        try
        {
            await (action switch
            {
                MembersView.Invite => InviteAsync(call.Part($"{path}/{action}", InvitationOf(form), visit.KeyOf(form["form"])), visit),
                MembersView.Remove => RemoveAsync(call.Part($"{path}/{action}", default, visit.KeyOf(form["form"])), visit, form[MembersView.MemberField]),
                _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
            });
            return pages.SeeOther($"{path}?done={action}");
        }
        catch (ApiException refused) when (refused.Error.Fields.Any(error => error.Field is MembersView.Email or MembersView.Permissions))
        {
            return await showMembers.RefuseAsync(400, visit, name => form[name], [.. refused.Error.Fields.Select(InWordsOfOfficers)], refusal: null);
        }
        catch (ApiException refused) when (refused.Error.Status == 409)
        {
            return await showMembers.RefuseAsync(409, visit, name => form[name], [], refused.Error.Code == "last_administrator"
                ? "This is the last administrator: make somebody else one first."
                : refused.Error.Message);
        }
    }

    private Task<ApiAnswer> InviteAsync(ApiCall part, AccountVisit visit) => inviteMember.RunAsync(part, visit.Account.Id);

    private Task<ApiAnswer> RemoveAsync(ApiCall part, AccountVisit visit, string memberId) => removeMember.RunAsync(part, visit.Account.Id, memberId);

    private static byte[] InvitationOf(PageForm form) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("email", form[MembersView.Email]);
        json.WriteStartArray("permissions");
        foreach (var name in PermissionNames.All.Where(name => form[MembersView.FieldOf(name)].Length > 0))
            json.WriteStringValue(name);

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static FieldError InWordsOfOfficers(FieldError error) => error.Field == MembersView.Permissions
        ? error with { Message = "Tick at least one." }
        : error with { Message = "Enter an email address, such as mei.ling@agency.gov.sg." };
}
