using PaySg.Functions.Access;
using PaySg.Functions.Management.PaymentServices;
using PaySg.Functions.Pages;

namespace PaySg.Functions.Dashboard.Members;

/// <summary>A member as an administrator types one: what would be sent to the management API.</summary>
/// <param name="Email">As it was typed.</param>
/// <param name="Permissions">What was ticked.</param>
internal sealed record TypedMember(string Email, Permission Permissions)
{
    /// <summary>What the form begins with: somebody who may look.</summary>
    public static TypedMember Nobody { get; } = new("", Permission.View);

    /// <summary>What would be sent to the API.</summary>
    public byte[] Json => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("email", Email);
        json.WriteStartArray(PermissionFields.Field);
        foreach (var name in PermissionNames.Of(Permissions))
            json.WriteStringValue(name);

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static TypedMember Of(PageForm form) => new(form["email"], PermissionNames.Parse(string.Join(',', PermissionNames.All.Where(form.Has))));
}
