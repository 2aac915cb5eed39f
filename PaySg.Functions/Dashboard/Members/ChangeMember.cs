using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Management.Members;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Members;

/// <summary>
/// Does what a form of the members' page asks for, by the operations of the management API. The form's key is the call's idempotency key, so what is sent twice is
/// done once; and a form names the permissions that it was shown with, which the write looks at, so nobody undoes without a word what another administrator has just
/// done.
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
            _ => throw FormRefusal.UnknownAction(),
        };
    }

    private async Task<ApiAnswer> InviteAsync(ApiCall call, OwnerPlace place, PageForm form)
    {
        var typed = TypedMember.Of(form);
        var (_, refusal) = await SaveAsync(call, place, form, typed, member => member is null || member.Permissions == typed.Permissions);
        return refusal is null ? Done(place, MemberSteps.Invite)
            : refusal.IsStale ? view.PrintInvitation(409, place, typed, [new FieldError("email", "is that of a member. Change what they may do in the list of members.")], refusal: null)
            : view.PrintInvitation(refusal.Status, place, typed, refusal.Errors, refusal.Message);
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, OwnerPlace place, PageForm form)
    {
        var member = await members.GetAsync(place.OwnerId, form["member"], call.ClientLeft);
        var typed = TypedMember.Of(form) with { Email = member.Email };
        var (_, refusal) = await SaveAsync(call, place, form, typed, IsAsSeen);
        if (refusal is null)
            return Done(place, MemberSteps.Change);

        if (!refusal.IsStale)
            return view.PrintChange(refusal.Status, place, member with { Permissions = typed.Permissions }, [.. refusal.Errors.Select(MembersView.Sentence), .. refusal.Message is { } why ? [why] : Array.Empty<string>()], form["before"]);

        // Where they are no member any more, that is what is said.
        var newer = await members.GetAsync(place.OwnerId, form["member"], call.ClientLeft);
        return view.PrintChange(409, place, newer, [$"Somebody has changed this member meanwhile. They now may: {MembersView.MayOf(newer)}."]);

        bool IsAsSeen(Member? current) => current is not null && (PermissionNames.Format(current.Permissions) == form["before"] || current.Permissions == typed.Permissions);
    }

    private async Task<ApiAnswer> RemoveAsync(ApiCall call, OwnerPlace place, PageForm form)
    {
        var memberId = form["member"];
        try
        {
            var (_, refusal) = await FormRefusal.TryAsync(() => removeMember.RunAsync(call.Part($"{place.In(OwnerPlace.Members)}/{memberId}", default, form[PageForm.Id]), place.OwnerId, memberId, Actor.Of(place.Member)));
            if (refusal?.Message is { } why)
                return view.PrintRemoval(refusal.Status, place, await members.GetAsync(place.OwnerId, memberId, call.ClientLeft), [why]);
        }
        catch (NotFoundException)
        {
            // They are gone, as was asked for: somebody else was faster.
        }

        return memberId == place.Member.Id ? pages.SeeOther(pages.Root) : Done(place, MemberSteps.Remove);
    }

    private Task<(ApiAnswer? Answer, FormRefusal? Refusal)> SaveAsync(ApiCall call, OwnerPlace place, PageForm form, TypedMember typed, Func<Member?, bool> isAsSeen) =>
        FormRefusal.TryAsync(() => inviteMember.RunAsync(call.Part(place.In(OwnerPlace.Members), typed.Json, form[PageForm.Id]), place.OwnerId, isAsSeen, Actor.Of(place.Member)));

    private ApiAnswer Done(OwnerPlace place, string step) => pages.SeeOther($"{place.In(OwnerPlace.Members)}?{MemberSteps.Done}={step}");
}
