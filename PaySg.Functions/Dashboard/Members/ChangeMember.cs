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
    MemberStore members, InviteMember inviteMember, RemoveMember removeMember, MembersView view, DashboardPages pages, FormTokens tokens, PaySgSettings settings)
{
    /// <summary>303 to the list, or to the payment services where an administrator has removed themselves; 400 and 409 with the form again.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = await PageForm.ReadAsync(call.Request, settings.PublicBaseUrl, call.ClientLeft);
        if (!tokens.IsValid(form["token"], visit.Person))
            throw ApiErrors.CrossSiteForm();

        return form["action"] switch
        {
            MemberSteps.Invite => await InviteAsync(call, visit, form),
            MemberSteps.Change => await ChangeAsync(call, visit, form),
            MemberSteps.Remove => await RemoveAsync(call, visit, form),
            _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
        };
    }

    private async Task<ApiAnswer> InviteAsync(ApiCall call, Visit visit, PageForm form)
    {
        var typed = TypedMember.Of(form);
        if (await members.FindInvitedAsync(visit.Service.Id, typed.Email.ToLowerInvariant(), call.ClientLeft) is { } row)
        {
            return MemberRows.Read(row).Permissions == typed.Permissions
                ? Done(visit, MemberSteps.Invite)
                : view.PrintInvitation(409, visit, typed, [new FieldError("email", "is that of a member. Change what they may do in the list of members.")], refusal: null);
        }

        return await SaveAsync(call, visit, form, typed, (errors, refusal) => view.PrintInvitation(refusal is null ? 400 : 409, visit, typed, errors, refusal));
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, Visit visit, PageForm form)
    {
        var member = await GetAsync(visit, form, call.ClientLeft);
        var typed = TypedMember.Of(form) with { Email = member.Email };
        var isAsShown = PermissionNames.Format(member.Permissions) == form["before"];
        if (!isAsShown && member.Permissions != typed.Permissions)
            return view.PrintChange(409, visit, member, [$"Somebody has changed this member meanwhile. They now may: {MembersView.MayOf(member)}."]);

        return await SaveAsync(call, visit, form, typed, (errors, refusal) =>
            view.PrintChange(refusal is null ? 400 : 409, visit, member with { Permissions = typed.Permissions }, [.. errors.Select(MembersView.Sentence), .. refusal is null ? Array.Empty<string>() : [refusal]], form["before"]));
    }

    private async Task<ApiAnswer> RemoveAsync(ApiCall call, Visit visit, PageForm form)
    {
        var memberId = form["member"];
        if (await members.FindRowAsync(visit.Service.Id, memberId, call.ClientLeft) is not { } row)
            return Done(visit, MemberSteps.Remove);

        try
        {
            await removeMember.RunAsync(call.Part($"{pages.In(visit.Service.Id, DashboardPages.Members)}/{memberId}", default, form["form"]), visit.Service.Id, memberId, Actor.Of(visit.Member));
        }
        catch (ApiException last) when (last.Error.Code == ApiErrors.LastAdministrator().Error.Code)
        {
            return view.PrintRemoval(409, visit, MemberRows.Read(row), [MembersView.LastAdministrator]);
        }
        catch (NotFoundException)
        {
            // Somebody else was faster.
        }

        return memberId == visit.Member.Id ? pages.SeeOther(pages.Root) : Done(visit, MemberSteps.Remove);
    }

    private async Task<ApiAnswer> SaveAsync(ApiCall call, Visit visit, PageForm form, TypedMember typed, Func<IReadOnlyList<FieldError>, string?, ApiAnswer> again)
    {
        try
        {
            await inviteMember.RunAsync(call.Part(pages.In(visit.Service.Id, DashboardPages.Members), typed.Json, form["form"]), visit.Service.Id, Actor.Of(visit.Member));
            return Done(visit, form["action"]);
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

    private async Task<Member> GetAsync(Visit visit, PageForm form, CancellationToken cancellationToken) =>
        await members.FindRowAsync(visit.Service.Id, form["member"], cancellationToken) is { } row ? MemberRows.Read(row) : throw ApiErrors.MemberNotFound();

    private ApiAnswer Done(Visit visit, string step) => pages.SeeOther($"{pages.In(visit.Service.Id, DashboardPages.Members)}?{MemberSteps.Done}={step}");
}
