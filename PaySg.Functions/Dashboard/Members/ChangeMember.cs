using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Management.Members;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Members;

/// <summary>
/// Does what a form of the members' page asks for, by the operations of the management API. The form's key is the call's idempotency key, so what is sent twice is
/// done once; and a form names the permissions that it was shown with, so nobody undoes without a word what another administrator has just done.
/// </summary>
internal sealed class ChangeMember(
    MemberStore members, InviteMember inviteMember, RemoveMember removeMember, MembersView view, DashboardPages pages, OfficerForms officerForms)
{
    /// <summary>303 to the list, or to the first page where an administrator has removed themselves; 400 and 409 with the form again.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, OwnerPlace place)
    {
        var form = await officerForms.ReadAsync(call, place.Person);

        return form["action"] switch
        {
            MemberSteps.Invite => await InviteAsync(call, place, form),
            MemberSteps.Change => await ChangeAsync(call, place, form),
            MemberSteps.Remove => await RemoveAsync(call, place, form),
            _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
        };
    }

    private async Task<ApiAnswer> InviteAsync(ApiCall call, OwnerPlace place, PageForm form)
    {
        var typed = TypedMember.Of(form);
        if (await members.FindInvitedAsync(place.OwnerId, typed.Email.ToLowerInvariant(), call.ClientLeft) is { } row)
        {
            return MemberRows.Read(row).Permissions == typed.Permissions
                ? Done(place, MemberSteps.Invite)
                : view.PrintInvitation(409, place, typed, [new FieldError("email", "is that of a member. Change what they may do in the list of members.")], refusal: null);
        }

        return await SaveAsync(call, place, form, typed, (errors, refusal) => view.PrintInvitation(refusal is null ? 400 : 409, place, typed, errors, refusal));
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, OwnerPlace place, PageForm form)
    {
        var member = await members.GetAsync(place.OwnerId, form["member"], call.ClientLeft);
        var typed = TypedMember.Of(form) with { Email = member.Email };
        var isAsShown = PermissionNames.Format(member.Permissions) == form["before"];
        if (!isAsShown && member.Permissions != typed.Permissions)
            return view.PrintChange(409, place, member, [$"Somebody has changed this member meanwhile. They now may: {MembersView.MayOf(member)}."]);

        return await SaveAsync(call, place, form, typed, (errors, refusal) =>
            view.PrintChange(refusal is null ? 400 : 409, place, member with { Permissions = typed.Permissions }, [.. errors.Select(MembersView.Sentence), .. refusal is null ? Array.Empty<string>() : [refusal]], form["before"]));
    }

    private async Task<ApiAnswer> RemoveAsync(ApiCall call, OwnerPlace place, PageForm form)
    {
        var memberId = form["member"];
        try
        {
            await removeMember.RunAsync(call.Part($"{place.In(OwnerPlace.Members)}/{memberId}", default, form["form"]), place.OwnerId, memberId, Actor.Of(place.Member));
        }
        catch (ApiException last) when (last.Error.Code == ApiErrors.LastAdministrator().Error.Code)
        {
            return view.PrintRemoval(409, place, await members.GetAsync(place.OwnerId, memberId, call.ClientLeft), [MembersView.LastAdministrator]);
        }
        catch (NotFoundException)
        {
            // They are gone, as was asked for: somebody else was faster.
        }

        return memberId == place.Member.Id ? pages.SeeOther(pages.Root) : Done(place, MemberSteps.Remove);
    }

    private async Task<ApiAnswer> SaveAsync(ApiCall call, OwnerPlace place, PageForm form, TypedMember typed, Func<IReadOnlyList<FieldError>, string?, ApiAnswer> again)
    {
        try
        {
            await inviteMember.RunAsync(call.Part(place.In(OwnerPlace.Members), typed.Json, form["form"]), place.OwnerId, Actor.Of(place.Member));
            return Done(place, form["action"]);
        }
        catch (ApiException wrong) when (wrong.Error.Status == 400)
        {
            return again(wrong.Error.Fields, null);
        }
        catch (ApiException last) when (last.Error.Code == ApiErrors.LastAdministrator().Error.Code)
        {
            return again([], MembersView.LastAdministrator);
        }
        catch (ApiException used) when (used.Error.Status == 409)
        {
            return again([], "This form was sent before with other values, and that was done. Look at the list of members before you send this one as well.");
        }
    }

    private ApiAnswer Done(OwnerPlace place, string step) => pages.SeeOther($"{place.In(OwnerPlace.Members)}?{MemberSteps.Done}={step}");
}
