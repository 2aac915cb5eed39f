using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>Reads the permissions that a key or a member is to have.</summary>
internal static class PermissionFields
{
    /// <summary>What the list is called in a request.</summary>
    public const string Field = "permissions";

    private const int MaxName = 100;

    /// <summary>The permissions; what is wrong with them is noted among the fields.</summary>
    public static Permission Read(RequestFields fields)
    {
        var expected = $"one or more of {string.Join(", ", PermissionNames.All)}";
        var wrong = fields.Errors.Count;
        var names = fields.OptionalTextArray(Field, PermissionNames.All.Count, MaxName);
        if (fields.Errors.Count > wrong)
            return Permission.None;

        if (names is null)
        {
            fields.Wrong(Field, $"is required: a list of {expected}.");
        }
        else if (names.Count == 0 || names.Except(PermissionNames.All).Any() || names.Distinct().Count() < names.Count)
        {
            fields.Wrong(Field, $"must list {expected}, each once.");
        }

        return PermissionNames.Parse(string.Join(',', names ?? []));
    }
}
